"""The feed where there is no Redis: its port is closed. (tests/stores/prices has both places.)"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from local import ports
from services.common import settings
from services.common.rpc.errors import Unavailable
from services.prices.feed import Feed
from services.prices.frame import Frame, Source
from services.prices.ports import TableFrame
from services.redis_client import client as redis_client


def frame(seq: int) -> Frame:
    return Frame(seq, datetime(2026, 3, 1, 12, tzinfo=UTC), Source.FIXED, False, 0, {})


class FakeTable:
    """A table with a frame or without one, or one that cannot be read."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self.error: Exception | None = None
        self.reads = 0

    async def latest(self) -> TableFrame:
        self.reads += 1
        if self.error:
            raise self.error
        return TableFrame(self.frame, 0)


@pytest.fixture
def table() -> FakeTable:
    return FakeTable()


@pytest.fixture
async def feed(table: FakeTable) -> AsyncIterator[Feed]:
    [port] = ports.claim(1)
    async with redis_client.connect(settings.Redis(url=f"redis://127.0.0.1:{port}")) as redis:
        yield Feed(redis, table)


async def refused(feed: Feed) -> None:
    with pytest.raises(Unavailable) as refusal:
        await feed.current()
    assert refusal.value.reason == "PRICES_UNAVAILABLE"


async def read_twice(feed: Feed, table: FakeTable) -> None:
    """Has the feed see that the publisher is alive."""
    table.frame = frame(5)
    await refused(feed)
    table.frame = frame(6)
    assert (await feed.current()).seq == 6


async def test_without_any_frame_prices_are_unavailable(feed: Feed, table: FakeTable) -> None:
    await refused(feed)
    table.error = TimeoutError()
    await refused(feed)
    assert feed.latest is None
    assert feed.is_stale


async def test_a_frame_in_the_table_is_believed_once_another_has_followed(feed: Feed, table: FakeTable) -> None:
    """Its publisher may have died long ago."""
    table.frame = frame(5)
    await refused(feed)
    await refused(feed)
    assert feed.latest is None
    table.frame = frame(6)
    assert (await feed.current()).seq == 6
    assert not feed.is_stale
    assert (await feed.current()).seq == 6


async def test_prices_never_go_back(feed: Feed, table: FakeTable) -> None:
    await read_twice(feed, table)
    table.frame = frame(4)
    await refused(feed)
    assert feed.latest is not None
    assert feed.latest.seq == 6


async def test_who_waits_for_a_newer_frame_gets_the_latest(feed: Feed, table: FakeTable) -> None:
    await read_twice(feed, table)
    assert (await feed.newer(5)).seq == 6
    waiting = asyncio.create_task(feed.newer(6))
    await asyncio.sleep(0)
    assert not waiting.done()
    table.frame = frame(8)
    await feed.current()
    assert (await waiting).seq == 8


async def test_each_call_reads_anew(feed: Feed, table: FakeTable) -> None:
    await read_twice(feed, table)
    reads = table.reads
    for seq in (7, 8, 9):
        table.frame = frame(seq)
        assert (await feed.current()).seq == seq
    assert table.reads == reads + 3
