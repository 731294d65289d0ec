"""A flood of refusals: the access log stays small, and connections that cause nothing else are closed."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import httpx
import pytest

from tests.edge.counting import until
from tests.edge.mesh import Edge, running

KEYS = "/.well-known/jwks.json"
ESCAPED = "/a%2fb"  # refused before the filters
GRPC = "/cnop.user.v1.AuthService/Logout"  # answered with 200 and a grpc-status


async def test_refusals_do_not_fill_the_access_log_and_answers_of_services_are_all_in_it(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        for path in (ESCAPED, "/nowhere"):
            for _ in range(30):
                await asyncio.gather(*(edge.http.get(path) for _ in range(50)))
        for _ in range(20):
            await asyncio.gather(*(edge.http.get(KEYS) for _ in range(50)))
        lines: Counter[int] = Counter()

        async def all_served() -> bool:
            text = (tmp_path / "access.log").read_text()
            lines.clear()
            lines.update(json.loads(line)["code"] for line in text.splitlines(keepends=True) if line.endswith("\n"))
            return lines[200] >= 1000

        await until(all_served)
        refused = await edge.stats(r"^http\.edge\.downstream_rq_4xx$")
    assert refused == {"http.edge.downstream_rq_4xx": 3000}
    assert 1000 <= lines[400] + lines[404] < 2000


@pytest.mark.parametrize("path", [ESCAPED, "/nowhere", "/api/v1/balance"])
async def test_a_connection_of_http1_ends_with_the_last_refusal_that_it_may_cause(tmp_path: Path, path: str) -> None:
    async with running(tmp_path, refusals_max=4) as edge:
        one = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(base_url=edge.http.base_url, trust_env=False, limits=one) as client:
            answers = []
            for _ in range(8):
                assert (await client.get(KEYS)).status_code == 200  # what succeeds does not count
                answers.append(await client.get(path))
    closed = [answer.headers.get("connection") == "close" for answer in answers]
    assert closed[3::4] == [True, True]
    if path != ESCAPED:  # Envoy closes after each of those anyway
        assert closed == [False, False, False, True] * 2


@pytest.mark.parametrize("path", [ESCAPED, "/nowhere", "/api/v1/balance", GRPC])
async def test_a_connection_of_http2_ends_too(tmp_path: Path, path: str) -> None:
    headers = [(":scheme", "http"), (":authority", "x"), (":path", path)]
    headers += [(":method", "POST"), ("content-type", "application/grpc")] if path == GRPC else [(":method", "GET")]
    async with running(tmp_path, refusals_max=4) as edge:
        async with asyncio.timeout(20):
            assert (
                await _refusals_until_closed(edge, headers) >= 3
            )  # those on their way with the GOAWAY are not counted
        assert (await edge.http.get(KEYS)).status_code == 200


async def _refusals_until_closed(edge: Edge, headers: list[tuple[str, str]]) -> int:
    """Makes the same call on one connection, again and again. Returns how many were answered before it was closed."""
    host, _, port = edge.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    client = h2.connection.H2Connection(h2.config.H2Configuration())
    client.initiate_connection()
    answered, is_closing = 0, False
    with suppress(ConnectionError), closing(writer):
        while not is_closing:
            client.send_headers(client.get_next_available_stream_id(), headers, end_stream=True)
            writer.write(client.data_to_send())
            try:
                events = client.receive_data(await reader.read(65536))
            except h2.exceptions.ProtocolError:  # for h2 nothing may follow a GOAWAY, for HTTP/2 the last answers may
                break
            answered += sum(isinstance(event, h2.events.StreamEnded) for event in events)
            is_closing = any(isinstance(event, h2.events.ConnectionTerminated) for event in events)
        while await reader.read(65536):
            pass
    return answered
