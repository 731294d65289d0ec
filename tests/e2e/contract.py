"""The methods of the contracts and their REST bindings, read from the descriptor set so that tests cover new ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from cnop.access.v1 import access_pb2
from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor, MethodDescriptor
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from codegen.paths import DESCRIPTORS
from local.settings import PROGRAMS
from tests.examples import example

Policy = access_pb2.Policy


@dataclass(frozen=True)
class Binding:
    """A REST binding of a method."""

    verb: str
    template: str
    example: Mapping[str, Any] = field(compare=False, repr=False)  # of the request

    def url(self, **parameters: str) -> str:
        """Returns the path with its parameters, taken from the example unless given."""
        return re.sub(r"\{(\w+)\}", lambda match: {**self.example, **parameters}[match[1]], self.template)

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.template)

    def __str__(self) -> str:
        return f"{self.verb} {self.template}"


@dataclass(frozen=True)
class Method:
    """A method, its access policy and its bindings."""

    path: str
    owner: str  # the program that serves it
    caller: int
    mesh_identities: tuple[str, ...]
    bindings: tuple[Binding, ...]
    request: Descriptor
    is_stream: bool = False  # whether it returns a stream

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def __str__(self) -> str:
        return self.path.rpartition(".")[2]


def _methods() -> list[Method]:
    files = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())
    found = []
    for file in files.file:
        if file.service:
            module = import_module(file.name.removesuffix(".proto").replace("/", ".") + "_pb2")
            owner = file.name.split("/")[1]  # from the path cnop/user/v1/...: the package may be Envoy's
            for service in module.DESCRIPTOR.services_by_name.values():
                found += [_method(method, owner) for method in service.methods]
    return found


def _machinery() -> list[Method]:
    files = (health_pb2.DESCRIPTOR, reflection_pb2.DESCRIPTOR)
    services = [service for file in files for service in file.services_by_name.values()]
    return [_method(method, owner) for owner in PROGRAMS for service in services for method in service.methods]


def _method(method: MethodDescriptor, owner: str) -> Method:
    options = method.GetOptions()
    policy = options.Extensions[access_pb2.policy]
    rule = options.Extensions[annotations_pb2.http]
    rules = [rule, *rule.additional_bindings] if rule.WhichOneof("pattern") else []
    return Method(
        path=f"/{method.containing_service.full_name}/{method.name}",
        owner=owner,
        caller=policy.caller,
        mesh_identities=tuple(policy.mesh_identities),
        bindings=tuple(_binding(one, method.input_type) for one in rules),
        request=method.input_type,
        is_stream=method.server_streaming,
    )


def _binding(rule: http_pb2.HttpRule, request: Descriptor) -> Binding:
    verb = rule.WhichOneof("pattern")
    assert verb is not None
    return Binding(verb.upper(), getattr(rule, verb), example(request))


METHODS = _methods()
MACHINERY = _machinery()  # health and reflection of each service, which are not in our contracts
PUBLIC = [method for method in METHODS if method.caller == Policy.PUBLIC]
FOR_USERS = [method for method in METHODS if method.caller == Policy.USER]
FOR_ADMINS = [method for method in METHODS if method.caller == Policy.ADMIN]
SIGNED_IN = FOR_USERS + FOR_ADMINS
MESH = [method for method in METHODS if method.caller == Policy.MESH]
BINDINGS = [(method, binding) for method in METHODS for binding in method.bindings]
