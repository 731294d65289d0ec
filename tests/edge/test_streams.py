"""Streams through the edge: by REST as server-sent events, by gRPC and by gRPC-Web."""

from __future__ import annotations

import asyncio
import base64
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import inventory_service_pb2 as pb
from cnop.inventory.v1 import inventory_service_pb2_grpc as inventory_grpc
from cnop_client import AsyncClient

from services.common.rpc.errors import Unauthenticated
from services.streams.settings import StreamSettings
from tests.edge.mesh import token
from tests.edge.streaming import ORDERS, PRICES, System, events_of, streaming

ORIGIN = {"origin": "http://localhost:5173"}
WATCH = "/cnop.inventory.v1.InventoryService/WatchPrices"
Kind = pb.WatchPricesResponse.Kind


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[System]:
    async with streaming(tmp_path_factory.mktemp("streams")) as started:
        yield started


def stub(system: System) -> Any:
    return inventory_grpc.InventoryServiceStub(system.edge.channel)


async def test_rest_shows_a_stream_as_server_sent_events_one_by_one(system: System) -> None:
    async with events_of(system.edge, PRICES, params={"resume_seq": "7"}) as events:
        first = await events.next()
        assert (first["kind"], first["seq"]) == ("SNAPSHOT", "7")
        for _ in range(3):
            system.feed.send()
            event = await events.next()
            assert (event["kind"], event["seq"]) == ("DELTA", str(system.feed.sent))
            assert event["prices"][0]["asset_id"] == "BTC"


async def test_a_stream_is_neither_compressed_nor_stored_and_pages_may_read_it(system: System) -> None:
    headers = {**ORIGIN, "accept": "text/event-stream", "accept-encoding": "gzip"}
    async with events_of(system.edge, PRICES, headers=headers) as events:
        answer = events.response
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["access-control-allow-origin"] == ORIGIN["origin"]
        assert "content-encoding" not in answer.headers
        assert not [name for name in answer.headers if name.startswith(("grpc-", "x-envoy-"))]


async def test_grpc_reads_a_stream(system: System) -> None:
    call = stub(system).WatchPrices(pb.WatchPricesRequest())
    first = await call.read()
    assert first.kind == Kind.SNAPSHOT
    system.feed.send()
    second = await call.read()
    assert (second.kind, second.seq) == (Kind.DELTA, system.feed.sent)
    call.cancel()


@pytest.mark.parametrize("encoding", ["application/grpc-web+proto", "application/grpc-web-text"])
async def test_grpc_web_reads_a_stream(system: System, encoding: str) -> None:
    message = b"\0" + struct.pack(">I", 0)
    body = base64.b64encode(message) if encoding.endswith("text") else message
    headers = {"content-type": encoding, "accept": encoding, "x-grpc-web": "1", **ORIGIN}
    async with system.edge.http.stream("POST", WATCH, content=body, headers=headers, timeout=20) as answer:
        chunks = answer.aiter_bytes()
        assert answer.headers["content-type"] == encoding.replace("-text", "-text+proto")
        assert await anext(chunks)
        system.feed.send()
        assert await anext(chunks)


async def test_a_client_that_leaves_ends_its_stream_at_the_service(system: System) -> None:
    closed = system.feed.closed
    async with events_of(system.edge, PRICES) as events:
        await events.next()
        assert system.feed.open
    async with asyncio.timeout(20):
        while system.feed.closed == closed:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_the_deadline_of_a_stream_ends_it_as_deadline_exceeded(system: System) -> None:
    calls = [stub(system).WatchPrices(pb.WatchPricesRequest(), timeout=1) for _ in range(20)]
    ends = await asyncio.gather(*map(_read_all, calls), return_exceptions=True)
    assert [getattr(end, "code", str)() for end in ends] == [grpc.StatusCode.DEADLINE_EXCEEDED] * 20
    assert system.feed.seconds_left is None, "only the client knows it, so nobody else can cut the stream off first"


async def test_a_stream_outlasts_the_timeout_that_its_request_names(system: System) -> None:
    async with events_of(system.edge, PRICES, headers={"grpc-timeout": "1m"}) as events:
        assert (await events.next())["kind"] == "SNAPSHOT"
        system.feed.send()
        assert (await events.next())["kind"] == "DELTA"


async def test_the_end_of_a_session_is_told_in_band(system: System) -> None:
    headers = {"authorization": f"Bearer {token()}"}
    for reason, told in {"TOKEN_EXPIRED": "TOKEN_EXPIRED", "TOKEN_REVOKED": "SESSION_REVOKED"}.items():
        async with events_of(system.edge, ORDERS, headers=headers) as events:
            assert (await events.next())["kind"] == "SNAPSHOT"
            system.users.error = Unauthenticated(reason, "over")
            last = await events.next()
            assert (last["kind"], last["end_reason"]) == ("END", told)
            assert await events.next() is None
        system.users.error = None


async def test_the_stop_of_the_service_is_told_in_band(system: System) -> None:
    async with events_of(system.edge, PRICES) as events:
        await events.next()
        system.streams.end_all()
        last = await events.next()
        assert (last["kind"], last["end_reason"]) == ("END", "SHUTDOWN")


async def test_the_client_in_python_goes_on_where_a_stream_ended(system: System) -> None:
    async with AsyncClient(f"http://{system.edge.address}") as client:
        messages = client.watch_prices(["BTC"])
        assert (await anext(messages)).kind == Kind.SNAPSHOT
        system.feed.send()
        seen = (await anext(messages)).seq
        system.streams.end_all()
        again = await anext(messages)
        assert (again.kind, again.seq) == (Kind.SNAPSHOT, seen), "the last number is sent as resume_seq"
        await messages.aclose()


async def test_head_of_a_stream_is_refused(system: System) -> None:
    answer = await system.edge.http.head(PRICES)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, OPTIONS"


async def test_a_request_that_breaks_a_rule_is_refused_as_any_other(system: System) -> None:
    answer = await system.edge.http.get(PRICES, params={"min_interval_ms": "1"})
    assert answer.status_code == 400
    assert answer.json()["details"][0]["reason"] == "INVALID_FIELD"
    answer = await system.edge.http.get(ORDERS)
    assert answer.status_code == 401


async def test_an_address_has_so_many_streams_and_no_more(tmp_path: Path) -> None:
    async with streaming(tmp_path, StreamSettings(per_address=2)) as system:
        async with events_of(system.edge, PRICES) as one, events_of(system.edge, PRICES) as two:
            await one.next(), await two.next()
            answer = await system.edge.http.get(PRICES)
            assert answer.status_code == 429
            assert answer.json()["details"][0]["reason"] == "TOO_MANY_STREAMS"
            assert answer.headers["retry-after"]
        async with asyncio.timeout(20):
            while system.feed.open:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        async with events_of(system.edge, PRICES) as again:
            assert (await again.next())["kind"] == "SNAPSHOT"


async def test_a_client_that_does_not_read_is_cut_and_holds_up_no_other(tmp_path: Path) -> None:
    config = StreamSettings(blocked_seconds=1.0)
    async with (
        streaming(tmp_path, config, edit=_shorter_idle_timeout) as system,
        grpc.aio.insecure_channel(system.edge.address) as channel,
    ):
        slow = inventory_grpc.InventoryServiceStub(channel).WatchPrices(pb.WatchPricesRequest())
        await slow.read()
        system.feed.padding = "A" * 60_000
        async with events_of(system.edge, PRICES) as events:
            await events.next()
            async with asyncio.timeout(60):
                while len(system.feed.open) > 1:
                    system.feed.send()
                    assert (await events.next())["kind"] == "DELTA"
        with pytest.raises(grpc.aio.AioRpcError):  # by the edge, when nothing has moved for its idle timeout
            await _read_all(slow)


async def _read_all(call: Any) -> None:
    while await call.read() is not grpc.aio.EOF:
        pass


def _shorter_idle_timeout(configuration: str) -> str:
    assert "stream_idle_timeout: 60s" in configuration
    return configuration.replace("stream_idle_timeout: 60s", "stream_idle_timeout: 3s")
