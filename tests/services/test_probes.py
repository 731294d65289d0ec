"""The port of the probes, and a client without any certificate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.common.rpc.health import Health
from services.grpc_probes import server as grpc_probes

SERVICE = "cnop.user.v1.AuthService"
SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


@dataclass
class Probes:
    channel: grpc.aio.Channel
    health: Health

    async def status(self, service: str) -> int:
        check: Any = health_pb2_grpc.HealthStub(self.channel).Check
        return int((await check(health_pb2.HealthCheckRequest(service=service), timeout=5)).status)


@pytest.fixture
async def probes() -> AsyncIterator[Probes]:
    """The probes of a service that is not ready."""

    async def check() -> None:
        raise ConnectionError("no table")

    health = Health((SERVICE,), check)
    server = grpc_probes.build(health.Check)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.enable_http_proxy", 0)]) as channel:
        yield Probes(channel, health)
    await server.stop(0)


async def code(call: Awaitable[object]) -> grpc.StatusCode:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def test_a_process_that_is_not_ready_is_alive(probes: Probes) -> None:
    assert await probes.status("liveness") == SERVING
    assert await probes.status("") == NOT_SERVING
    assert await probes.status(SERVICE) == NOT_SERVING
    assert await code(probes.status("no.such")) is grpc.StatusCode.NOT_FOUND


async def test_readiness_is_the_health_of_the_service_and_liveness_survives_the_drain(probes: Probes) -> None:
    for name in ("", SERVICE):
        await probes.health.set(name, SERVING)
        assert await probes.status(name) == SERVING
    await probes.health.enter_graceful_shutdown()
    assert await probes.status("") == NOT_SERVING
    assert await probes.status("liveness") == SERVING


@pytest.mark.parametrize(
    "path",
    [
        "/grpc.health.v1.Health/Watch",
        "/grpc.health.v1.Health/List",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        f"/{SERVICE}/Login",
    ],
)
async def test_nothing_but_a_check_is_served(probes: Probes, path: str) -> None:
    method = probes.channel.unary_unary(path)
    assert await code(method(b"", timeout=5)) is grpc.StatusCode.UNIMPLEMENTED


async def test_a_call_that_sends_nothing_ends_with_its_connection(probes: Probes) -> None:
    call: Any = probes.channel.stream_unary("/grpc.health.v1.Health/Check")()
    async with asyncio.timeout(30):
        assert await call.code() is not grpc.StatusCode.OK
    assert await probes.status("liveness") == SERVING


async def test_a_long_question_is_refused(probes: Probes) -> None:
    assert await code(probes.status("x" * 2000)) is grpc.StatusCode.RESOURCE_EXHAUSTED
