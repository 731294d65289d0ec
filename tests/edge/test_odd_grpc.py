"""Calls that gRPC would fail as if the service were at fault: the edge repairs them, or refuses them with a reason."""

from __future__ import annotations

import asyncio
import base64
import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from cnop.user.v1 import account_pb2
from google.rpc import error_details_pb2, status_pb2

from tests.edge.mesh import Edge, running, token

PATH = "/cnop.user.v1.AccountService/GetBalance"
BALANCE = account_pb2.Balance(current_balance="10.00", currency="USD").SerializeToString()
EMPTY = b"\0\0\0\0\0"
ODD = {
    "x-text-bin": "!!",
    "grpc-trace-bin": "A",
    "grpc-status": "0",
    "grpc-message": "%",
    "grpc-previous-rpc-attempts": "x",
    "grpc-retry-pushback-ms": "x",
    "grpc-internal-encoding-request": "gzip",
    "lb-cost-bin": "AAAA",
    "lb-token": "x",
}


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


@pytest.fixture(scope="module")
async def http2(edge: Edge) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP/2 client that adds no headers of its own, such as `te`."""
    headers = {"content-type": "application/grpc", "authorization": f"Bearer {token()}"}
    async with httpx.AsyncClient(base_url=f"http://{edge.address}", headers=headers, http1=False, http2=True) as client:
        yield client


def assert_is_balance(answer: httpx.Response) -> None:
    assert answer.content == b"\0" + len(BALANCE).to_bytes(4, "big") + BALANCE, answer.headers


def assert_is_refused(answer: httpx.Response, code: int, reason: str) -> None:
    assert answer.headers.get("grpc-status") == str(code), answer.headers
    octets = base64.b64decode(answer.headers["grpc-status-details-bin"] + "==")
    info = error_details_pb2.ErrorInfo()
    assert status_pb2.Status.FromString(octets).details[0].Unpack(info)
    assert info.reason == reason


async def test_a_call_need_not_say_that_it_takes_trailers(http2: httpx.AsyncClient) -> None:
    assert_is_balance(await http2.post(PATH, content=EMPTY))


@pytest.mark.parametrize("header", ODD)
async def test_headers_that_only_a_server_or_a_proxy_of_grpc_sends_do_no_harm(
    edge: Edge, http2: httpx.AsyncClient, header: str
) -> None:
    assert_is_balance(await http2.post(PATH, content=EMPTY, headers={header: ODD[header]}))
    assert header not in edge.user.metadata


@pytest.mark.parametrize("duration", ["x", "", "5", "S", "5s", "-1S", "1 S", "1.5S", "123456789n", "1S,2S"])
@pytest.mark.parametrize("kind", ["application/grpc", "application/grpc-web", "application/json"])
async def test_a_timeout_that_is_none_is_refused_and_fails_no_call_of_others(
    http2: httpx.AsyncClient, kind: str, duration: str
) -> None:
    path = "/api/v1/balance/deposit" if kind == "application/json" else PATH
    for _ in range(4):  # each worker of the edge has connections of its own
        answer = await http2.post(path, content=EMPTY, headers={"content-type": kind, "grpc-timeout": duration})
        assert answer.status_code == (200 if kind == "application/grpc" else 400)
        if kind == "application/json":
            assert answer.json()["details"][0]["reason"] == "INVALID_REQUEST"
        else:
            assert_is_refused(answer, 3, "INVALID_REQUEST")
        assert_is_balance(await http2.post(PATH, content=EMPTY, headers={"grpc-timeout": "5S"}))


@pytest.mark.parametrize("duration", ["1H", "1M", "9S", "99999999m", "00000009S", "9000000u", "99999999n"])
async def test_every_timeout_of_grpc_is_taken(http2: httpx.AsyncClient, duration: str) -> None:
    assert_is_balance(await http2.post(PATH, content=EMPTY, headers={"grpc-timeout": duration}))


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "ODD"])
@pytest.mark.parametrize("kind", ["application/grpc", "application/grpc+proto", "application/grpc-web"])
async def test_a_call_that_is_no_post_is_refused(http2: httpx.AsyncClient, method: str, kind: str) -> None:
    answer = await http2.request(method, PATH, content=EMPTY, headers={"content-type": kind})
    assert_is_refused(answer, 12, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
async def test_messages_may_be_compressed(http2: httpx.AsyncClient, encoding: str) -> None:
    compressed = {"gzip": gzip.compress(b""), "deflate": zlib.compress(b"")}.get(encoding)
    messages = [EMPTY, *([b"\1" + len(compressed).to_bytes(4, "big") + compressed] if compressed else [])]
    for message in messages:  # with the header, a message may still be uncompressed
        assert_is_balance(await http2.post(PATH, content=message, headers={"grpc-encoding": encoding}))


@pytest.mark.parametrize("encoding", ["br", "zstd", "snappy", "GZIP", "gzip, br", "!!", ""])
async def test_in_a_way_that_is_not_known_they_are_refused(http2: httpx.AsyncClient, encoding: str) -> None:
    answer = await http2.post(PATH, content=EMPTY, headers={"grpc-encoding": encoding})
    assert_is_refused(answer, 12, "COMPRESSION_UNKNOWN")


@pytest.mark.parametrize("body", [b"", EMPTY[:4], b"\0\0\0\0\1", b"\0\xff\xff\xff\xff" + b"a" * 99])
@pytest.mark.parametrize("kind", ["application/grpc", "application/grpc-web", "application/grpc-web-text"])
async def test_a_call_whose_message_is_missing_or_cut_short_is_refused_before_it_reaches_a_service(
    edge: Edge, http2: httpx.AsyncClient, kind: str, body: bytes
) -> None:
    before = edge.user.calls["Login"]
    content = base64.b64encode(body) if kind.endswith("-text") else body
    answer = await http2.post("/cnop.user.v1.AuthService/Login", content=content, headers={"content-type": kind})
    assert_is_refused(answer, 3, "INVALID_FIELD")
    assert edge.user.calls["Login"] == before


async def test_who_never_sends_a_message_holds_no_place_that_others_need(edge: Edge, http2: httpx.AsyncClient) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield EMPTY[:3]
        await asyncio.Event().wait()

    unfinished = [asyncio.create_task(http2.post(PATH, content=never())) for _ in range(90)]
    empty = [
        asyncio.create_task(edge.http.post(PATH, headers={"content-type": "application/grpc"})) for _ in range(300)
    ]
    await asyncio.gather(*empty)
    await healthy(edge)
    answer = await edge.http.get("/.well-known/jwks.json")
    assert answer.status_code == 200, answer.text
    assert (await edge.stats(r"^cluster\.user\.upstream_rq_active$"))["cluster.user.upstream_rq_active"] == 0
    for task in unfinished:
        task.cancel()


async def healthy(edge: Edge) -> None:
    """Waits until the edge has heard from the service, which shares its event loop with the 390 calls of this test."""
    name = "cluster.user.membership_healthy"
    async with asyncio.timeout(30):
        while True:
            if (await edge.stats(f"^{name}$"))[name]:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("header", [*ODD, "grpc-encoding", "grpc-accept-encoding"])
async def test_rest_has_no_use_for_headers_of_grpc(edge: Edge, http2: httpx.AsyncClient, header: str) -> None:
    headers = {"content-type": "application/json", header: "!!"}
    answer = await http2.get("/api/v1/balance", headers=headers)
    assert answer.json()["current_balance"] == "10.00"
    assert edge.user.metadata.get(header) != "!!"
