"""Attacks on the edge by raw bytes and frames that no library would send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import h2.events
import pytest
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc
from hyperframe.frame import HeadersFrame

from tests.edge.mesh import Edge, running, token
from tests.edge.rendered import Configuration, edge_settings
from tests.edge.wire import answer_to, http2_to, read_answer, socket_to

TOKEN = f"Authorization: Bearer {token()}\r\n".encode()
BALANCE = b"GET /api/v1/balance HTTP/1.1\r\nHost: x\r\n"
LOGIN = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n"
BODY = b'{"username":"ada","password":"x"}'
GET = [(":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", "/api/v1/balance")]
POST = [(":method", "POST"), *GET[1:3], (":path", "/api/v1/auth/login"), ("content-type", "application/json")]


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    folder = tmp_path_factory.mktemp("edge")
    async with running(folder, headers_seconds=1.0, request_seconds=2.0, idle_seconds=2.0) as edge:
        yield edge


# --- ambiguous requests -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /api/v1/balance HTTP/1.1\r\n\r\n",
        b"GET http://127.0.0.1:9901/stats HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x/api/v1/balance HTTP/1.1\r\nHost: x\r\n" + TOKEN + b"\r\n",
        b"CONNECT 127.0.0.1:50051 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"TRACE /api/v1/balance HTTP/1.1\r\nHost: x\r\n" + TOKEN + b"\r\n",
        BALANCE + TOKEN + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n",
        BALANCE + b"X-A: a\0b\r\n\r\n",
        BALANCE.replace(b"balance", b"balance#a") + TOKEN + b"\r\n",
        BALANCE.replace(b"/balance", b"%2fbalance") + TOKEN + b"\r\n",
    ],
)
async def test_what_is_no_plain_request_is_refused(edge: Edge, sent: bytes) -> None:
    answer = await answer_to(edge, sent)
    assert answer.status in {400, 405}
    assert answer.body["code"] in {3, 12}


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 33\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 33\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: 33\r\nContent-Length: 34\r\n\r\n" + BODY,
        b"Content-Length: +33\r\n\r\n" + BODY,
        b"Content-Length: -33\r\n\r\n" + BODY,
        b"Content-Length: 0x21\r\n\r\n" + BODY,
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n1\n{\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n{\r\n0\r\n\r\n",
    ],
)
async def test_a_body_whose_end_can_be_read_in_two_ways_is_refused_and_ends_the_connection(
    edge: Edge, framing: bytes
) -> None:
    before = edge.user.calls["Login"]
    smuggled = BALANCE + TOKEN + b"\r\n"
    async with socket_to(edge) as (reader, writer), asyncio.timeout(20):
        writer.write(LOGIN + framing + smuggled)
        answer = await read_answer(reader)
        with suppress(ConnectionError):
            assert not await reader.read(), "the second request was answered too"
    assert answer.status == 400
    assert edge.user.calls["Login"] == before


async def test_a_path_is_the_same_however_it_is_written(edge: Edge) -> None:
    for path in ("/api/v1/x/../balance", "/api/v1/./balance", "//api//v1//balance", "/api/v1/bal%61nce"):
        answer = await answer_to(edge, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert (path, answer.status) == (path, 401)


async def test_an_upgrade_to_http2_is_not_taken(edge: Edge) -> None:
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
    assert (await answer_to(edge, BALANCE + TOKEN + upgrade)).status == 200


# --- size and time limits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers", [b"".join(b"X-%d: 1\r\n" % number for number in range(70)), b"X-A: " + b"a" * 40_000 + b"\r\n"]
)
async def test_too_many_or_too_long_headers_are_refused(edge: Edge, headers: bytes) -> None:
    answer = await answer_to(edge, BALANCE + headers + b"\r\n")
    assert answer.status == 431
    assert answer.body["details"][0]["reason"] == "HEADERS_TOO_LARGE"


async def test_who_sends_headers_slowly_is_cut_off(edge: Edge) -> None:
    answer = await answer_to(edge, BALANCE + b"X-A")
    assert answer.status == 408
    assert answer.headers["connection"] == "close"


async def test_who_sends_a_body_slowly_is_cut_off(edge: Edge) -> None:
    answer = await answer_to(edge, LOGIN + b"Content-Length: 33\r\n\r\n{")
    assert answer.status == 408
    assert answer.body["details"][0]["reason"] == "REQUEST_TIMEOUT"


async def test_a_connection_without_requests_is_closed(edge: Edge) -> None:
    async with socket_to(edge) as (reader, writer), asyncio.timeout(20):
        writer.write(BALANCE + b"\r\n")
        assert (await read_answer(reader)).status == 401
        assert not await reader.read()


async def test_connections_past_the_limit_are_closed_and_others_go_on(tmp_path: Any) -> None:
    async with running(tmp_path, connections_max=20) as edge:
        assert (await edge.http.get("/nowhere")).status_code == 404
        sockets = [socket_to(edge) for _ in range(40)]
        readers = [(await one.__aenter__())[0] for one in sockets]
        ends = [asyncio.create_task(reader.read()) for reader in readers]
        done, left = await asyncio.wait(ends, timeout=1.0)
        assert len(done) >= 20
        assert left
        assert (await edge.http.get("/nowhere")).status_code == 404
        for one in sockets:
            await one.__aexit__(None, None, None)
        for task in left:
            task.cancel()
        # The first counts connections that have sent something, the second all of the process.
        stats = await edge.stats(r"^connection_limit\.edge\.limited_connections$|downstream_global_cx_overflow$")
        assert sum(stats.values()) >= 20


# --- HTTP/2 -----------------------------------------------------------------------------------------------------------


async def test_the_edge_says_how_many_streams_it_takes(edge: Edge) -> None:
    async with http2_to(edge) as client:
        await client.until(h2.events.RemoteSettingsChanged)
        assert client.connection.remote_settings.max_concurrent_streams == 100
        assert client.connection.remote_settings.initial_window_size == 65536


async def test_streams_that_are_reset_at_once_end_the_connection(edge: Edge) -> None:
    before = await edge.stats(r"premature_resets")
    async with http2_to(edge) as client:
        await client.until(h2.events.RemoteSettingsChanged)
        with suppress(ConnectionError):
            for number in range(200):
                stream = 1 + 2 * number
                client.connection.send_headers(stream, POST)  # the body is never sent
                client.connection.reset_stream(stream)
                client.flush()
            assert await client.until() is None, "the connection is still open"
    after = await edge.stats(r"premature_resets")
    assert sum(after.values()) > sum(before.values())
    assert (await edge.http.get("/nowhere")).status_code == 404


@pytest.mark.parametrize(
    "header",
    [("transfer-encoding", "chunked"), ("connection", "close"), ("te", "gzip"), ("X-Upper", "1"), ("x-a", "b\r\nc: d")],
)
async def test_headers_that_http2_forbids_never_reach_a_service(edge: Edge, header: tuple[str, str]) -> None:
    edge.user.metadata = {}
    async with http2_to(edge) as client:
        authorization = ("authorization", f"Bearer {token()}")
        client.connection.send_headers(1, [*GET, authorization, header], end_stream=True)
        client.flush()
        kinds = (h2.events.StreamReset, h2.events.ConnectionTerminated, h2.events.ResponseReceived)
        event = await client.until(*kinds)
    if isinstance(event, h2.events.ResponseReceived):
        assert dict(event.headers or ())[b":status"] == b"400"
    assert edge.user.metadata == {}


async def test_a_frame_that_cannot_be_read_ends_that_connection_alone(edge: Edge) -> None:
    async with http2_to(edge) as client:
        frame = HeadersFrame(stream_id=1, data=b"\xff" * 64, flags=["END_HEADERS", "END_STREAM"])
        client.send(frame.serialize())
        assert await client.until(h2.events.ResponseReceived) is None
    assert (await edge.http.get("/nowhere")).status_code == 404


# --- headers of answers and of requests -------------------------------------------------------------------------------


async def test_an_answer_in_json_has_the_headers_of_an_api_and_does_not_say_what_serves_it(edge: Edge) -> None:
    authorization = {"authorization": f"Bearer {token()}"}
    for path in ("/api/v1/balance", "/api/v1/portfolio", "/nowhere", "/.well-known/jwks.json"):
        headers = (await edge.http.get(path, headers=authorization)).headers
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers.get_list("x-content-type-options") == ["nosniff"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert not {"server", "via", "x-powered-by", "strict-transport-security"} & headers.keys()
        assert not [name for name in headers if name.startswith("x-envoy-")]


FORGED = {
    "x-mesh-identity": "order",
    "x-mesh-key": "0",
    "x-mesh-counted": "1",
    "x-envoy-external-address": "10.0.0.1",
    "x-envoy-internal": "true",
    "x-envoy-upstream-rq-timeout-ms": "1",
    "x-jwt-payload": "e30",
    "x-user-id": "u-2",
    "x-user-role": "admin",
    "x-client-address": "10.0.0.1",
    "x-real-ip": "10.0.0.1",
    "forwarded": "for=10.0.0.1",
    "x-forwarded-client-cert": "URI=spiffe://cnop/local/order",
}


async def test_nobody_outside_says_who_he_is_but_by_his_token(edge: Edge) -> None:
    authorization = {"authorization": f"Bearer {token()}"}
    await edge.http.get("/api/v1/balance", headers={**authorization, **FORGED})
    assert_nothing_forged(edge)
    call: Any = account_service_pb2_grpc.AccountServiceStub(edge.channel).GetBalance
    await call(account_service_pb2.GetBalanceRequest(), metadata=tuple({**authorization, **FORGED}.items()))
    assert_nothing_forged(edge)


def assert_nothing_forged(edge: Edge) -> None:
    assert edge.user.metadata["x-client-address"] == "127.0.0.1"
    for name, value in FORGED.items():
        assert edge.user.metadata.get(name) != value, name
    edge.user.metadata = {}


# --- resources of the machine -----------------------------------------------------------------------------------------


async def test_the_heap_is_watched(edge: Edge) -> None:
    stats = await edge.stats(r"^overload\.envoy\.resource_monitors\.fixed_heap\.pressure$")
    assert 0 < stats["overload.envoy.resource_monitors.fixed_heap.pressure"] < 80


def test_before_the_heap_is_full_the_edge_gives_up_what_it_can() -> None:
    configuration = Configuration(edge_settings(heap_mib=100))
    manager = configuration.bootstrap["overload_manager"]
    [heap] = [one for one in manager["resource_monitors"] if one["name"].endswith("fixed_heap")]
    assert heap["typed_config"]["max_heap_size_bytes"] == 100 * 1024 * 1024
    assert [action["name"].rpartition(".")[2] for action in manager["actions"]] == [
        *("shrink_heap", "disable_http_keepalive", "stop_accepting_requests", "stop_accepting_connections"),
        *("reset_high_memory_stream", "reduce_timeouts"),
    ]
    begin = {action["name"].rpartition(".")[2]: action["triggers"][0] for action in manager["actions"]}
    resets = begin["reset_high_memory_stream"]["scaled"]
    assert resets["saturation_threshold"] < begin["stop_accepting_requests"]["threshold"]["value"]
    assert 1 << manager["buffer_factory_config"]["minimum_account_to_track_power_of_two"] <= 64 * 1024


def test_of_an_answer_that_is_read_slowly_little_waits_at_the_edge() -> None:
    for name in ("user", "inventory", "order"):
        cluster = Configuration(edge_settings()).clusters[name]
        assert cluster["per_connection_buffer_limit_bytes"] == 64 * 1024
        [options] = cluster["typed_extension_protocol_options"].values()
        assert options["explicit_http_config"]["http2_protocol_options"] == {
            "initial_stream_window_size": 64 * 1024,
            "initial_connection_window_size": 1024 * 1024,
        }


def test_the_admin_page_is_on_loopback_alone() -> None:
    admin = Configuration(edge_settings(listen="0.0.0.0:8080")).bootstrap["admin"]["address"]["socket_address"]
    assert admin["address"] == "127.0.0.1"
