"""Connections that are held open for nothing make room for others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from cnop.user.v1 import auth_service_pb2_grpc
from google.protobuf import empty_pb2

from tests.edge.mesh import Edge, running
from tests.edge.rendered import Configuration, edge_settings

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SENT = {
    "nothing": b"",
    "the beginning of HTTP/2": PREFACE + b"\0\0\0\4\0\0\0\0\0",  # and empty SETTINGS
    "a request": b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
    "half of the headers": b"GET /nowhere HTTP/1.1\r\nHost: x\r\n",
    "half of a body": b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
}


@asynccontextmanager
async def held(edge: Edge, number: int, sent: bytes) -> AsyncIterator[list[asyncio.StreamReader]]:
    """Opens connections from one address, sends the same on each, and holds them open."""
    host, _, port = edge.address.rpartition(":")
    opened: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    for _ in range(0, number, 100):
        opened += await asyncio.gather(*(asyncio.open_connection(host, int(port)) for _ in range(100)))
    for _, writer in opened:
        with suppress(ConnectionError):
            writer.write(sent)
    try:
        yield [reader for reader, _ in opened]
    finally:
        for _, writer in opened:
            writer.close()


async def somebody_else(edge: Edge) -> int:
    """Returns the status of a call by a new client, who tries until it gets through."""
    while True:
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=1) as client:
                return (await client.get(f"http://{edge.address}/.well-known/jwks.json")).status_code
        except httpx.HTTPError:
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT.keys())
async def test_somebody_else_gets_through_while_one_address_holds_thousands_of_connections(
    tmp_path: Path, sent: bytes
) -> None:
    async with running(tmp_path, connections_max=2000) as edge, held(edge, 3000, sent):
        async with httpx.AsyncClient(trust_env=False) as client:
            health = await client.get(f"http://{edge.health}/health")
        assert (health.status_code, health.json()["details"][0]["reason"]) == (503, "DEPENDENCY_UNAVAILABLE")
        async with asyncio.timeout(20):  # it takes 2 to 6 s; without pressure they would last 300, or 60
            assert await somebody_else(edge) == 200


async def test_a_few_idle_connections_stay_open(tmp_path: Path) -> None:
    async with running(tmp_path, connections_max=2000) as edge, held(edge, 100, SENT["a request"]) as readers:
        for reader in readers:
            await reader.readuntil(b"\r\n\r\n")
        rest = [asyncio.create_task(reader.read()) for reader in readers]
        done, pending = await asyncio.wait(rest, timeout=3)
        assert not [task for task in done if task.exception()]
        for task in pending:
            task.cancel()
        assert len(pending) == 100


async def test_a_connection_on_which_nothing_arrives_is_closed(tmp_path: Path) -> None:
    async with running(tmp_path, first_bytes_seconds=0.2) as edge, held(edge, 100, b"") as readers:
        async with asyncio.timeout(20):
            assert [await reader.read() for reader in readers] == [b""] * 100


@pytest.mark.parametrize(
    "sent",
    [SENT["the beginning of HTTP/2"], PREFACE, SENT["half of the headers"], b"\r\n"],
    ids=["preface and settings", "preface", "half of the headers", "an empty line, which may come before a request"],
)
async def test_a_connection_without_a_request_is_closed(tmp_path: Path, sent: bytes) -> None:
    async with running(tmp_path, ping_seconds=0.2, headers_seconds=0.2) as edge, held(edge, 100, sent) as readers:
        async with asyncio.timeout(20):  # without a limit they would last 300 s
            await asyncio.gather(*(reader.read() for reader in readers))


async def test_an_idle_client_that_answers_pings_keeps_its_connection(tmp_path: Path) -> None:
    async with running(tmp_path, ping_seconds=2.0) as edge:  # enough to answer on a busy machine
        await edge.channel.channel_ready()
        async with held(edge, 100, PREFACE) as readers, asyncio.timeout(20):
            await asyncio.gather(*(reader.read() for reader in readers))  # the channel has got a PING before them
        keys = await auth_service_pb2_grpc.AuthServiceStub(edge.channel).GetJwks(empty_pb2.Empty())
        counters = await edge.stats(r"^(http2.keepalive_timeout|http\.edge\.downstream_cx_http2_total)$")
    assert json.loads(keys.data)["keys"]
    assert counters == {"http2.keepalive_timeout": 100, "http.edge.downstream_cx_http2_total": 101}


def test_a_client_that_answers_no_ping_is_gone_after_10_seconds() -> None:
    options = Configuration(edge_settings()).manager["http2_protocol_options"]
    assert options["connection_keepalive"] == {"interval": "5.0s", "interval_jitter": {"value": 0}, "timeout": "5.0s"}


async def test_the_listener_for_health_serves_nothing_else(tmp_path: Path) -> None:
    async with (
        running(tmp_path) as edge,
        httpx.AsyncClient(base_url=f"http://{edge.health}", trust_env=False) as client,
    ):
        for path in ("/", "/.well-known/jwks.json", "/api/v1/balance", "/docs"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ROUTE_NOT_FOUND")
        answer = await client.get("/health")
        assert answer.json()["details"][0]["reason"] == "DEPENDENCY_UNAVAILABLE"
        assert "server" not in answer.headers
