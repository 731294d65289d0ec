"""The contracts as the document needs them: methods with their bindings, policies and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from codegen import comments


@dataclass(frozen=True)
class Binding:
    """An HTTP binding of a method."""

    verb: str  # "get"
    template: str  # "/api/v1/orders/{order_id}"
    has_body: bool

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.template)


@dataclass(frozen=True)
class Method:
    """A method with at least one HTTP binding."""

    service: str  # "OrderService"
    name: str
    comment: str
    caller: str  # "PUBLIC", "USER", "ADMIN"
    rate_class: str  # "READ", "AUTH", ...
    bindings: tuple[Binding, ...]
    request: Descriptor
    response: Descriptor
    is_stream: bool
    takes_request_id: bool  # an idempotency key
    takes_cookie: bool  # the session of a browser

    @property
    def operation_id(self) -> str:
        return f"{self.service}_{self.name}"


class Contract:
    """The image of the contracts, including comments.

    Options are parsed by the descriptors of the image itself, so that its extensions are known without generated code.
    """

    def __init__(self, image: descriptor_pb2.FileDescriptorSet) -> None:
        self._pool = descriptor_pool.DescriptorPool()
        self._comments: dict[str, str] = {}
        self._services: list[tuple[str, descriptor_pb2.ServiceDescriptorProto]] = []
        for file in image.file:
            self._pool.Add(file)
            self._comments.update({name: joined(comment) for name, comment in comments.by_name(file).items()})
            self._services += [(f"{file.package}.{service.name}", service) for service in file.service]

    def comment(self, full_name: str) -> str:
        """Returns the comment above an element, with the lines of each paragraph joined."""
        return self._comments.get(full_name, "")

    def extension(self, options: Message, name: str) -> Any:
        """Returns an extension of options, for example "buf.validate.field"."""
        known = GetMessageClass(self._pool.FindMessageTypeByName(options.DESCRIPTOR.full_name))
        extension: Any = self._pool.FindExtensionByName(name)
        return known.FromString(options.SerializeToString()).Extensions[extension]

    def options_of(self, field: FieldDescriptor, name: str) -> Any:
        """Returns an extension of a field's options."""
        return self.extension(field.GetOptions(), name)

    def enum_name(self, enum: str, number: int) -> str:
        return str(self._pool.FindEnumTypeByName(enum).values_by_number[number].name)

    def message(self, full_name: str) -> Descriptor:
        return self._pool.FindMessageTypeByName(full_name)

    def services(self) -> dict[str, list[Method]]:
        """Returns the methods with HTTP bindings, by the full name of their service."""
        found = {}
        for full_name, service in self._services:
            methods = [method for one in service.method if (method := self._method(full_name, one)).bindings]
            if methods:
                found[full_name] = methods
        return found

    def requests(self) -> list[Descriptor]:
        """Returns the request messages of all methods, also of those without an HTTP binding."""
        methods = [method for _, service in self._services for method in service.method]
        return [self.message(method.input_type.removeprefix(".")) for method in methods]

    def _method(self, service: str, method: descriptor_pb2.MethodDescriptorProto) -> Method:
        policy = self.extension(method.options, "cnop.access.v1.policy")
        enums = policy.DESCRIPTOR.enum_types_by_name
        request = self.message(method.input_type.removeprefix("."))
        return Method(
            service=service.rpartition(".")[2],
            name=method.name,
            comment=self.comment(f"{service}.{method.name}"),
            caller=enums["Caller"].values_by_number[policy.caller].name,
            rate_class=enums["RateClass"].values_by_number[policy.rate_class].name,
            bindings=tuple(_bindings(self.extension(method.options, "google.api.http"))),
            request=request,
            response=self.message(method.output_type.removeprefix(".")),
            is_stream=method.server_streaming,
            takes_request_id="request_id" in request.fields_by_name and not method.options.idempotency_level,
            takes_cookie=policy.session_cookie,
        )


def _bindings(rule: Any) -> Iterator[Binding]:
    for one in (rule, *rule.additional_bindings):
        verb = one.WhichOneof("pattern")
        if verb:
            yield Binding(verb, getattr(one, verb), bool(one.body))


def joined(comment: str) -> str:
    """Joins the lines of each paragraph of a comment."""
    lines = [line.strip() for line in comment.strip().splitlines()]
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)
