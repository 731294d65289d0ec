"""What the contracts say, as plain values, out of the image."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cnop.access.v1 import access_pb2
from google.api import annotations_pb2, field_behavior_pb2, http_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from codegen import comments
from codegen.reference.rules import field_rules, message_rules

Comments = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A field of a message. `target` is the full name of the message or enum that it holds, "" for others."""

    name: str
    kind: str
    target: str
    behaviour: str
    rules: Sequence[str]
    comment: str


@dataclass(frozen=True)
class Type:
    """A message, or an enum: it has values instead of fields."""

    full_name: str
    name: str
    comment: str
    rules: Sequence[str] = ()
    fields: Sequence[Field] = ()
    values: Sequence[tuple[str, int, str]] = ()


@dataclass(frozen=True)
class Method:
    """A method, its REST bindings and who may call it."""

    full_name: str
    name: str
    comment: str
    request: str
    response: str
    streams: bool
    rest: Sequence[str]
    who: str
    rate_class: str


@dataclass(frozen=True)
class Service:
    """A service and its methods."""

    full_name: str
    comment: str
    methods: Sequence[Method]


@dataclass(frozen=True)
class Package:
    """What the files of one package declare, in their order."""

    name: str
    services: Sequence[Service]
    types: Sequence[Type]


def packages(image: descriptor_pb2.FileDescriptorSet) -> list[Package]:
    """Our packages, in the order of their files."""
    by_name: dict[str, list[descriptor_pb2.FileDescriptorProto]] = {}
    for file in image.file:
        if file.package.startswith("cnop."):
            by_name.setdefault(file.package, []).append(file)
    return [
        Package(
            name,
            [service for file in files for service in _services(file, _comments(file))],
            [type_ for file in files for type_ in _types(file, _comments(file))],
        )
        for name, files in by_name.items()
    ]


def _comments(file: descriptor_pb2.FileDescriptorProto) -> Comments:
    return {
        name: "\n".join(line.removeprefix(" ") for line in comment.splitlines())
        for name, comment in comments.by_name(file).items()
    }


def _services(file: descriptor_pb2.FileDescriptorProto, said: Comments) -> Iterator[Service]:
    for service in file.service:
        full_name = f"{file.package}.{service.name}"
        methods = [_method(full_name, method, said.get(f"{full_name}.{method.name}", "")) for method in service.method]
        yield Service(full_name, said.get(full_name, ""), methods)


def _method(service: str, method: descriptor_pb2.MethodDescriptorProto, comment: str) -> Method:
    rule = method.options.Extensions[annotations_pb2.http]
    policy = method.options.Extensions[access_pb2.policy]
    caller = access_pb2.Policy.Caller.Name(policy.caller).lower()
    return Method(
        full_name=f"{service}.{method.name}",
        name=method.name,
        comment=comment,
        request=method.input_type.removeprefix("."),
        response=method.output_type.removeprefix("."),
        streams=method.server_streaming,
        rest=[_binding(one) for one in (rule, *rule.additional_bindings) if one.WhichOneof("pattern")],
        who=f"{caller}: {', '.join(policy.mesh_identities)}" if policy.mesh_identities else caller,
        rate_class=access_pb2.Policy.RateClass.Name(policy.rate_class).lower(),
    )


def _binding(rule: http_pb2.HttpRule) -> str:
    verb = rule.WhichOneof("pattern") or ""
    return f"{verb.upper()} {getattr(rule, verb)}"


def _types(file: descriptor_pb2.FileDescriptorProto, said: Comments) -> Iterator[Type]:
    for message in file.message_type:
        yield from _message(file.package, "", message, said)
    for enum in file.enum_type:
        yield _enum(file.package, "", enum, said)


def _message(package: str, parent: str, message: descriptor_pb2.DescriptorProto, said: Comments) -> Iterator[Type]:
    name = f"{parent}{message.name}"
    full_name = f"{package}.{name}"
    entries = {f".{full_name}.{one.name}": one for one in message.nested_type if one.options.map_entry}
    fields = [_field(field, entries, said.get(f"{full_name}.{field.name}", "")) for field in message.field]
    yield Type(full_name, name, said.get(full_name, ""), message_rules(message.options), fields)
    for enum in message.enum_type:
        yield _enum(package, f"{name}.", enum, said)
    for nested in message.nested_type:
        if not nested.options.map_entry:
            yield from _message(package, f"{name}.", nested, said)


def _enum(package: str, parent: str, enum: descriptor_pb2.EnumDescriptorProto, said: Comments) -> Type:
    name = f"{parent}{enum.name}"
    full_name = f"{package}.{name}"
    values = [(value.name, value.number, said.get(f"{full_name}.{value.name}", "")) for value in enum.value]
    return Type(full_name, name, said.get(full_name, ""), values=values)


def _field(field: FieldDescriptorProto, entries: Mapping[str, descriptor_pb2.DescriptorProto], comment: str) -> Field:
    kind, target = _kind(field)
    if entry := entries.get(field.type_name):
        key, value = (_kind(one)[0] for one in entry.field)
        kind, target = f"map of {key} to {value}", ""
    elif field.label == FieldDescriptorProto.LABEL_REPEATED:
        kind = f"list of {kind}"
    behaviours = field.options.Extensions[field_behavior_pb2.field_behavior]
    behaviour = ", ".join(field_behavior_pb2.FieldBehavior.Name(one).lower().replace("_", " ") for one in behaviours)
    return Field(field.name, kind, target, behaviour, field_rules(field.options), comment)


def _kind(field: FieldDescriptorProto) -> tuple[str, str]:
    """The type as one reads it, and the full name of a message or enum."""
    if field.type_name:
        full_name = field.type_name.removeprefix(".")
        return full_name.rpartition(".")[2], full_name
    return FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower(), ""
