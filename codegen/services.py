"""The services that the contracts declare, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cnop.access.v1 import access_pb2
from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2

from codegen import comments


@dataclass(frozen=True)
class Method:
    """A method, its REST bindings and who may call it."""

    full_name: str
    name: str
    comment: str
    rest: Sequence[str]
    who: str


@dataclass(frozen=True)
class Service:
    """A service and its methods."""

    full_name: str
    comment: str
    methods: Sequence[Method]


def services(image: descriptor_pb2.FileDescriptorSet) -> Iterator[Service]:
    """Returns our own services, in the order of their files."""
    for file in image.file:
        if file.package.startswith("cnop."):
            yield from _services(file, comments.by_name(file))


def _services(file: descriptor_pb2.FileDescriptorProto, said: Mapping[str, str]) -> Iterator[Service]:
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
        rest=[_binding(one) for one in (rule, *rule.additional_bindings) if one.WhichOneof("pattern")],
        who=f"{caller}: {', '.join(policy.mesh_identities)}" if policy.mesh_identities else caller,
    )


def _binding(rule: http_pb2.HttpRule) -> str:
    verb = rule.WhichOneof("pattern") or ""
    return f"{verb.upper()} {getattr(rule, verb)}"
