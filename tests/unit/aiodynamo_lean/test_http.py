"""The HTTP client against servers that respond correctly, wrongly, late and not at all."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiodynamo.http.types import Request, RequestFailed, Response
from yarl import URL

from local import authority, ports
from services.aiodynamo_lean import http as http_module
from services.aiodynamo_lean.http import HttpClient
from tests.unit.aiodynamo_lean.servers import Server, echo, response_of, served

REQUEST = Request("POST", "http://unused", {"X-Amz-Target": "DynamoDB_20120810.GetItem"}, b"{}")


@pytest.fixture
async def http(server: Server) -> AsyncIterator[HttpClient]:
    client = client_of(server)
    yield client
    client.close()


def client_of(server: Server, connections_max: int = 8, timeout_seconds: float = 5.0) -> HttpClient:
    url = URL(f"http://127.0.0.1:{server.port}")
    return HttpClient(url, connections_max=connections_max, timeout_seconds=timeout_seconds)


def request(body: bytes) -> Request:
    return Request("POST", "http://unused", {}, body)


async def test_consecutive_requests_share_a_connection(server: Server, http: HttpClient) -> None:
    for number in range(5):
        assert await http(request(b"%d" % number)) == Response(200, b"%d" % number)
    assert server.connections == 1


async def test_the_head_names_host_and_headers(server: Server, http: HttpClient) -> None:
    await http(REQUEST)
    lines = server.heads[0].decode().split("\r\n")
    assert lines[0] == "POST / HTTP/1.1"
    assert f"Host: 127.0.0.1:{server.port}" in lines
    assert "X-Amz-Target: DynamoDB_20120810.GetItem" in lines


async def test_concurrent_requests_use_separate_connections_up_to_the_limit(server: Server) -> None:
    running, most = 0, 0

    async def slow(body: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        writer.write(response_of(body))

    server.respond = slow
    http = client_of(server, connections_max=3)
    bodies = [b"%d" % number for number in range(20)]
    responses = await asyncio.gather(*(http(request(body)) for body in bodies))
    assert [response.body for response in responses] == bodies
    assert most == server.connections == 3
    http.close()


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_response_in_pieces_is_put_together(server: Server, http: HttpClient, size: int) -> None:
    async def in_pieces(body: bytes, writer: asyncio.StreamWriter) -> None:
        message = response_of(body, "X-Amzn-Requestid: 1")
        for at in range(0, len(message), size):
            writer.write(message[at : at + size])
            await asyncio.sleep(0)

    server.respond = in_pieces
    body = b"0123456789" * 20
    for _ in range(2):
        assert (await http(request(body))).body == body
    assert server.connections == 1


async def test_a_chunked_response_is_put_together(server: Server, http: HttpClient) -> None:
    async def chunked(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    server.respond = chunked
    assert await http(REQUEST) == Response(400, b"abcde")


async def test_a_connection_that_the_server_closes_is_not_reused(server: Server, http: HttpClient) -> None:
    async def last(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(response_of(body, "Connection: close"))

    server.respond = last
    for _ in range(3):
        assert (await http(REQUEST)).status == 200
    assert server.connections == 3


async def test_a_connection_that_was_closed_while_idle_is_not_reused(server: Server, http: HttpClient) -> None:
    await http(REQUEST)
    server.writers[0].close()
    await asyncio.sleep(0.05)
    assert (await http(REQUEST)).status == 200
    assert server.connections == 2


async def test_a_connection_that_was_idle_for_too_long_is_not_reused(
    server: Server, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "_IDLE_SECONDS_MAX", 0.01)
    await http(REQUEST)
    await asyncio.sleep(0.05)
    await http(REQUEST)
    assert server.connections == 2


async def test_a_late_response_is_not_taken_for_that_to_the_next_request(server: Server) -> None:
    async def late(body: bytes, writer: asyncio.StreamWriter) -> None:
        if body == b"first":
            await asyncio.sleep(0.2)
        writer.write(response_of(body))

    server.respond = late
    http = client_of(server, connections_max=1, timeout_seconds=0.1)
    with pytest.raises(TimeoutError):
        await http(request(b"first"))
    for number in range(5):
        assert (await http(request(b"%d" % number))).body == b"%d" % number
        await asyncio.sleep(0.05)
    http.close()


async def test_the_response_to_a_cancelled_request_is_not_taken_for_that_to_the_next_one(server: Server) -> None:
    async def late(body: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(response_of(body))

    server.respond = late
    http = client_of(server, connections_max=1)
    first = asyncio.create_task(http(request(b"first")))
    await asyncio.sleep(0.02)
    first.cancel()
    assert (await http(request(b"second"))).body == b"second"
    assert first.cancelled()
    http.close()


async def test_the_timeout_includes_the_wait_for_a_connection(server: Server) -> None:
    async def never(body: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    server.respond = never
    http = client_of(server, connections_max=1, timeout_seconds=0.1)
    ended = await asyncio.gather(http(REQUEST), http(REQUEST), return_exceptions=True)
    assert [type(one) for one in ended] == [TimeoutError, TimeoutError]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
async def test_an_incomplete_or_malformed_response_is_a_connection_error(
    server: Server, http: HttpClient, message: bytes
) -> None:
    async def broken(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(message)
        writer.close()

    server.respond = broken
    with pytest.raises(RequestFailed) as failed:
        await http(REQUEST)
    assert isinstance(failed.value.inner, ConnectionError)
    server.respond = echo
    assert (await http(REQUEST)).status == 200


async def test_a_response_that_is_too_long_is_refused(
    server: Server, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "_BODY_BYTES_MAX", 1000)

    async def too_long(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(response_of(b"x" * 1001))

    server.respond = too_long
    with pytest.raises(RequestFailed):
        await http(REQUEST)


async def test_surplus_data_after_a_response_is_not_taken_for_the_next_one(server: Server, http: HttpClient) -> None:
    async def twice(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(response_of(body) + response_of(b"surplus"))

    server.respond = twice
    for number in range(3):
        assert (await http(request(b"%d" % number))).body == b"%d" % number
    assert server.connections == 3


async def test_a_refused_connection_is_a_connection_error() -> None:
    [port] = ports.claim(1)
    http = HttpClient(URL(f"http://127.0.0.1:{port}"), connections_max=1, timeout_seconds=5.0)
    with pytest.raises(RequestFailed) as failed:
        await http(REQUEST)
    assert isinstance(failed.value.inner, ConnectionError)


async def test_the_certificate_of_the_server_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.ensure(tmp_path)
    folder = tmp_path / "user"
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    async with served(tls) as server:
        url = URL(f"https://localhost:{server.port}")
        with pytest.raises(RequestFailed) as failed:
            await HttpClient(url, connections_max=1, timeout_seconds=5.0)(REQUEST)
        assert isinstance(failed.value.inner, ConnectionError)
        assert server.heads == [], "nothing is sent to an unverified server"
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.crt"))
        http = HttpClient(url, connections_max=1, timeout_seconds=5.0)
        assert await http(REQUEST) == Response(200, b"{}")
        http.close()


@pytest.mark.parametrize("address", ["dynamodb:8000", "ftp://localhost", "/", ""])
async def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an HTTP address"):
        HttpClient(URL(address), connections_max=1, timeout_seconds=1.0)
