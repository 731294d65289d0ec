"""Tests every cell of the access table: every method, by every kind of caller, in every protocol."""

from __future__ import annotations

import base64
import itertools
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import grpc
import httpx
import jwt
import pytest
from google.protobuf import descriptor_pb2
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from codegen.paths import DESCRIPTORS
from local import authority
from local.settings import PROGRAMS
from local.stack import Stack
from services.bootstrap.certificates import PARTS
from tests.issuing import issue

from .access_table import CALLERS, EXPIRED, KIND_OF, MESH, NOWHERE, OPEN, REVOKED, ROLE, TOKEN, VERDICTS, WAYS, verdict
from .access_table import METHODS as TABLE
from .contract import MACHINERY, METHODS, SIGNED_IN, Method, Policy
from .rest import Json, Rest, answer, refusal
from .rpc import Channels, RpcRefusal, bearer, first_outcome, outcome
from .tokens import HOUR, Forge
from .users import User
from .waiting import eventually


class Way(StrEnum):
    REST = "REST"
    EDGE = "gRPC at the edge"
    WEB = "gRPC-Web"
    PORT = "gRPC at the service's port"


class Caller(StrEnum):
    ANONYMOUS = "no token"
    OWNER = "the owner"
    OTHER = "another user"
    ADMIN = "an admin"
    EXPIRED = "an expired token"
    REVOKED = "a token of a session that has ended"
    STRANGER = "a wrong mesh identity"


NO_REASON = "NO_REASON"  # for an error without an ErrorInfo
OUTSIDER = "outsider"  # has a certificate of our authority for another namespace


def strangers(method: Method) -> tuple[str, ...]:
    """Returns the parts whose certificates the method must refuse: an outsider, and parts that it does not name."""
    others = tuple(part for part in PARTS if part not in method.mesh_identities)
    return (OUTSIDER, *others) if method.caller == Policy.MESH else (OUTSIDER,)


@dataclass(frozen=True)
class People:
    """The callers, and the resources of the owner."""

    forge: Forge
    owner: User
    other: User
    ended: str  # a session id
    owned: Json  # ids of the owner's resources, by field name; for admin methods, the id of a third user

    def token(self, caller: Caller) -> str | None:
        """Returns a token for one call, so that a call that ends its session affects no other."""
        now = int(time.time())
        match caller:
            case Caller.ANONYMOUS | Caller.STRANGER:
                return None
            case Caller.OWNER:
                return self.forge.good(self.owner.user_id, role="customer")
            case Caller.OTHER:
                return self.forge.good(self.other.user_id, role="customer")
            case Caller.ADMIN:
                return self.forge.good(self.other.user_id, role="admin")
            case Caller.EXPIRED:
                return self.forge.good(self.owner.user_id, iat=now - 2 * HOUR, exp=now - HOUR)
            case Caller.REVOKED:
                return self.forge.good(self.owner.user_id, role="admin", sid=self.ended)

    async def resources(self, method: Method) -> Json:
        """Returns the owner's resources, with a live session if the method needs one."""
        if not is_of_a_session(method):
            return self.owned
        return {**self.owned, "session_id": session_of((await sign_in(self.owner))["access_token"])}

    async def sessions(self) -> set[str]:
        """Returns the ids of the owner's live sessions."""
        owner = Rest(self.owner.http, self.token(Caller.OWNER) or "")
        return {session["session_id"] for session in (await owner.get("/api/v1/auth/sessions"))["sessions"]}


@pytest.fixture(scope="module")
async def people(stack: Stack, channels: Channels, forge: Forge, new_user: Callable[[], Awaitable[User]]) -> People:
    issue(authority.of(stack.mesh), stack.mesh / OUTSIDER, "spiffe://cnop/another/edge", ["edge"])
    owner, other, third = await new_user(), await new_user(), await new_user()
    await owner.deposit("1000.00")
    order = await owner.buy("DOT", "1")
    await owner.post("/api/v1/auth/logout", {})
    owned = {"order_id": order["order_id"], "user_id": third.user_id}
    people = People(forge, owner, other, session_of(owner.token), owned)
    for method in {method.owner: method for method in SIGNED_IN}.values():

        async def is_revoked(method: Method = method) -> bool:
            token = people.token(Caller.REVOKED)
            return (await by_grpc(channels[method.owner], method, token, b"")).reason == "TOKEN_REVOKED"

        await eventually(is_revoked, f"{method.owner} knows the revocation")
    return people


def session_of(token: str) -> str:
    """Returns the session id in an access token."""
    return str(jwt.decode(token, options={"verify_signature": False})["sid"])


def is_of_a_session(method: Method) -> bool:
    return method.caller == Policy.USER and "session_id" in method.request.fields_by_name


def names_a_resource(method: Method) -> bool:
    return method.caller == Policy.USER and not {"order_id", "session_id"}.isdisjoint(method.request.fields_by_name)


async def sign_in(user: User) -> Json:
    credentials = {"username": user.username, "password": user.password}
    return await Rest(user.http).post("/api/v1/auth/login", credentials)


def message(method: Method, owned: Json) -> bytes:
    """Returns a request that contains only the ids of the owner's resources."""
    request = GetMessageClass(method.request)()
    for name, value in owned.items():
        if name in method.request.fields_by_name:
            setattr(request, name, value)
    return request.SerializeToString()


@dataclass(frozen=True)
class Answer:
    """The outcome of a call: the reason of the refusal, empty if the call was admitted."""

    reason: str
    is_fault: bool = False


async def by_rest(guest: Rest, method: Method, token: str | None, owned: Json) -> list[Answer]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if not method.bindings:
        refused = await guest.refused("POST", method.path, {}, headers=headers)
        return [Answer(refused.reason)]
    answers = []
    for binding in method.bindings:
        body = None if binding.verb in ("GET", "DELETE") else {}
        url = binding.url(**{name: owned[name] for name in binding.parameters if name in owned})
        response = await guest.send(binding.verb, url, body, headers=headers)
        if response.status_code == 200:
            answer(response)
            answers.append(Answer(""))
        else:
            refused = refusal(response)
            answers.append(Answer(refused.reason, refused.status >= 500))
    return answers


async def first_message(http: httpx.AsyncClient, verb: str, path: str, **options: Any) -> httpx.Response:
    """Makes a call by gRPC-Web. Returns the response with what comes first: a message, or nothing but an error."""
    async with http.stream(verb, path, **options) as response:
        async for content in response.aiter_bytes():
            return httpx.Response(response.status_code, headers=response.headers, content=content)
        return httpx.Response(response.status_code, headers=response.headers)


async def by_web(guest: Rest, method: Method, token: str | None, request: bytes) -> Answer:
    headers = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    send = first_message if method.is_stream else httpx.AsyncClient.request
    response = await send(
        guest.http, "POST", method.path, content=b"\0" + len(request).to_bytes(4, "big") + request, headers=headers
    )
    trailers = {name: value for name, value in response.headers.items() if name.startswith("grpc-")}
    body = response.content
    if method.is_stream and body:  # the stream goes on after its first message
        return Answer("")
    while body:
        kind, length = body[0], int.from_bytes(body[1:5], "big")
        if kind & 0x80:
            lines = (line.partition(b":") for line in body[5 : 5 + length].splitlines())
            trailers |= {name.decode().strip(): value.decode().strip() for name, _, value in lines}
        body = body[5 + length :]
    return Answer(_reason(trailers), int(trailers["grpc-status"]) in (2, 13, 14))


def _reason(trailers: dict[str, str]) -> str:
    if trailers["grpc-status"] == "0":
        return ""
    details = trailers["grpc-status-details-bin"]
    status = status_pb2.Status.FromString(base64.b64decode(details + "=" * (-len(details) % 4)))
    for detail in status.details:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason)
    return NO_REASON


async def by_grpc(channel: grpc.aio.Channel, method: Method, token: str | None, request: bytes) -> Answer:
    call = first_outcome if method.is_stream else outcome
    found = await call(channel, method.path, request, bearer(token))
    if isinstance(found, RpcRefusal):
        codes = (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNAVAILABLE)
        return Answer(found.reason or NO_REASON, found.code in codes)
    return Answer("")


async def by_port(
    channels: Channels, method: Method, caller: Caller, token: str | None, request: bytes
) -> list[Answer]:
    parts = strangers(method) if caller is Caller.STRANGER else ("edge",)
    return [await by_grpc(channels.of(method.owner, part), method, token, request) for part in parts]


ACCESS_REASONS = {TOKEN, EXPIRED, REVOKED, ROLE, MESH, NOWHERE, "TOKEN_INVALID", "NO_ACCESS"}
CELLS = {(caller, way) for caller in CALLERS for way in WAYS}  # all cells of the table


@pytest.mark.parametrize("method", METHODS + MACHINERY, ids=lambda method: f"{method} of {method.owner}")
async def test_a_method_admits_the_callers_in_the_table_in_every_protocol(
    guest: Rest, channels: Channels, people: People, method: Method
) -> None:
    seen: set[tuple[str, str]] = set()
    for caller, way in itertools.product(Caller, Way):
        owned = await people.resources(method)
        request = message(method, owned)
        token = people.token(caller)
        match way:
            case Way.REST:
                answers = await by_rest(guest, method, token, owned)
            case Way.WEB:
                answers = [await by_web(guest, method, token, request)]
            case Way.EDGE:
                answers = [await by_grpc(channels["edge"], method, token, request)]
            case Way.PORT:
                answers = await by_port(channels, method, caller, token, request)
        where = f"{method} by {caller}, {way}"
        wanted = verdict(method.path, caller, way)
        for one in answers:
            assert not one.is_fault, where
            if wanted is OPEN:
                assert one.reason not in {*ACCESS_REASONS, NO_REASON}, where
            else:
                assert one.reason == wanted, where
            if names_a_resource(method) and wanted is OPEN:
                assert one.reason.endswith("_NOT_FOUND") == (caller is not Caller.OWNER), (
                    f"{where}: only the owner may find it"
                )
        if is_of_a_session(method):
            is_alive = owned["session_id"] in await people.sessions()
            assert is_alive == (caller is not Caller.OWNER), f"{where}: only the owner may end the session"
        if answers:
            seen.add((caller, way))
    assert seen == CELLS, "every cell must be tested"


def test_the_table_has_every_caller_and_every_protocol() -> None:
    assert set(VERDICTS) == set(TABLE)
    assert all(set(verdicts) == CALLERS for verdicts in VERDICTS.values())
    assert all(len(row) == len(WAYS) for verdicts in VERDICTS.values() for row in verdicts.values())


def test_every_method_of_every_descriptor_is_in_the_table() -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes()).file
    assert not methods_of(files) - set(KIND_OF)
    assert {method.path for method in METHODS + MACHINERY} == set(KIND_OF)


@pytest.mark.parametrize("owner", PROGRAMS)
async def test_every_method_that_reflection_lists_is_in_the_table(channels: Channels, owner: str) -> None:
    stream = reflection_pb2_grpc.ServerReflectionStub(channels[owner]).ServerReflectionInfo(timeout=15)

    async def reflect(**query: str) -> reflection_pb2.ServerReflectionResponse:
        await stream.write(reflection_pb2.ServerReflectionRequest(**query))
        return await stream.read()

    services = [one.name for one in (await reflect(list_services="")).list_services_response.service]
    served = set()
    for service in services:
        answer = await reflect(file_containing_symbol=service)
        octets = answer.file_descriptor_response.file_descriptor_proto
        files = [descriptor_pb2.FileDescriptorProto.FromString(one) for one in octets]
        served |= {path for path in methods_of(files) if path.startswith(f"/{service}/")}
    await stream.done_writing()
    assert served == {method.path for method in METHODS + MACHINERY if method.owner == owner}
    assert served <= set(KIND_OF)


def methods_of(files: Iterable[descriptor_pb2.FileDescriptorProto]) -> set[str]:
    """Returns the gRPC paths of all methods."""
    return {
        f"/{file.package}.{service.name}/{method.name}"
        for file in files
        for service in file.service
        for method in service.method
    }
