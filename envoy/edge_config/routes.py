"""The routes of the edge, from the methods that the descriptor set declares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.message import DecodeError

Policy = access_pb2.Policy

STREAMS = "-streams"  # ends the name of the cluster for the streams of a service

# Calls of these classes count for their address even if they have a token: else many accounts at one address could take
# the capacity of all. Nobody without a token can use up their limits.
_BY_USER_AND_ADDRESS = ("MONEY", "TRADE")


@dataclass(frozen=True)
class Method:
    """A method of a contract, and its access policy."""

    service: str
    name: str
    caller: Policy.Caller.ValueType
    rate_class: str  # "READ", "AUTH", ...
    has_side_effects: bool
    is_stream: bool
    by_cookie: bool = False  # only calls whose header says that the session is in a cookie

    @property
    def path(self) -> str:
        """The gRPC path, for example "/cnop.user.v1.AuthService/Login"."""
        return f"/{self.service}/{self.name}"

    @property
    def owner(self) -> str:
        """The service that serves the method: the second part of the package, "user" for cnop.user.v1."""
        return self.service.split(".")[1]

    @property
    def cluster(self) -> str:
        """The cluster of Envoy that the calls go to."""
        return self.owner + STREAMS if self.is_stream else self.owner

    @property
    def counted_by(self) -> tuple[str, ...]:
        """Whose limits the calls count for, by the keys of `who` in limits.j2."""
        if self.caller == Policy.PUBLIC:
            return ("masked_remote_address",)
        return ("user", "masked_remote_address") if self.rate_class in _BY_USER_AND_ADDRESS else ("user",)

    @property
    def is_at_edge(self) -> bool:
        """Whether the method is open to callers outside the mesh."""
        return self.caller != Policy.MESH


def read(descriptors: Path) -> list[Method]:
    """Returns all methods of a descriptor set. One that takes a session cookie is there twice: first by cookie.

    Raises ValueError when it is no descriptor set, or a method has no access policy or a contradictory one.
    """
    try:
        files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    except DecodeError:
        raise ValueError(f"{descriptors} is no descriptor set; `make gen` writes one") from None
    return [
        one
        for file in files.file
        for service in file.service
        for method in service.method
        for one in _methods(f"{file.package}.{service.name}", method)
    ]


def _methods(service: str, method: descriptor_pb2.MethodDescriptorProto) -> list[Method]:
    made = _method(service, method)
    if not method.options.Extensions[access_pb2.policy].session_cookie:
        return [made]
    if made.caller not in (Policy.PUBLIC, Policy.USER):
        raise ValueError(f"{made.path} takes a session cookie, but is neither public nor for users")
    # The service authenticates a call with the cookie: the edge cannot, and asks for no token.
    return [replace(made, caller=Policy.PUBLIC, by_cookie=True), made]


def _method(service: str, method: descriptor_pb2.MethodDescriptorProto) -> Method:
    policy = method.options.Extensions[access_pb2.policy]
    if not policy.caller or not policy.rate_class:
        raise ValueError(f"{service}.{method.name} has no access policy")
    return Method(
        service=service,
        name=method.name,
        caller=policy.caller,
        rate_class=Policy.RateClass.Name(policy.rate_class),
        has_side_effects=method.options.idempotency_level != descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS,
        is_stream=method.client_streaming or method.server_streaming,
    )
