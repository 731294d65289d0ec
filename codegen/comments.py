"""The comments of messages, fields, enums, enum values, services and methods."""

from __future__ import annotations

from google.protobuf import descriptor_pb2

# Field numbers in descriptor.proto, which make up the path of a comment.
_MESSAGES, _ENUMS, _SERVICES = 4, 5, 6
_FIELDS, _NESTED, _NESTED_ENUMS, _VALUES, _METHODS = 2, 3, 4, 2, 2


def by_name(file: descriptor_pb2.FileDescriptorProto) -> dict[str, str]:
    """Returns the comments of a file, unchanged, by the full names of the elements below them."""
    names: dict[tuple[int, ...], str] = {}

    def name_enum(path: tuple[int, ...], enum: descriptor_pb2.EnumDescriptorProto, parent: str) -> None:
        names[path] = f"{parent}.{enum.name}"
        for at, value in enumerate(enum.value):
            names[*path, _VALUES, at] = f"{names[path]}.{value.name}"

    def name_message(path: tuple[int, ...], message: descriptor_pb2.DescriptorProto, parent: str) -> None:
        names[path] = f"{parent}.{message.name}"
        for at, field in enumerate(message.field):
            names[*path, _FIELDS, at] = f"{names[path]}.{field.name}"
        for at, enum in enumerate(message.enum_type):
            name_enum((*path, _NESTED_ENUMS, at), enum, names[path])
        for at, nested in enumerate(message.nested_type):
            name_message((*path, _NESTED, at), nested, names[path])

    for at, message in enumerate(file.message_type):
        name_message((_MESSAGES, at), message, file.package)
    for at, enum in enumerate(file.enum_type):
        name_enum((_ENUMS, at), enum, file.package)
    for at, service in enumerate(file.service):
        names[_SERVICES, at] = f"{file.package}.{service.name}"
        for number, method in enumerate(service.method):
            names[_SERVICES, at, _METHODS, number] = f"{file.package}.{service.name}.{method.name}"
    return {
        names[tuple(place.path)]: place.leading_comments
        for place in file.source_code_info.location
        if tuple(place.path) in names and place.leading_comments
    }
