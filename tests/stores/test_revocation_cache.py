"""The revocation cache in a real Valkey, synchronized with the table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiodynamo.client import Client
from redis.asyncio import Redis

from local import programs
from local.stack import Stack, StackSettings
from services.auth.revocation_cache import Empty, connect
from services.auth.revocations import Feed
from services.common import ids, settings
from services.common.dynamo import client as dynamo
from services.user.sessions.revocation_publisher import RevocationCacheWriter, RevocationPublisher
from services.user.sessions.revocation_store import RevocationStore

KEPT_SECONDS = 900.0


@pytest.fixture(scope="module")
async def valkey(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Redis]:
    state = tmp_path_factory.mktemp("state")
    (state / "valkey").mkdir()
    config = StackSettings.on_free_ports(log_dir=tmp_path_factory.mktemp("logs"))
    [program] = [one for one in programs.describe(config, state) if one.name == "valkey"]
    stack = Stack(config, [program], state)
    try:
        await stack.start()
        async with connect(settings.Redis(url=f"redis://127.0.0.1:{config.redis_port}")) as client:
            yield client
    finally:
        await stack.kill()


@pytest.fixture
async def cache(valkey: Redis) -> RevocationCacheWriter:
    await valkey.flushall()
    return RevocationCacheWriter(valkey, timeout_seconds=1.0)


@pytest.fixture
def store(client: Client, users_table: str) -> RevocationStore:
    return RevocationStore(client, users_table, KEPT_SECONDS, lambda: datetime.now(UTC))


@pytest.fixture
def publisher(cache: RevocationCacheWriter, store: RevocationStore) -> RevocationPublisher:
    return RevocationPublisher(cache, store, interval_seconds=0.05)


Revoke = Callable[[], Awaitable[str]]


@pytest.fixture
def revoke(client: Client, store: RevocationStore) -> Revoke:
    """Returns a function that stores the revocation of a session and returns its id."""

    async def write() -> str:
        session_id = ids.random()
        tx = dynamo.units_of_work(client)()
        store.add(tx, [session_id])
        await tx.commit()
        return session_id

    return write


async def test_an_empty_cache_does_not_count_as_complete(cache: RevocationCacheWriter) -> None:
    with pytest.raises(Empty):
        await cache.read(0)
    assert (await cache.state()).position == 0


async def test_published_revocations_are_read_with_their_age(
    cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke
) -> None:
    session_id = await revoke()
    await publisher.publish()
    await asyncio.sleep(0.1)
    feed = await cache.read(0)
    assert session_id in feed.revoked
    assert 0.1 <= feed.age_seconds < 1.0
    assert session_id in (await cache.read(feed.revoked[session_id])).revoked
    assert session_id not in (await cache.read(feed.revoked[session_id] + 1)).revoked


async def test_only_new_revocations_are_added(
    cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke
) -> None:
    first = await revoke()
    await publisher.publish()
    before = await cache.state()
    second = await revoke()
    await publisher.publish()
    after = await cache.state()
    assert after.position > before.position
    assert {first, second} <= (await cache.read(0)).revoked.keys()


async def test_an_emptied_cache_is_refilled_from_the_table(
    valkey: Redis, cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke
) -> None:
    known = {await revoke() for _ in range(3)}
    await publisher.publish()
    await valkey.flushall()
    await publisher.publish()
    assert known <= (await cache.read(0)).revoked.keys()


async def test_a_writer_that_read_before_the_cache_was_emptied_does_not_mark_it_complete(
    valkey: Redis, cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke, store: RevocationStore
) -> None:
    await revoke()
    await publisher.publish()
    before = await cache.state()
    feed = await store.read(before.position)
    await valkey.flushall()
    assert not await cache.publish(before, feed, 0)
    with pytest.raises(Empty):
        await cache.read(0)


async def test_a_cache_restored_from_old_data_is_brought_up_to_date(
    valkey: Redis, cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke
) -> None:
    await publisher.publish()
    old = await valkey.zrange("cnop:revocations", 0, -1, withscores=True)
    lost = await revoke()
    await publisher.publish()
    await valkey.flushall()
    await valkey.zadd("cnop:revocations", dict(old))
    await publisher.publish()
    assert lost in (await cache.read(0)).revoked


@pytest.mark.parametrize("is_ahead", [True, False], ids=["the clock went back", "older than the start of Redis"])
async def test_a_cache_of_unknown_age_is_brought_up_to_date(
    valkey: Redis, cache: RevocationCacheWriter, publisher: RevocationPublisher, is_ahead: bool
) -> None:
    await publisher.publish()
    seconds, _ = await valkey.time()
    uptime = (await valkey.info("server"))["uptime_in_seconds"]
    read_at = seconds + 8 if is_ahead else seconds - uptime - 3
    await valkey.zadd("cnop:revocations", {"#read-at": -read_at * 1_000_000})
    assert (await cache.read(0)).age_seconds == float("inf")
    await publisher.publish()
    assert 0 <= (await cache.read(0)).age_seconds < 1.0


async def test_concurrent_publishers_do_not_lose_revocations(
    cache: RevocationCacheWriter, store: RevocationStore, revoke: Revoke
) -> None:
    publishers = [RevocationPublisher(cache, store, 0.05) for _ in range(2)]
    for _ in range(10):
        session_id = await revoke()
        await asyncio.gather(*(one.publish() for one in publishers))
        assert session_id in (await cache.read(0)).revoked


async def test_expired_revocations_leave_the_cache(valkey: Redis, cache: RevocationCacheWriter) -> None:
    now = 1_800_000_000_000
    assert await cache.publish(await cache.state(), Feed({"old": now - 1000, "new": now}, now), now - 999)
    assert (await cache.read(0)).revoked == {"new": now}


async def test_a_replica_does_not_publish_if_another_has_just_done_so(
    cache: RevocationCacheWriter, store: RevocationStore
) -> None:
    publisher = RevocationPublisher(cache, store, interval_seconds=1.0)
    await publisher.publish()
    before = (await cache.state()).position
    running = asyncio.create_task(publisher.run())
    await asyncio.sleep(0.1)
    assert (await cache.state()).position == before
    await asyncio.sleep(1.1)
    assert (await cache.state()).position > before
    running.cancel()


async def test_a_revocation_is_in_the_cache_even_if_the_table_cannot_be_read(
    cache: RevocationCacheWriter, publisher: RevocationPublisher, client: Client
) -> None:
    await publisher.publish()
    before = await cache.state()
    unreadable = RevocationStore(client, "no-such-table", KEPT_SECONDS, lambda: datetime.now(UTC))
    publisher = RevocationPublisher(cache, unreadable, interval_seconds=0.05)
    for session_id in ("s-1", "s-2"):  # the second is added while the publisher pauses
        await publisher.publish([session_id])
        assert session_id in (await cache.read(0)).revoked
    assert (await cache.state()).position == before.position, (
        "the position must be the one up to which the table was read"
    )


async def test_adding_revocations_does_not_mark_an_empty_cache_complete(
    cache: RevocationCacheWriter, publisher: RevocationPublisher, revoke: Revoke
) -> None:
    revoked = await revoke()
    await cache.add({"s-1": 1_800_000_000_000})
    with pytest.raises(Empty):
        await cache.read(0)
    await publisher.publish()
    assert {revoked, "s-1"} <= (await cache.read(0)).revoked.keys()
