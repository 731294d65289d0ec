"""Replicas that a channel finds by name, in a DNS server of the test."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2_grpc
from google.api import httpbody_pb2
from google.protobuf import empty_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from local import ports
from services.auth.user_access import UserAccess
from services.common import settings
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from tests import dns_server
from tests.dns_server import Names

SERVICE = "cnop.user.v1.AuthService"
LOCAL = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]  # all are this machine


class Replica(auth_service_pb2_grpc.AuthServiceServicer):
    """Answers with its address."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def GetJwks(self, request: Any, context: Any) -> httpbody_pb2.HttpBody:
        return httpbody_pb2.HttpBody(data=self.address.encode())


Start = Callable[[str], Awaitable[None]]


@pytest.fixture
async def names() -> AsyncIterator[Names]:
    async with dns_server.names() as server:
        yield server


@pytest.fixture
def port() -> int:
    [port] = ports.claim(1)
    return port


@pytest.fixture
async def start(names: Names, port: int, access: UserAccess, mesh: Mesh, certs: Path) -> AsyncIterator[Start]:
    """Starts a replica of the user service at an address, whose connections last a second."""
    async with AsyncExitStack() as stack:

        async def make(address: str) -> None:
            made = server.build(
                ContractInterceptor(read_policies((SERVICE,)), access, mesh), settings.Server(connection_seconds=1.0)
            )
            auth_service_pb2_grpc.add_AuthServiceServicer_to_server(Replica(address), made)
            healthy = health.aio.HealthServicer()
            await healthy.set("", health_pb2.HealthCheckResponse.SERVING)
            health_pb2_grpc.add_HealthServicer_to_server(healthy, made)
            made.add_secure_port(f"{address}:{port}", Certificates(certs / "user").for_server())
            await made.start()
            stack.push_async_callback(made.stop, 0)
            names.addresses = [*names.addresses, address]

        yield make


async def test_new_replicas_get_their_share_of_the_calls_when_connections_end(
    names: Names, port: int, start: Start, certs: Path
) -> None:
    await start(LOCAL[0])
    address = f"dns://127.0.0.1:{names.port}/user.example:{port}"
    async with channels.connect(address, Certificates(certs / "order"), SERVICE) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)

        async def shares() -> Counter[str]:
            """Returns how many of 30 calls each replica answered. No call may fail, whatever connections end."""
            return Counter([(await stub.GetJwks(empty_pb2.Empty(), timeout=10)).data.decode() for _ in range(30)])

        assert await shares() == {LOCAL[0]: 30}
        await start(LOCAL[1])
        await start(LOCAL[2])
        await until(shares, lambda found: all(found[one] >= 6 for one in LOCAL))
        names.addresses = LOCAL[:1]  # the other replicas are about to stop
        await until(shares, lambda found: found == {LOCAL[0]: 30})


async def test_a_name_that_had_no_replica_for_long_is_looked_up_every_few_seconds(
    names: Names, port: int, start: Start, certs: Path
) -> None:
    address = f"dns://127.0.0.1:{names.port}/user.example:{port}"
    async with channels.connect(address, Certificates(certs / "order"), SERVICE) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)

        async def call() -> bool:
            try:
                await stub.GetJwks(empty_pb2.Empty(), timeout=1)
            except grpc.aio.AioRpcError:
                return False
            return True

        async with asyncio.timeout(60):  # gRPC by itself would look up the name for the tenth time after 65 s
            while names.questions < 12:
                assert not await call()
                await asyncio.sleep(0.2)
        await start(LOCAL[0])
        async with asyncio.timeout(30):
            while not await call():  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.1)


async def until(shares: Callable[[], Awaitable[Counter[str]]], are_right: Callable[[Counter[str]], bool]) -> None:
    for _ in range(600):
        if are_right(found := await shares()):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the calls are shared like this: {found}")
