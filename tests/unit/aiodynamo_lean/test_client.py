"""How the client sends requests, against a server that responds as DynamoDB does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
from aiodynamo.credentials import Key, StaticCredentials
from aiodynamo.errors import ConditionalCheckFailed, InternalDynamoError, ServiceUnavailable, Throttled
from aiodynamo.models import StaticDelayRetry
from yarl import URL

from services.aiodynamo_lean.client import Client
from services.aiodynamo_lean.http import HttpClient
from tests.unit.aiodynamo_lean.servers import Server

_PREFIX = "com.amazonaws.dynamodb.v20120810#"


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    """A client with time enough for what must succeed, on a slow machine too."""
    with client_of(server, timeout_seconds=20, limit_seconds=60) as client:
        yield client


@pytest.fixture
async def hasty(server: Server) -> AsyncIterator[Client]:
    """A client that gives up soon, for what fails each time; on a slow machine it tries twice, too."""
    with client_of(server, timeout_seconds=20, limit_seconds=1.5) as client:
        yield client


@contextmanager
def client_of(server: Server, timeout_seconds: float, limit_seconds: float) -> Iterator[Client]:
    url = URL(f"http://127.0.0.1:{server.port}")
    http = HttpClient(url, connections_max=2, timeout_seconds=timeout_seconds)
    retries = StaticDelayRetry(time_limit_secs=limit_seconds, delay=0.02)
    yield Client(http, StaticCredentials(Key("AKID", "secret")), "eu-central-1", url, throttle_config=retries)
    http.close()


def respond_with(server: Server, *responses: tuple[int, str]) -> None:
    """Has the server give these responses in turn, and the last one from then on."""
    left = list(responses)

    async def respond(_: bytes, writer: asyncio.StreamWriter) -> None:
        status, body = left.pop(0) if len(left) > 1 else left[0]
        data = body.encode()
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)

    server.respond = respond


def error(name: str) -> tuple[int, str]:
    return 400, json.dumps({"__type": _PREFIX + name, "message": "why"})


async def test_a_request_is_signed_and_its_response_parsed(server: Server, client: Client) -> None:
    respond_with(server, (200, '{"Item":{"pk":{"S":"é"}}}'))
    assert await client.get_item("orders", {"pk": "1"}) == {"pk": "é"}
    head = server.heads[0].decode()
    assert "X-Amz-Target: DynamoDB_20120810.GetItem\r\n" in head
    assert "Authorization: AWS4-HMAC-SHA256 Credential=AKID/" in head


@pytest.mark.parametrize("passing", [(500, ""), (503, ""), error("ThrottlingException")])
async def test_what_may_pass_is_tried_again(server: Server, client: Client, passing: tuple[int, str]) -> None:
    respond_with(server, passing, passing, (200, "{}"))
    await client.put_item("orders", {"pk": "1"})
    assert len(server.heads) == 3


async def test_a_refusal_is_final(server: Server, client: Client) -> None:
    respond_with(server, error("ConditionalCheckFailedException"))
    with pytest.raises(ConditionalCheckFailed):
        await client.put_item("orders", {"pk": "1"})
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("lasting", "raised"),
    [((500, ""), InternalDynamoError), ((503, ""), ServiceUnavailable), (error("ThrottlingException"), Throttled)],
)
async def test_the_last_failure_is_raised_in_the_end(
    server: Server, hasty: Client, lasting: tuple[int, str], raised: type[Exception]
) -> None:
    respond_with(server, lasting)
    with pytest.raises(raised):
        await hasty.put_item("orders", {"pk": "1"})
    assert len(server.heads) > 1


async def test_a_server_that_does_not_answer_is_a_timeout(server: Server) -> None:
    async def never(_: bytes, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    server.respond = never
    with client_of(server, timeout_seconds=0.3, limit_seconds=0.6) as client, pytest.raises(TimeoutError):
        await client.put_item("orders", {"pk": "1"})
