"""The stream of frames in a real Valkey."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError  # noqa: A004 - of the client

from services.common import settings
from services.common.rpc.errors import Unavailable
from services.inventory.market.publication.stream import FrameStream, Late, OtherServer, Outdated, Permit, Wanted
from services.prices.feed import Feed
from services.prices.frame import Frame, Source
from services.prices.keys import HEAD, STREAM, WANTED
from services.prices.ports import TableFrame
from services.redis_client import client as redis_client
from tests.stores.prices.conftest import Valkey


def frame(seq: int) -> Frame:
    return Frame(seq, datetime(2026, 3, 1, 12, tzinfo=UTC), Source.FIXED, False, 0, {})


class EmptyTable:
    """The table while the stream has the frames; `seq_min` as the test says, None if it cannot be read."""

    def __init__(self) -> None:
        self.seq_min: int | None = 0

    async def latest(self) -> TableFrame:
        if self.seq_min is None:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "the table is away")
        return TableFrame(None, self.seq_min)


@pytest.fixture
async def redis(server: Valkey) -> AsyncIterator[Redis]:
    async with redis_client.connect(settings.Redis(url=server.url)) as redis:
        yield redis


@pytest.fixture
def stream(redis: Redis) -> FrameStream:
    return FrameStream(redis)


@pytest.fixture
def table() -> EmptyTable:
    return EmptyTable()


@pytest.fixture
def feed(redis: Redis, table: EmptyTable) -> Feed:
    return Feed(redis, table)


@pytest.fixture
async def permit(stream: FrameStream) -> Permit:
    server, time_us = await stream.time()
    return Permit(server, time_us + 60_000_000)


async def refusal_of(feed: Feed) -> Unavailable:
    with pytest.raises(Unavailable) as refusal:
        await feed.current()
    return refusal.value


async def read_for_ever(feed: Feed) -> None:
    while True:
        await feed.current()


async def test_what_is_published_is_read(stream: FrameStream, permit: Permit, feed: Feed) -> None:
    for seq in (7, 8):
        await stream.publish(frame(seq), permit)
        assert await feed.current() == frame(seq)


async def test_nothing_is_published_after_the_permit(stream: FrameStream, permit: Permit, feed: Feed) -> None:
    with pytest.raises(Late):
        await stream.publish(frame(7), Permit(permit.server, 1))
    await refusal_of(feed)


async def test_a_permit_is_for_one_process_of_the_server(
    server: Valkey, stream: FrameStream, permit: Permit, feed: Feed
) -> None:
    await stream.publish(frame(6), permit)
    await server.kill()
    await server.start()
    with pytest.raises(ConnectionError):
        await stream.publish(frame(7), permit)
    with pytest.raises(OtherServer):
        await stream.publish(frame(7), permit)
    await refusal_of(feed)


async def test_frames_go_on_to_a_server_that_restarted_while_none_were_sent(
    server: Valkey, stream: FrameStream, permit: Permit, redis: Redis, feed: Feed
) -> None:
    await stream.publish(frame(6), permit)
    await server.kill()
    await server.start()
    successor, time_us = await FrameStream(redis).time()
    await stream.publish(frame(7), Permit(successor, time_us + 60_000_000))
    assert (await feed.current()).seq == 7


async def test_a_frame_is_refused_after_one_of_a_later_epoch(stream: FrameStream, permit: Permit, feed: Feed) -> None:
    await stream.publish(frame(5 << 32), permit)
    with pytest.raises(Outdated) as outdated:
        await stream.publish(frame(4 << 32), permit)
    assert outdated.value.epoch == 5
    assert (await feed.current()).seq == 5 << 32


async def test_no_frame_is_of_an_earlier_version_of_the_catalogue_than_someone_waits_for(
    stream: FrameStream, permit: Permit, redis: Redis, feed: Feed
) -> None:
    await stream.publish(frame(1), permit)
    await redis.set(WANTED, 12)
    with pytest.raises(Wanted) as wanted:
        await stream.publish(frame(2), permit, 11)
    assert (wanted.value.version, (await feed.current()).seq) == (12, 1)
    await stream.publish(replace(frame(3), catalogue_version=12), permit)
    await stream.publish(frame(4), permit, 12)
    assert (await feed.current()).seq == 4


async def test_about_600_frames_are_kept(stream: FrameStream, permit: Permit, redis: Redis) -> None:
    for seq in range(1, 1001):
        await stream.publish(frame(seq), permit)
    assert 600 <= await redis.xlen(STREAM) < 800


async def test_only_the_publisher_of_the_head_withdraws_it(stream: FrameStream, permit: Permit, feed: Feed) -> None:
    await stream.publish(frame(7), permit)
    await stream.retire(permit.server, 6)
    assert (await feed.current()).seq == 7
    await stream.retire(permit.server, 7)
    await refusal_of(feed)


async def test_a_head_of_an_earlier_publisher_is_not_believed(
    stream: FrameStream, permit: Permit, feed: Feed, table: EmptyTable
) -> None:
    table.seq_min = 8
    await stream.publish(frame(7), permit)
    await refusal_of(feed)
    await stream.publish(frame(8), permit)
    assert (await feed.current()).seq == 8


async def test_a_head_that_moves_is_believed_without_the_table(
    stream: FrameStream, permit: Permit, feed: Feed, table: EmptyTable
) -> None:
    table.seq_min = None
    await stream.publish(frame(7), permit)
    await refusal_of(feed)
    await refusal_of(feed)
    await stream.publish(frame(8), permit)
    assert (await feed.current()).seq == 8


async def test_a_head_that_does_not_expire_is_not_believed_for_long(
    stream: FrameStream, permit: Permit, feed: Feed, redis: Redis
) -> None:
    await stream.publish(frame(7), permit)
    await redis.persist(HEAD)
    assert (await feed.current()).seq == 7
    with pytest.raises(Unavailable):
        await read_for_ever(feed)


async def test_a_head_without_its_frame_is_not_believed(
    stream: FrameStream, permit: Permit, feed: Feed, redis: Redis
) -> None:
    await stream.publish(frame(7), permit)
    await redis.delete(STREAM)
    await refusal_of(feed)
