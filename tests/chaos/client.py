"""Calls of users to the edge, as a correct client makes them: a call without a definite outcome is sent again with the
same request id. All calls are recorded."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import grpc
import httpx
from cnop.inventory.v1 import inventory_service_pb2, inventory_service_pb2_grpc
from cnop.order.v1 import order_service_pb2, order_service_pb2_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from local import dial

from .history import History, Kind, Outcome

_PASSWORD = "a long password for chaos 7"
_AT_ONCE = 8

# The codes that mean that the call had no effect. With any other code, the outcome is unknown.
_DEFINITE = {
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.ALREADY_EXISTS,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.UNAUTHENTICATED,
}

Method: TypeAlias = Callable[..., Awaitable[Message]]


@dataclass(frozen=True)
class User:
    """A user who is signed in."""

    user_id: str
    token: str


@dataclass(frozen=True)
class Request:
    """A request of a user. It may be sent several times."""

    user: User
    kind: Kind
    request_id: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The end of a call. `status` is that of an order."""

    outcome: Outcome
    status: str = ""
    reason: str = ""

    @property
    def is_final(self) -> bool:
        """Whether the request need not be sent again."""
        return self.outcome is not Outcome.UNKNOWN and self.status != "PENDING"


class Client:
    """Sends requests to a server (the edge, or a service itself) and records each call and how it ended."""

    def __init__(self, channel: grpc.aio.Channel, history: History) -> None:
        accounts = account_service_pb2_grpc.AccountServiceStub(channel)
        orders = order_service_pb2_grpc.OrderServiceStub(channel)
        inventory = inventory_service_pb2_grpc.InventoryServiceStub(channel)
        self._history = history
        self._methods: dict[Kind, tuple[Method, type[Message]]] = {
            Kind.DEPOSIT: (accounts.Deposit, account_service_pb2.DepositRequest),
            Kind.WITHDRAW: (accounts.Withdraw, account_service_pb2.WithdrawRequest),
            Kind.BUY: (orders.CreateOrder, order_service_pb2.CreateOrderRequest),
            Kind.SELL: (orders.CreateOrder, order_service_pb2.CreateOrderRequest),
            Kind.GET_ASSET: (inventory.GetAsset, inventory_service_pb2.GetAssetRequest),
        }
        self.answers: Counter[str] = Counter()  # by outcome, and reason or code

    async def send(self, request: Request, timeout_seconds: float) -> Answer:
        """Sends a request once."""
        method, message_type = self._methods[request.kind]
        named = {} if request.kind is Kind.GET_ASSET else {"request_id": request.request_id}
        message = ParseDict({**request.body, **named}, message_type())
        call = self._history.begin(request.kind, request.user.user_id, request.request_id, request.body)
        bearer = (("authorization", f"Bearer {request.user.token}"),)
        try:
            reply = await method(message, timeout=timeout_seconds, metadata=bearer)
        except grpc.aio.AioRpcError as error:
            if error.code() in _DEFINITE:
                reason, facts = _details(error)
                call.refused(reason, facts)
                return self._counted(Answer(Outcome.REFUSED, reason=reason))
            call.unknown()
            return self._counted(Answer(Outcome.UNKNOWN, reason=error.code().name))
        except asyncio.CancelledError:
            call.unknown()
            raise
        answer = MessageToDict(reply, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
        call.acknowledged(answer)
        return self._counted(Answer(Outcome.ACKNOWLEDGED, status=answer.get("status", "")))

    def _counted(self, answer: Answer) -> Answer:
        self.answers[" ".join((answer.outcome, answer.status or answer.reason)).strip()] += 1
        return answer


def _details(error: grpc.aio.AioRpcError) -> tuple[str, dict[str, str]]:
    """Returns the reason of an error, and its message and metadata."""
    facts = {"message": error.details() or ""}
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return info.reason, {**facts, **info.metadata}
    return error.code().name, facts


# Channels reconnect quickly after a server was down, and do not retry calls.
_OPTIONS = [
    ("grpc.enable_retries", 0),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 500),
]


def channel_to(port: int) -> grpc.aio.Channel:
    """Returns a channel to the edge."""
    return grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=[*dial.OPTIONS, *_OPTIONS])


def channel_to_order(port: int, certs: Path) -> grpc.aio.Channel:
    """Returns a channel to an order service itself, with the certificate in `certs`."""
    return dial.channel(f"127.0.0.1:{port}", "order", certs, _OPTIONS)


async def sign_up(edge: str, count: int, history: History, prefix: str = "chaos") -> list[User]:
    """Registers users and signs them in, while there are no faults."""
    at_once = asyncio.Semaphore(_AT_ONCE)
    async with httpx.AsyncClient(base_url=edge, timeout=30.0, trust_env=False) as http:

        async def one(number: int) -> User:
            async with at_once:
                return await _sign_up_one(http, f"{prefix}_{number}", history)

        return await asyncio.gather(*(one(number) for number in range(count)))


async def _sign_up_one(http: httpx.AsyncClient, username: str, history: History) -> User:
    request_id = f"register-{username}"
    profile = {"username": username, "email": f"{username}@example.com", "first_name": "Ada", "last_name": "Lovelace"}
    call = history.begin(Kind.REGISTER, "", request_id, profile)
    sent: dict[str, Any] = {**profile, "password": _PASSWORD, "request_id": request_id}
    answer = (await http.post("/api/v1/auth/register", json=sent)).raise_for_status().json()
    call.acknowledged(answer)
    who = {"username": username, "password": _PASSWORD}
    signed_in = (await http.post("/api/v1/auth/login", json=who)).raise_for_status().json()
    return User(answer["user_id"], signed_in["access_token"])
