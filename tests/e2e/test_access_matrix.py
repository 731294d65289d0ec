"""Every method, asked by everybody, on every way: who is let in is what the contract says, and no cell is left out."""

from __future__ import annotations

import base64
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

import grpc
import jwt
import pytest
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2

from .contract import METHODS, SIGNED_IN, Method, Policy
from .rest import Json, Rest, answer, refusal
from .rpc import Channels, RpcRefusal, bearer, outcome
from .tokens import HOUR, Forge
from .users import User
from .waiting import eventually

STRANGER = "operator"  # a part of the mesh that no method of the mesh is for


class Way(StrEnum):
    REST = "REST"
    EDGE = "gRPC at the edge"
    WEB = "gRPC-Web"
    PORT = "gRPC at the service's port"


class Caller(StrEnum):
    NOBODY = "nobody"
    OWNER = "the owner"
    OTHER = "another user"
    ADMIN = "an admin"
    EXPIRED = "an expired token"
    REVOKED = "a token of a session that has ended"
    STRANGER = "a wrong mesh identity"


OPEN, NO_METHOD = "", "ROUTE_NOT_FOUND"

# What each kind of method says to each caller: the reason of the refusal, OPEN for none.
VERDICTS = {
    Policy.PUBLIC: dict.fromkeys(Caller, OPEN),
    Policy.USER: {
        Caller.NOBODY: "TOKEN_MISSING",
        Caller.OWNER: OPEN,
        Caller.OTHER: OPEN,
        Caller.ADMIN: OPEN,
        Caller.EXPIRED: "TOKEN_EXPIRED",
        Caller.REVOKED: "TOKEN_REVOKED",
        Caller.STRANGER: "TOKEN_MISSING",
    },
    Policy.ADMIN: {
        Caller.NOBODY: "TOKEN_MISSING",
        Caller.OWNER: "ROLE_REQUIRED",
        Caller.OTHER: "ROLE_REQUIRED",
        Caller.ADMIN: OPEN,
        Caller.EXPIRED: "TOKEN_EXPIRED",
        Caller.REVOKED: "TOKEN_REVOKED",
        Caller.STRANGER: "TOKEN_MISSING",
    },
    Policy.MESH: dict.fromkeys(
        Caller, "MESH_IDENTITY_REQUIRED"
    ),  # at the service's port; elsewhere there is no such method
}

CELLS = list(itertools.product(METHODS, Caller, Way))


def expected(method: Method, caller: Caller, way: Way) -> str:
    if method.caller == Policy.MESH and way is not Way.PORT:
        return NO_METHOD
    return VERDICTS[method.caller][caller]


@dataclass(frozen=True)
class People:
    """Who asks, and what is the owner's."""

    forge: Forge
    owner: User
    other: User
    ended: str  # the id of a session
    owned: Json  # ids of what the owner has, by the field that takes them

    def token(self, caller: Caller) -> str | None:
        """A token for one call: one that ends its session spoils no other."""
        now = int(time.time())
        match caller:
            case Caller.NOBODY | Caller.STRANGER:
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


@pytest.fixture(scope="module")
async def people(channels: Channels, forge: Forge, new_user: Callable[[], Awaitable[User]]) -> People:
    owner, other = await new_user(), await new_user()
    await owner.deposit("1000.00")
    order = await owner.buy("ADA", "1")
    ended = jwt.decode(owner.token, options={"verify_signature": False})["sid"]
    await owner.post("/api/v1/auth/logout", {})
    again = Rest(owner.http, (await sign_in(owner))["access_token"])
    [session] = (await again.get("/api/v1/auth/sessions"))["sessions"]
    owned = {"order_id": order["order_id"], "session_id": session["session_id"], "user_id": owner.user_id}
    people = People(forge, owner, other, ended, owned)
    for method in {method.owner: method for method in SIGNED_IN}.values():

        async def knows_the_end(method: Method = method) -> bool:
            token = people.token(Caller.REVOKED)
            return (await by_grpc(channels[method.owner], method, token, b"")).reason == "TOKEN_REVOKED"

        await eventually(knows_the_end, f"{method.owner} knows that the session has ended")
    return people


async def sign_in(user: User) -> Json:
    who = {"username": user.username, "password": user.password}
    return await Rest(user.http).post("/api/v1/auth/login", who)


def message(method: Method, owned: Json) -> bytes:
    """A request that names what is the owner's, and says nothing else."""
    made = GetMessageClass(method.request)()
    for name, value in owned.items():
        if name in method.request.fields_by_name:
            setattr(made, name, value)
    return made.SerializeToString()


@dataclass(frozen=True)
class Answer:
    """What a call came to: the reason of a refusal, empty when it was taken."""

    reason: str
    is_fault: bool = False


async def by_rest(guest: Rest, method: Method, token: str | None, people: People) -> list[Answer]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    owned = people.owned
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


async def by_web(guest: Rest, method: Method, token: str | None, request: bytes) -> Answer:
    headers = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    response = await guest.send(
        "POST", method.path, content=b"\0" + len(request).to_bytes(4, "big") + request, headers=headers
    )
    trailers = {name: value for name, value in response.headers.items() if name.startswith("grpc-")}
    body = response.content
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
    return "NO_REASON"


async def by_grpc(channel: grpc.aio.Channel, method: Method, token: str | None, request: bytes) -> Answer:
    found = await outcome(channel, method.path, request, bearer(token))
    if isinstance(found, RpcRefusal):
        codes = (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNAVAILABLE)
        return Answer(found.reason, found.code in codes)
    return Answer("")


ACCESS_REASONS = {
    "TOKEN_MISSING", "TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED", "ROLE_REQUIRED", "MESH_IDENTITY_REQUIRED",
    "NO_ACCESS", NO_METHOD,
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS, ids=str)
async def test_a_method_lets_in_whom_its_contract_names_on_every_way(
    guest: Rest, channels: Channels, people: People, method: Method
) -> None:
    seen: set[tuple[Method, Caller, Way]] = set()
    for caller, way in itertools.product(Caller, Way):
        request = message(method, people.owned)
        token = people.token(caller)
        match way:
            case Way.REST:
                answers = await by_rest(guest, method, token, people)
            case Way.WEB:
                answers = [await by_web(guest, method, token, request)]
            case Way.EDGE:
                answers = [await by_grpc(channels["edge"], method, token, request)]
            case Way.PORT:
                part = STRANGER if caller is Caller.STRANGER else "edge"
                answers = [await by_grpc(channels.of(method.owner, part), method, token, request)]
        seen.add((method, caller, way))
        wanted = expected(method, caller, way)
        for one in answers:
            where = f"{method} by {caller}, {way}"
            assert not one.is_fault, where
            if wanted is OPEN:
                assert one.reason not in ACCESS_REASONS, where
            else:
                assert one.reason == wanted, where
            if caller is Caller.OTHER and method.caller == Policy.USER and _names_a_thing(method):
                assert one.reason.endswith("_NOT_FOUND"), f"{where}: it is the owner's"
    assert seen == {cell for cell in CELLS if cell[0] == method}, "a cell is left out"


def _names_a_thing(method: Method) -> bool:
    return not {"order_id", "session_id"}.isdisjoint(method.request.fields_by_name)


def test_every_sort_of_method_has_a_verdict_for_every_caller() -> None:
    assert {method.caller for method in METHODS} <= set(VERDICTS)
    assert all(set(verdicts) == set(Caller) for verdicts in VERDICTS.values())
