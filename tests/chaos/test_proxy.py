"""What clients and the server behind the fault proxy see of each fault. The proxy is a process, the server a fake of
DynamoDB."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from . import injected
from .injected import Chooser, Kind, Rule
from .proxy_client import FaultProxy, proxied
from .waiting import until

ITEMS: list[dict[str, dict[str, str]]] = [{"Put": {}}, {"Update": {}}, {"Update": {}}]


class Upstream:
    """Records requests and connections."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.connections: set[Any] = set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.read())
        self.connections.add(request.transport)
        if request.headers["x-amz-target"].endswith(".Scan"):
            response = web.StreamResponse()
            response.enable_chunked_encoding()
            await response.prepare(request)
            for part in (b"one ", b"two ", b"three"):
                await response.write(part)
            return response
        return web.json_response({"n": len(self.asked)})


@pytest.fixture
async def upstream() -> AsyncIterator[tuple[Upstream, int]]:
    counting = Upstream()
    app = web.Application()
    app.router.add_post("/", counting.answer)
    async with TestServer(app) as server:
        assert server.port is not None
        yield counting, server.port


@pytest.fixture
def server(upstream: tuple[Upstream, int]) -> Upstream:
    return upstream[0]


@pytest.fixture
async def proxy(upstream: tuple[Upstream, int], tmp_path: Path) -> AsyncIterator[FaultProxy]:
    async with proxied(upstream[1], tmp_path, seed="1") as proxy:
        yield proxy


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


class Dynamo:
    """A client of DynamoDB."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def ask(self, operation: str, **body: Any) -> tuple[int, Any]:
        target = {"x-amz-target": f"DynamoDB_20120810.{operation}"}
        async with self._http.post(self._url, json=body, headers=target) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith("{") else text


@pytest.fixture
def dynamo(http: aiohttp.ClientSession, proxy: FaultProxy) -> Dynamo:
    return Dynamo(http, proxy.url)


async def test_without_rules_everything_passes_over_connections_that_stay_open(
    dynamo: Dynamo, server: Upstream, proxy: FaultProxy
) -> None:
    answers = [await dynamo.ask("GetItem", Key=str(n)) for n in range(5)]
    assert answers == [(200, {"n": n + 1}) for n in range(5)]
    assert [json.loads(body)["Key"] for body in server.asked] == list("01234")
    assert len(server.connections) == 1
    counts = await proxy.counts()
    assert (counts.requests, counts.faults) == ({"GetItem": 5}, {})


async def test_an_answer_in_chunks_passes(dynamo: Dynamo) -> None:
    assert await dynamo.ask("Scan") == (200, "one two three")
    assert await dynamo.ask("GetItem") == (200, {"n": 2})


async def test_throttling_and_errors_before_the_commit_never_reach_the_server(
    dynamo: Dynamo, server: Upstream, proxy: FaultProxy
) -> None:
    await proxy.use([Rule(Kind.THROTTLE, 1, times=1), Rule(Kind.ERROR_BEFORE, 1, times=1)])
    status, body = await dynamo.ask("PutItem")
    assert (status, body["__type"].partition("#")[2]) == (400, "ProvisionedThroughputExceededException")
    assert (await dynamo.ask("PutItem"))[0] == 500
    assert not server.asked
    assert (await dynamo.ask("PutItem"))[0] == 200
    assert (await proxy.counts()).faults == {"throttle": 1, "error before commit": 1}


async def test_an_error_after_the_commit_hides_the_answer(dynamo: Dynamo, server: Upstream, proxy: FaultProxy) -> None:
    await proxy.use([Rule(Kind.ERROR_AFTER, 1, times=1)])
    assert (await dynamo.ask("PutItem"))[0] == 500
    assert len(server.asked) == 1


async def test_a_transaction_in_conflict_is_cancelled_with_a_reason_for_each_item(
    dynamo: Dynamo, server: Upstream, proxy: FaultProxy
) -> None:
    await proxy.use([Rule(Kind.CONFLICT, 1, ("TransactWriteItems", "PutItem"))])
    status, body = await dynamo.ask("TransactWriteItems", TransactItems=ITEMS)
    assert (status, body["__type"].partition("#")[2]) == (400, "TransactionCanceledException")
    codes = [reason["Code"] for reason in body["CancellationReasons"]]
    assert len(codes) == len(ITEMS)
    assert codes.count("None") == len(ITEMS) - 1
    status, body = await dynamo.ask("PutItem")
    assert (status, body["__type"].partition("#")[2]) == (400, "TransactionConflictException")
    assert not server.asked
    assert (await dynamo.ask("GetItem"))[0] == 200


@pytest.mark.parametrize(("kind", "reached"), [(Kind.RESET_BEFORE, 0), (Kind.RESET_AFTER, 1), (Kind.CUT_AFTER, 1)])
async def test_a_connection_breaks_before_or_after_the_server_has_done_its_work(
    dynamo: Dynamo, server: Upstream, proxy: FaultProxy, kind: Kind, reached: int
) -> None:
    await proxy.use([Rule(kind, 1, times=1)])
    with pytest.raises(aiohttp.ClientError):
        await dynamo.ask("PutItem")
    assert len(server.asked) == reached
    assert (await dynamo.ask("PutItem"))[0] == 200


async def test_a_delayed_request_reaches_the_server_when_its_client_has_long_given_up(
    http: aiohttp.ClientSession, dynamo: Dynamo, server: Upstream, proxy: FaultProxy
) -> None:
    await proxy.use([Rule(Kind.DELAY_BEFORE, 1)])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await dynamo.ask("PutItem")
    assert not server.asked
    async with asyncio.timeout(20):
        await until(lambda: bool(server.asked))
    assert len(server.asked) == 1


def test_one_seed_makes_the_same_faults_again() -> None:
    def chosen(seed: str) -> list[Kind | None]:
        chooser = Chooser(seed)
        chooser.use(injected.rules_for(0.2))
        return [chooser.choose("PutItem") for _ in range(1000)]

    assert chosen("a") == chosen("a")
    assert chosen("a") != chosen("b")
    assert set(chosen("a")) == {None, *Kind}
    assert 130 < sum(kind is not None for kind in chosen("a")) < 270
