from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2, auth_service_pb2_grpc
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from local import dial, ports
from services.auth.user_access import UserAccess
from services.common import settings
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from services.common.startup import StartupError

SERVICES = ("cnop.user.v1.AuthService",)
LOGIN = auth_service_pb2.LoginRequest(username="alice", password="x")
SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


class Auth(auth_service_pb2_grpc.AuthServiceServicer):
    """Login waits until the gate is open."""

    def __init__(self) -> None:
        self.running = 0
        self.most = 0
        self.gate = asyncio.Event()

    async def Login(self, request: Any, context: Any) -> auth_service_pb2.LoginResponse:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.gate.wait()
        finally:
            self.running -= 1
        return auth_service_pb2.LoginResponse(access_token="t")


@dataclass
class Health:
    """The check of the service: fails with `error`, after `delay` seconds."""

    error: Exception | None = None
    delay: float = 0.0

    async def check(self) -> None:
        await asyncio.sleep(self.delay)
        if self.error is not None:
            raise self.error


@dataclass
class Running:
    """A server that runs in this process, and a client of it."""

    address: str
    auth: Auth
    health: Health
    task: asyncio.Task[None]
    channel: grpc.aio.Channel
    stubs: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.login: Any = auth_service_pb2_grpc.AuthServiceStub(self.channel).Login
        self.check: Any = health_pb2_grpc.HealthStub(self.channel).Check

    async def status(self, service: str = "") -> int:
        response = await self.check(health_pb2.HealthCheckRequest(service=service), timeout=5, wait_for_ready=True)
        return int(response.status)

    async def until(self, wanted: int, seconds: float = 5) -> float:
        """Waits for a health status. Returns how long that took."""
        started = time.monotonic()
        for _ in range(int(seconds / 0.02)):
            if await self.status() == wanted:
                return time.monotonic() - started
            await asyncio.sleep(0.02)
        raise AssertionError(f"the health did not become {wanted}")

    async def fill(self, calls: int) -> list[asyncio.Future[Any]]:
        """Starts calls and waits until all of them are at the gate."""
        waiting = [asyncio.ensure_future(self.login(LOGIN)) for _ in range(calls)]
        for _ in range(500):
            if self.auth.running == calls:
                return waiting
            await asyncio.sleep(0.01)
        raise AssertionError("the calls did not arrive")


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
def signals() -> Iterator[None]:
    """Restores the signal handlers of the process after the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
async def start(access: UserAccess, mesh: Mesh, certs: Path, signals: None) -> AsyncIterator[Start]:
    started: list[Running] = []

    async def make(health: Health | None = None, **config: Any) -> Running:
        [port] = ports.claim(1)
        address, auth, health = f"127.0.0.1:{port}", Auth(), health or Health()
        server_settings = settings.Server(**{"lame_duck_seconds": 0.1, "drain_seconds": 2.0, **config})
        contract = ContractInterceptor(read_policies(SERVICES), access, mesh, server_settings.concurrency)
        made = server.build(contract, server_settings)
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(auth, made)
        task = asyncio.create_task(
            server.serve(
                made, address, SERVICES, health.check, server_settings, certificates=Certificates(certs / "user")
            )
        )
        running = Running(address, auth, health, task, dial.channel(address, "user", certs / "edge"))
        started.append(running)
        await running.status()
        return running

    yield make
    loop = asyncio.get_running_loop()
    for running in started:
        running.auth.gate.set()
        if not running.task.done():
            os.kill(os.getpid(), signal.SIGTERM)
            await running.task
        await running.channel.close()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)


async def code(call: Awaitable[object]) -> grpc.StatusCode:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def test_services_are_healthy_while_the_check_succeeds(start: Start) -> None:
    running = await start()
    await running.until(SERVING)
    assert await running.status(SERVICES[0]) == SERVING
    assert await code(running.check(health_pb2.HealthCheckRequest(service="no.such"))) is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("method", ["Check", "Watch"])
async def test_a_question_for_health_without_a_message_ends_at_once(start: Start, method: str) -> None:
    running = await start()
    make = running.channel.stream_unary if method == "Check" else running.channel.stream_stream
    call: Any = make(f"/grpc.health.v1.Health/{method}")(iter(()))
    async with asyncio.timeout(5):
        assert await call.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_the_health_of_all_services_is_listed(start: Start) -> None:
    running = await start()
    await running.until(SERVING)
    listing: Any = health_pb2_grpc.HealthStub(running.channel)
    listed = await listing.List(listing_request(), timeout=5)
    assert {name: one.status for name, one in listed.statuses.items()} == dict.fromkeys(("", *SERVICES), SERVING)


def listing_request() -> Any:
    return GetMessageClass(health_pb2.DESCRIPTOR.message_types_by_name["HealthListRequest"])()


async def test_the_health_follows_the_check(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    running = await start()
    await running.until(SERVING)
    with caplog.at_level(logging.WARNING):
        running.health.error = ConnectionError("the table is down")
        assert await running.until(NOT_SERVING) < 3
        assert await running.status(SERVICES[0]) == NOT_SERVING
        await asyncio.sleep(0.5)
        running.health.error = None
        assert await running.until(SERVING) < 3
    assert len([record for record in caplog.records if record.message == "not serving"]) == 1, (
        "logged once, not with each check"
    )


async def test_services_are_unhealthy_until_the_check_succeeds(start: Start) -> None:
    running = await start(Health(error=RuntimeError("no table")))
    await running.until(NOT_SERVING)
    assert await running.status(SERVICES[0]) in {NOT_SERVING, health_pb2.HealthCheckResponse.SERVICE_UNKNOWN}


async def test_a_check_that_hangs_counts_as_failed(start: Start) -> None:
    running = await start()
    await running.until(SERVING)
    running.health.delay = 60
    assert await running.until(NOT_SERVING) < 4


async def test_reflection_lists_the_services(start: Start) -> None:
    running = await start()
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    stub: Any = reflection_pb2_grpc.ServerReflectionStub(running.channel)
    [response] = [response async for response in stub.ServerReflectionInfo(iter([request]))]
    listed = {service.name for service in response.list_services_response.service}
    assert {"cnop.user.v1.AuthService", "grpc.health.v1.Health"} <= listed


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_running_call_is_finished_before_the_server_stops(start: Start, number: signal.Signals) -> None:
    running = await start()
    [call] = await running.fill(1)
    os.kill(os.getpid(), number)
    await asyncio.sleep(0.2)
    assert not running.task.done(), "the server waits for the call"
    running.auth.gate.set()
    assert (await call).access_token == "t"
    async with asyncio.timeout(10):
        await running.task


async def test_no_new_call_is_accepted_after_the_lame_duck_period(start: Start, certs: Path) -> None:
    running = await start()
    [call] = await running.fill(1)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.4)
    async with dial.channel(running.address, "user", certs / "edge") as fresh:
        late: Any = auth_service_pb2_grpc.AuthServiceStub(fresh).Login
        assert await code(late(LOGIN, timeout=1)) is grpc.StatusCode.UNAVAILABLE
    running.auth.gate.set()
    assert (await call).access_token == "t"


async def test_a_call_past_the_drain_period_is_ended(start: Start) -> None:
    running = await start(drain_seconds=0.3)
    [call] = await running.fill(1)
    started = time.monotonic()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(5):
        await running.task
    assert 0.3 < time.monotonic() - started < 3
    assert await code(call) in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED}
    assert running.auth.running == 0


async def test_watchers_of_the_health_learn_of_the_shutdown(start: Start) -> None:
    running = await start(lame_duck_seconds=1.0, drain_seconds=0.5)
    await running.until(SERVING)
    watch: Any = health_pb2_grpc.HealthStub(running.channel).Watch(health_pb2.HealthCheckRequest(service=""))
    assert (await watch.read()).status == SERVING
    os.kill(os.getpid(), signal.SIGTERM)
    assert (await watch.read()).status == NOT_SERVING
    running.auth.gate.set()
    assert (await running.login(LOGIN)).access_token == "t", "clients that have not seen it yet are still served"
    watch.cancel()


async def test_calls_past_the_concurrency_are_refused_until_others_end(start: Start) -> None:
    running = await start(concurrency=3)
    waiting = await running.fill(3)
    refused = await asyncio.gather(*(code(running.login(LOGIN, timeout=10)) for _ in range(5)))
    assert refused == [grpc.StatusCode.UNAVAILABLE] * 5
    running.auth.gate.set()
    assert [(await call).access_token for call in waiting] == ["t"] * 3
    assert await code(running.login(LOGIN)) is grpc.StatusCode.OK
    assert running.auth.most == 3


async def test_a_server_at_its_concurrency_is_healthy(start: Start) -> None:
    running = await start(concurrency=3)
    await running.until(SERVING)
    await running.fill(3)
    assert await code(running.check(health_pb2.HealthCheckRequest())) is grpc.StatusCode.OK


async def test_the_error_names_a_port_that_is_taken(start: Start, access: UserAccess, mesh: Mesh, certs: Path) -> None:
    running = await start()
    config = settings.Server()
    second = server.build(ContractInterceptor(read_policies(SERVICES), access, mesh), config)
    certificates = Certificates(certs / "user")
    with pytest.raises(StartupError, match=f"cannot listen on {running.address}"):
        await server.serve(second, running.address, SERVICES, running.health.check, config, certificates=certificates)


@pytest.mark.usefixtures("start")  # it restores the signal handlers
@pytest.mark.parametrize("how", [LookupError("lost"), asyncio.CancelledError(), None], ids=repr)
async def test_the_server_stops_when_a_background_task_ends(
    access: UserAccess,
    mesh: Mesh,
    certs: Path,
    caplog: pytest.LogCaptureFixture,
    how: BaseException | None,
) -> None:
    [port] = ports.claim(1)
    config = settings.Server(lame_duck_seconds=0.1, drain_seconds=0.1)
    made = server.build(ContractInterceptor(read_policies(SERVICES), access, mesh), config)

    async def work() -> None:
        await asyncio.sleep(0.1)
        if how is not None:
            raise how

    with pytest.raises(StartupError, match="a background task has ended"):
        async with asyncio.timeout(10):
            await server.serve(
                *(made, f"127.0.0.1:{port}", SERVICES, Health().check, config),
                certificates=Certificates(certs / "user"),
                background=[work],
            )
    [line] = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert line.why == ("cancelled" if isinstance(how, asyncio.CancelledError) else repr(how))  # type: ignore[attr-defined]
