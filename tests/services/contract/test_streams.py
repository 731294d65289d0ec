"""Streams of a real server: who may open them, how many, and how they end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.order.v1 import order_service_pb2 as pb
from cnop.order.v1 import order_service_pb2_grpc

from services.auth.user_access import UserAccess
from services.common import settings
from services.common.rpc import call
from services.common.rpc.call import Principal
from services.common.rpc.errors import NotFound, Unauthenticated
from services.streams import stream
from services.streams.runner import Sessions, Streams
from services.streams.settings import StreamSettings

from .servicers import CallAs, SignIn, Told

SERVICES = ("cnop.order.v1.OrderService",)
Kind = pb.WatchOrdersResponse.Kind
WATCH = "/cnop.order.v1.OrderService/WatchOrders"
REQUEST = pb.WatchOrdersRequest()


def end(reason: str) -> pb.WatchOrdersResponse:
    return pb.WatchOrdersResponse(kind=Kind.END, end_reason=reason)


class Watching(order_service_pb2_grpc.OrderServiceServicer):
    """Streams a snapshot, and a message whenever the test says so."""

    def __init__(self) -> None:
        self.open: list[stream.Stream] = []
        self.error: Exception | None = None
        self.padding = ""
        self.seconds_left = 0.0

    def wake(self) -> None:
        for one in self.open:
            one.wake()

    async def WatchOrders(self, request: Any, context: Any) -> AsyncIterator[Any]:
        one = stream.current()
        self.open.append(one)
        self.seconds_left = call.remaining_seconds(1000)
        try:
            if self.error is not None:
                raise self.error
            kind = Kind.SNAPSHOT
            async for _ in one.turns():
                is_heartbeat = one.is_quiet and kind != Kind.SNAPSHOT
                yield pb.WatchOrdersResponse(kind=Kind.HEARTBEAT if is_heartbeat else kind, end_reason=self.padding)
                kind = Kind.CHANGE
        finally:
            self.open.remove(one)

    async def GetOrder(self, request: Any, context: Any) -> Any:
        return await super().GetOrder(request, context)  # type: ignore[safe-super]


class Server:
    """A running server, and what opens streams of it."""

    def __init__(self, call_as: CallAs, watching: Watching, streams: Streams, sign_in: SignIn) -> None:
        self.watching = watching
        self.streams = streams
        self.stub = order_service_pb2_grpc.OrderServiceStub(call_as("edge"))
        self.sign_in = sign_in

    def watch(self, user_id: str = "u-1", session_id: str = "s-1", address: str = "192.0.2.1", **more: Any) -> Any:
        metadata = (*self.sign_in(user_id, session_id=session_id, **more), ("x-client-address", address))
        return self.stub.WatchOrders(REQUEST, metadata=metadata)

    async def opened(self, **options: Any) -> Any:
        """Opens a stream and reads its snapshot."""
        one = self.watch(**options)
        assert (await one.read()).kind == Kind.SNAPSHOT
        return one


Start = Callable[..., Awaitable[Server]]


@pytest.fixture
def start(serve_all: Any, access: UserAccess, sign_in: SignIn) -> Start:
    async def make(concurrency: int = 256, sessions: Sessions | None = None, **config: Any) -> Server:
        watching = Watching()  # type: ignore[abstract]
        streams = Streams(StreamSettings(**config), {WATCH: end}, sessions or access)

        def register(server: grpc.aio.Server) -> None:
            order_service_pb2_grpc.add_OrderServiceServicer_to_server(watching, server)

        served = settings.Server(concurrency=concurrency)
        return Server(await serve_all(SERVICES, register, config=served, streams=streams), watching, streams, sign_in)

    return make


async def refusal(told: Told, one: Any) -> dict[str, Any]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await one.read()
    return told(error.value)


async def last(one: Any) -> Any:
    """Returns the last message of a stream, which must end well."""
    message = None
    while (read := await one.read()) is not grpc.aio.EOF:
        message = read
    assert await one.code() is grpc.StatusCode.OK
    return message


async def until(condition: Callable[[], bool], work: Callable[[], Awaitable[None]] | None = None) -> None:
    """Waits until a condition holds; does `work` meanwhile."""
    async with asyncio.timeout(20):
        while not condition():
            if work is not None:
                await work()
            await asyncio.sleep(0.01)


async def test_a_stream_needs_a_token(start: Start, told: Told) -> None:
    server = await start()
    stub = server.stub
    assert (await refusal(told, stub.WatchOrders(REQUEST)))["reason"] == "TOKEN_MISSING"


async def test_a_stream_has_no_deadline_of_its_own(start: Start) -> None:
    server = await start()
    await server.opened()
    assert server.watching.seconds_left == 1000


async def test_an_error_before_the_first_message_is_that_of_any_call(start: Start, told: Told) -> None:
    server = await start()
    server.watching.error = NotFound("NOTHING_HERE", "nothing is here")
    assert (await refusal(told, server.watch()))["reason"] == "NOTHING_HERE"


async def test_a_user_has_eight_streams_whatever_the_address(start: Start, told: Told) -> None:
    server = await start()
    streams = [await server.opened(address=f"192.0.2.{number}") for number in range(8)]
    refused = await refusal(told, server.watch(address="192.0.2.9"))
    assert (refused["code"], refused["reason"]) == ("RESOURCE_EXHAUSTED", "TOO_MANY_STREAMS")
    await server.opened(user_id="u-2")
    streams[0].cancel()
    await until(lambda: len(server.watching.open) == 8)
    await server.opened()


@pytest.mark.parametrize("others", ["192.0.2.1", "2001:db8::{:x}"], ids=["IPv4", "the /64 of an IPv6 address"])
async def test_an_address_has_fifty_streams_whatever_the_user(start: Start, told: Told, others: str) -> None:
    server = await start()
    for number in range(50):
        await server.opened(user_id=f"u-{number}", address=others.format(number))
    assert (await refusal(told, server.watch("u-99", address=others.format(99))))["reason"] == "TOO_MANY_STREAMS"
    await server.opened(user_id="u-99", address="198.51.100.1")


async def test_streams_that_are_too_many_for_the_process_are_shed(start: Start, told: Told) -> None:
    server = await start(max=1)
    await server.opened()
    assert (await refusal(told, server.watch("u-2")))["reason"] == "OVERLOADED"


async def test_streams_take_no_places_of_calls(start: Start) -> None:
    server = await start(concurrency=1)
    await server.opened()
    await server.opened()
    with pytest.raises(grpc.aio.AioRpcError) as error:  # the servicer does not have it: the call was not shed
        await server.stub.GetOrder(pb.GetOrderRequest(order_id="1"), metadata=server.sign_in("u-1"))
    assert error.value.code() is not grpc.StatusCode.UNAVAILABLE


async def test_a_silent_stream_gets_a_heartbeat(start: Start) -> None:
    server = await start(heartbeat_seconds=0.0)
    one = await server.opened()
    await server.streams.sweep()
    assert (await one.read()).kind == Kind.HEARTBEAT


async def test_a_stream_ends_when_it_is_old(start: Start) -> None:
    server = await start(age_seconds=0.0)
    one = await server.opened()
    await server.streams.sweep()
    ended = await last(one)
    assert (ended.kind, ended.end_reason) == (Kind.END, "MAX_AGE")


async def test_all_streams_end_when_the_server_stops(start: Start) -> None:
    server = await start()
    streams = [await server.opened(), await server.opened()]
    server.streams.end_all()
    assert [(await last(one)).end_reason for one in streams] == ["SHUTDOWN", "SHUTDOWN"]


async def test_a_stream_ends_with_its_session(start: Start, ended: Any) -> None:
    server = await start()
    one, other = await server.opened(session_id="s-ended"), await server.opened(session_id="s-other")
    ended.sessions.add("s-ended")
    await server.streams.sweep()
    assert (await last(one)).end_reason == "SESSION_REVOKED"
    server.watching.wake()
    assert (await other.read()).kind == Kind.CHANGE


async def test_a_stream_ends_with_its_token(start: Start) -> None:
    server = await start()
    # The clocks of the services and of the edge may differ by 10 seconds: the token is valid so much longer.
    one = await server.opened(expires_in=-9.0)
    await until(lambda: not server.watching.open, server.streams.sweep)
    assert (await last(one)).end_reason == "TOKEN_EXPIRED"


async def test_a_stream_outlives_a_short_outage_of_revocations_and_no_long_one(start: Start, ended: Any) -> None:
    server = await start()
    one = await server.opened()
    ended.is_unknown = True
    try:
        for _ in range(9):
            await server.streams.sweep()
        server.watching.wake()
        assert (await one.read()).kind == Kind.CHANGE
        await server.streams.sweep()
        assert (await last(one)).end_reason == "DEPENDENCY_UNAVAILABLE"
    finally:
        ended.is_unknown = False


async def test_the_sessions_of_all_streams_are_checked_together(start: Start) -> None:
    class Together:
        """Answers when two have asked."""

        def __init__(self) -> None:
            self._two = asyncio.Barrier(2)

        async def confirm(self, user: Principal) -> None:
            await self._two.wait()
            raise Unauthenticated("TOKEN_REVOKED", "the session has ended")

    server = await start(sessions=Together())
    both = [await server.opened(session_id="s-1"), await server.opened(session_id="s-2")]
    async with asyncio.timeout(20):
        await server.streams.sweep()
    assert [(await last(one)).end_reason for one in both] == ["SESSION_REVOKED"] * 2


async def test_a_client_that_reads_on_is_told_that_it_was_too_slow(start: Start) -> None:
    server = await start(blocked_seconds=0.5)
    one = await server.opened()
    server.watching.padding = "x" * 200_000

    async def send() -> None:
        server.watching.wake()
        await server.streams.sweep()

    await until(lambda: any(stream.end_reason for stream in server.watching.open), send)
    ended = await last(one)
    assert (ended.kind, ended.end_reason) == (Kind.END, "SLOW_CLIENT")


async def test_a_client_that_never_reads_keeps_no_place(start: Start) -> None:
    server = await start(blocked_seconds=0.1, per_user=1)
    await server.opened()
    server.watching.padding = "x" * 200_000

    async def send() -> None:
        server.watching.wake()
        await server.streams.sweep()

    await until(lambda: not server.watching.open, send)
    await server.opened()


async def test_a_stream_is_logged_once_when_it_ends(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    server = await start()
    with caplog.at_level(logging.INFO, "cnop.access"):
        one = await server.opened()
        assert caplog.records == []
        server.streams.end_all()
        await last(one)
        await until(lambda: bool(caplog.records))
    [line] = caplog.records
    assert (line.method, line.code, line.user) == (WATCH, "OK", "u-1")  # type: ignore[attr-defined]
