"""What the interceptor makes of the handlers of a server, with a fake context; tests/services has real servers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2
from google.protobuf import empty_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc.access import CallMetadata, Policies, Policy, UserGate
from services.common.rpc.call import Call, Principal
from services.common.rpc.interceptor import ContractInterceptor, MethodHandler
from tests.unit.common.rpc.contexts import Aborted, Context

PATH = "/cnop.user.v1.AccountService/Deposit"
HEALTH, REFLECTION = "/grpc.health.v1.Health/", "/grpc.reflection.v1alpha.ServerReflection/"
PUBLIC = Policy(caller=Policy.PUBLIC, rate_class=Policy.READ)
FOR_USERS = Policy(caller=Policy.USER, rate_class=Policy.MONEY)
FOR_ADMINS = Policy(caller=Policy.ADMIN, rate_class=Policy.READ)

Deposit = account_service_pb2.DepositRequest
BODY = Deposit(amount="1.00", request_id="r-1").SerializeToString()


class Gate:
    """Admits everybody as one user."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        self.asked.append(method)
        call.principal = Principal("u-1", "customer", "token")


def interceptor(policies: Policies | None = None, users: UserGate | None = None, **options: Any) -> ContractInterceptor:
    return ContractInterceptor(policies or {PATH: PUBLIC}, users, Mesh("cnop", "local"), **options)


class Server:
    """Asks an interceptor for the handler of a method, as gRPC does for each call."""

    def __init__(self, interceptor: ContractInterceptor, handlers: dict[str, Any]) -> None:
        self.interceptor, self.handlers = interceptor, handlers
        self.asked: list[str] = []

    async def handler(self, path: str = PATH) -> MethodHandler:
        made = await self.find(path)
        assert made is not None
        return made

    async def find(self, path: str) -> MethodHandler | None:
        async def continuation(details: grpc.HandlerCallDetails) -> Any:
            self.asked.append(details.method)
            return self.handlers.get(details.method)

        details: Any = SimpleNamespace(method=path, invocation_metadata=())
        return await self.interceptor.intercept_service(continuation, details)


async def echo(request: Any, context: Any) -> Any:
    return request


def unary(serve: Any = echo, deserializer: Any = Deposit.FromString) -> Any:
    return grpc.unary_unary_rpc_method_handler(serve, deserializer, Deposit.SerializeToString)


def answering(made: MethodHandler, context: Context, request: object = None) -> Any:
    """Calls a handler that returns one message, as gRPC does."""
    serve: Any = made.stream_unary
    return serve(request, context)


# --- the methods of the contract --------------------------------------------------------------------------------------


async def test_a_method_takes_the_bytes_of_a_stream_and_serves_one_message() -> None:
    made = await Server(interceptor(), {PATH: unary()}).handler()
    assert (made.request_streaming, made.response_streaming) == (True, False)
    assert made.request_deserializer is None
    assert made.response_serializer == Deposit.SerializeToString
    assert await answering(made, Context(body=BODY)) == Deposit.FromString(BODY)


async def test_a_method_is_served_by_its_own_policy_and_gate(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    gate = Gate()
    made = await Server(interceptor({PATH: FOR_USERS}, gate), {PATH: unary()}).handler()
    await answering(made, Context(body=BODY))
    assert gate.asked == [PATH]
    [line] = [vars(record) for record in caplog.records if record.getMessage() == "call"]
    assert (line["method"], line["user"], line["peer"], line["levelno"]) == (PATH, "u-1", "edge", logging.INFO)


async def test_a_success_is_logged_at_the_level_of_the_server(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = await Server(interceptor(success_level=logging.DEBUG), {PATH: unary()}).handler()
    await answering(made, Context(body=BODY))
    [line] = [vars(record) for record in caplog.records if record.getMessage() == "call"]
    assert line["levelno"] == logging.DEBUG


@pytest.mark.parametrize(("options", "room"), [({"concurrency": 2}, 2), ({}, 256)])
async def test_a_server_has_room_for_a_number_of_calls_in_all_methods_together(
    options: dict[str, int], room: int
) -> None:
    is_open = asyncio.Event()

    async def wait(request: Any, context: Any) -> Any:
        await is_open.wait()
        return request

    other = f"{PATH}Again"
    server = Server(interceptor({PATH: PUBLIC, other: PUBLIC}, **options), {PATH: unary(wait), other: unary(wait)})
    held = [answering(await server.handler((PATH, other)[turn % 2]), Context(body=BODY)) for turn in range(room)]
    running = [asyncio.create_task(one) for one in held]
    await asyncio.sleep(0)
    for path in (PATH, other):
        with pytest.raises(Aborted) as ended:
            await answering(await server.handler(path), Context(body=BODY))
        assert ended.value.info.reason == "OVERLOADED"
    is_open.set()
    assert len(await asyncio.gather(*running)) == room


async def test_each_method_is_wrapped_once() -> None:
    other = f"{PATH}Again"
    server = Server(interceptor({PATH: PUBLIC, other: PUBLIC}), {PATH: unary(), other: unary()})
    first, second = await server.handler(), await server.handler(other)
    assert await server.handler() is first
    assert await server.handler(other) is second
    assert first is not second
    assert server.asked == [PATH, other]


async def test_an_unknown_method_is_left_to_grpc_which_refuses_it() -> None:
    server = Server(interceptor(), {})
    assert [await server.find("/unknown.Service/Method") for _ in range(2)] == [None, None]


@pytest.mark.parametrize(
    ("policies", "handler"),
    [
        ({"/another.Service/Method": PUBLIC}, unary()),
        ({PATH: PUBLIC}, unary(deserializer=None)),
        ({PATH: PUBLIC}, grpc.stream_unary_rpc_method_handler(echo, Deposit.FromString, Deposit.SerializeToString)),
    ],
    ids=["no policy", "no deserializer", "streams its request"],
)
async def test_a_method_that_the_contract_cannot_hold_is_not_served(policies: Policies, handler: Any) -> None:
    with pytest.raises(LookupError, match=f"^{PATH} has no policy, no deserializer or takes a stream$"):
        await Server(interceptor(policies), {PATH: handler}).handler()


async def test_a_stream_is_not_served_without_what_runs_streams() -> None:
    handler = grpc.unary_stream_rpc_method_handler(echo, Deposit.FromString, Deposit.SerializeToString)
    with pytest.raises(LookupError, match=f"^{PATH} returns a stream, and this server has no StreamRunner$"):
        await Server(interceptor({PATH: PUBLIC}), {PATH: handler}).handler()


@pytest.mark.parametrize("policy", [FOR_USERS, FOR_ADMINS])
def test_a_server_with_methods_for_users_needs_a_gate(policy: Policy) -> None:
    with pytest.raises(ValueError, match=r"^methods for users need a UserGate$"):
        interceptor({"/a.Service/Open": PUBLIC, PATH: policy})
    interceptor({PATH: policy}, Gate())


# --- health and reflection --------------------------------------------------------------------------------------------


async def checks(request: Any, context: Any) -> Any:
    return ("checked", request, context)


async def watches(request: Any, context: Any) -> AsyncIterator[Any]:
    for change in ("first", "second"):
        yield (change, request, context)


def parse(data: bytes) -> Any:
    return data


def write(message: Any) -> bytes:
    return bytes(message)


INFRASTRUCTURE = {
    f"{HEALTH}Check": grpc.unary_unary_rpc_method_handler(checks, parse, write),
    f"{HEALTH}Watch": grpc.unary_stream_rpc_method_handler(watches, parse, write),
    f"{REFLECTION}Collect": grpc.stream_unary_rpc_method_handler(checks, parse, write),
    f"{REFLECTION}ServerReflectionInfo": grpc.stream_stream_rpc_method_handler(watches, parse, write),
}
STREAMS = {f"{HEALTH}Watch", f"{REFLECTION}ServerReflectionInfo"}


async def outcome(made: MethodHandler, path: str, context: Context) -> list[Any]:
    """Returns what a handler of the infrastructure answers to "requests", which gRPC passes on unread."""
    if path in STREAMS:
        stream: Any = made.stream_stream
        return [one async for one in stream("requests", context)]
    return [await answering(made, context, "requests")]


@pytest.mark.parametrize("path", INFRASTRUCTURE)
async def test_health_and_reflection_are_open_to_every_member_of_the_mesh(path: str) -> None:
    made = await Server(interceptor(), INFRASTRUCTURE).handler(path)
    assert (made.request_deserializer, made.response_serializer) == (parse, write)
    assert (made.request_streaming, made.response_streaming) == (True, path in STREAMS)
    for service in ("edge", "order"):
        context = Context(service=service, body="message")
        request = "message" if path.startswith(HEALTH) else "requests"
        told = ["first", "second"] if path in STREAMS else ["checked"]
        assert await outcome(made, path, context) == [(one, request, context) for one in told]


@pytest.mark.parametrize("path", INFRASTRUCTURE)
async def test_health_and_reflection_are_closed_to_strangers(path: str) -> None:
    made = await Server(interceptor(), INFRASTRUCTURE).handler(path)
    with pytest.raises(Aborted) as ended:
        await outcome(made, path, Context(service="", body="message"))
    assert ended.value.code == grpc.StatusCode.PERMISSION_DENIED
    assert ended.value.info.reason == "MESH_IDENTITY_REQUIRED"


@pytest.mark.parametrize("path", [f"{HEALTH}Check", f"{HEALTH}Watch"])
async def test_a_health_check_without_a_message_ends_at_once(path: str) -> None:
    made = await Server(interceptor(), INFRASTRUCTURE).handler(path)
    with pytest.raises(Aborted) as ended:
        await outcome(made, path, Context(body=grpc.aio.EOF))
    assert ended.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert ended.value.details == "the message is missing or cut short; send one complete message"


@pytest.mark.parametrize("path", ["/grpc.health.v1.HealthOfOthers/Check", "/grpc.reflection.v1.ServerReflection/Info"])
async def test_what_only_resembles_health_or_reflection_needs_a_policy(path: str) -> None:
    with pytest.raises(LookupError):
        await Server(interceptor(), {path: unary(deserializer=empty_pb2.Empty.FromString)}).handler(path)
