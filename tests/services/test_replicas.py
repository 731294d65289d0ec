"""Channels to several replicas, as between services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2, auth_service_pb2_grpc
from google.api import httpbody_pb2
from google.protobuf import empty_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from services.common.mesh import channels
from services.common.mesh.certificates import Certificates

SERVICE = "cnop.user.v1.AuthService"


class Replica(auth_service_pb2_grpc.AuthServiceServicer):
    """Responds with its name and reports its health."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.calls = 0
        self.failures = 0
        self.health = health.aio.HealthServicer()
        self.address = ""

    async def GetJwks(self, request: Any, context: Any) -> httpbody_pb2.HttpBody:
        self.calls += 1
        if self.failures:
            self.failures -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "away")
        return httpbody_pb2.HttpBody(data=self.name.encode())

    async def Login(self, request: Any, context: Any) -> Any:
        self.calls += 1
        await context.abort(grpc.StatusCode.UNAVAILABLE, "away")

    async def report(self, *, serving: bool) -> None:
        answer = health_pb2.HealthCheckResponse
        await self.health.set("", answer.SERVING if serving else answer.NOT_SERVING)


@pytest.fixture
async def replicas(certs: Path) -> AsyncIterator[list[Replica]]:
    async with AsyncExitStack() as stack:
        replicas = [Replica(name) for name in ("one", "two")]
        for replica in replicas:
            server = grpc.aio.server()
            auth_service_pb2_grpc.add_AuthServiceServicer_to_server(replica, server)
            health_pb2_grpc.add_HealthServicer_to_server(replica.health, server)
            await replica.report(serving=True)
            credentials = Certificates(certs / "user").for_server()
            replica.address = f"127.0.0.1:{server.add_secure_port('127.0.0.1:0', credentials)}"
            await server.start()
            stack.push_async_callback(server.stop, 0)
        yield replicas


@pytest.fixture
async def stub(replicas: list[Replica], certs: Path) -> AsyncIterator[Any]:
    addresses = ",".join(replica.address for replica in replicas)
    async with channels.connect(addresses, Certificates(certs / "order"), SERVICE) as channel:
        yield auth_service_pb2_grpc.AuthServiceStub(channel)


async def answers(stub: Any, count: int) -> list[str]:
    return [(await stub.GetJwks(empty_pb2.Empty(), timeout=5)).data.decode() for _ in range(count)]


async def wait_until_only(stub: Any, name: str) -> None:
    for _ in range(250):
        if set(await answers(stub, 4)) == {name}:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"calls still go to other replicas than {name}")


async def wait_until_both(stub: Any) -> None:
    for _ in range(250):
        if set(await answers(stub, 4)) == {"one", "two"}:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("calls go to one replica only")


async def test_calls_go_to_all_replicas_in_turn(stub: Any) -> None:
    await wait_until_both(stub)
    found = await answers(stub, 10)
    assert (found.count("one"), found.count("two")) == (5, 5)


async def test_an_unhealthy_replica_gets_no_calls_until_it_recovers(stub: Any, replicas: list[Replica]) -> None:
    await wait_until_both(stub)
    await replicas[0].report(serving=False)
    await wait_until_only(stub, "two")
    calls = replicas[0].calls
    await answers(stub, 20)
    assert replicas[0].calls == calls
    await replicas[0].report(serving=True)
    await wait_until_both(stub)


async def test_a_read_that_one_replica_fails_goes_to_another(stub: Any, replicas: list[Replica]) -> None:
    await wait_until_both(stub)
    replicas[0].failures = 1
    assert len(await answers(stub, 4)) == 4
    assert replicas[0].failures == 0


async def test_a_method_that_is_not_idempotent_is_not_retried(stub: Any, replicas: list[Replica]) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.Login(auth_service_pb2.LoginRequest(), timeout=5)
    assert error.value.code() is grpc.StatusCode.UNAVAILABLE
    assert sum(replica.calls for replica in replicas) == 1


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("user:50051", "dns:///user:50051"),
        ("127.0.0.1:50051", "dns:///127.0.0.1:50051"),
        ("10.0.0.1:1,10.0.0.2:1", "ipv4:10.0.0.1:1,10.0.0.2:1"),
    ],
)
def test_an_address_is_a_name_or_a_list_of_replicas(address: str, target: str) -> None:
    assert channels.target(address) == target
