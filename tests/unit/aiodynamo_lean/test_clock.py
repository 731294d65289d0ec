"""The check of the clock against a server whose time the test sets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiodynamo.http.types import Request
from yarl import URL

from services.aiodynamo_lean.clock import ClockCheck, WrongClock
from services.aiodynamo_lean.http import HttpClient
from tests.unit.aiodynamo_lean.servers import Server, response_of, served

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def request(action: str) -> Request:
    return Request("POST", "http://unused", {"X-Amz-Target": f"DynamoDB_20120810.{action}"}, b"{}")


READ, WRITE = request("GetItem"), request("PutItem")


class World:
    """A process and its database, each with a clock."""

    def __init__(self, server: Server, http: HttpClient) -> None:
        self.time, self.date = NOON, format_datetime(NOON, usegmt=True)
        self.server = server
        self.http = ClockCheck(http, lambda: self.time)
        server.respond = self.respond

    async def respond(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(response_of(body, f"Date: {self.date}") if self.date else response_of(body))

    @property
    def served(self) -> int:
        return len(self.server.heads)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with served() as server:
        http = HttpClient(URL(f"http://127.0.0.1:{server.port}"), connections_max=2, timeout_seconds=5.0)
        yield World(server, http)
        http.close()


@pytest.mark.parametrize("off", [timedelta(0), DAY, -DAY])
async def test_a_clock_may_be_off_by_a_day(world: World, off: timedelta) -> None:
    world.time = NOON + off
    for asked in (READ, WRITE, READ, WRITE):
        assert (await world.http(asked)).status == 200


@pytest.mark.parametrize("off", [DAY + timedelta(seconds=1), -DAY - timedelta(seconds=1), 40 * DAY])
@pytest.mark.parametrize("action", ["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"])
async def test_nothing_is_written_while_the_clock_is_wrong(world: World, off: timedelta, action: str) -> None:
    world.time = NOON + off
    with pytest.raises(WrongClock):
        await world.http(READ)
    with pytest.raises(WrongClock):
        await world.http(request(action))
    assert world.served == 1


@pytest.mark.parametrize("action", ["GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems", "DescribeTable"])
async def test_a_read_tells_that_the_clock_is_right_again(
    world: World, action: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.time = NOON + 40 * DAY
    for _ in range(3):
        with pytest.raises(WrongClock):
            await world.http(request(action))
    world.time, world.date = NOON, format_datetime(NOON + timedelta(seconds=1), usegmt=True)
    await world.http(request(action))
    await world.http(WRITE)
    told = [(record.levelno, record.getMessage(), vars(record)["hours_ahead"]) for record in caplog.records]
    wrong, right = (logging.CRITICAL, "the clock is wrong; set it", 960), "the clock is right again"
    assert told == [wrong, (logging.CRITICAL, right, 0)]


@pytest.mark.parametrize("date", ["", "soon", "Sun, 01 Mar 2020 12:00:00 -0000"])
async def test_a_database_that_does_not_tell_its_time_is_believed(world: World, date: str) -> None:
    world.date = date
    for asked in (READ, WRITE):
        assert (await world.http(asked)).status == 200


async def test_a_response_without_a_time_changes_nothing(world: World) -> None:
    await world.http(READ)
    world.date, world.time = "", NOON + 40 * DAY
    assert (await world.http(WRITE)).status == 200
