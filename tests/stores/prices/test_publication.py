"""Frames of prices while publishers are killed and paused, and Valkey is killed, cut off and restored.

All the time, readers assert that no order is filled at a price that is older than one that a client has seen.
"""

from __future__ import annotations

import signal

import pytest
from aiodynamo.client import Client

from services.inventory.market.publication.lease import LeaseStore, epoch_of
from tests.stores.prices.cable import Cable
from tests.stores.prices.conftest import StartReplica, Valkey
from tests.stores.prices.readers import Readers


@pytest.fixture
def lease(client: Client, table: str) -> LeaseStore:
    return LeaseStore(client, table)


async def test_the_first_replica_publishes_at_once(
    start_replica: StartReplica, readers: Readers, lease: LeaseStore
) -> None:
    await start_replica()
    assert epoch_of(await readers.frames(3)) == 1
    await readers.filled(10)
    assert not any(feed.is_stale for feed in readers.shown)
    assert (await lease.latest()).frame is None  # while Valkey has the frames


async def test_another_replica_takes_over_from_one_that_was_killed(
    start_replica: StartReplica, readers: Readers
) -> None:
    first = await start_replica()
    await readers.frames()
    await start_replica()
    first.send(signal.SIGKILL)
    await readers.epoch(2)
    await readers.filled()


async def test_no_order_is_refused_while_a_replica_hands_over(start_replica: StartReplica, readers: Readers) -> None:
    first = await start_replica()
    await readers.frames()
    await start_replica()
    await readers.filled()
    refused = readers.reasons.total()
    first.send(signal.SIGTERM)
    await readers.epoch(2)
    await readers.frames(4)
    assert readers.reasons.total() == refused


async def test_a_replica_that_ends_alone_leaves_no_price(
    start_replica: StartReplica, readers: Readers, lease: LeaseStore
) -> None:
    only = await start_replica()
    await readers.frames()
    only.send(signal.SIGTERM)
    await only.ended()
    left = await lease.read(consistent=True)
    assert (left.owner, left.server, left.frame) == ("", "", b"")
    await start_replica()
    await readers.epoch(2)


async def test_a_replica_that_was_paused_does_not_disturb_its_successor(
    start_replica: StartReplica, readers: Readers
) -> None:
    first = await start_replica()
    await readers.frames()
    first.send(signal.SIGSTOP)
    await start_replica()
    await readers.epoch(2)
    first.send(signal.SIGCONT)
    assert epoch_of(await readers.frames(8)) == 2


async def test_a_replica_publishes_again_after_valkey_restarted_meanwhile(
    start_replica: StartReplica, readers: Readers, server: Valkey
) -> None:
    first = await start_replica()
    await readers.frames()
    first.send(signal.SIGSTOP)
    second = await start_replica()
    await readers.epoch(2)
    first.send(signal.SIGCONT)
    await first.logs("another replica publishes the prices")
    await server.kill()
    await server.start()
    await readers.frames()
    second.send(signal.SIGKILL)
    await readers.epoch(3)
    await readers.filled()


async def test_wrong_clocks_of_replicas_do_not_matter(start_replica: StartReplica, readers: Readers) -> None:
    first = await start_replica(skew_seconds=288)
    await readers.frames()
    await start_replica(skew_seconds=-288)
    first.send(signal.SIGKILL)
    await readers.epoch(2)
    await readers.filled()
    assert not any(feed.is_stale for feed in readers.shown)


async def test_trading_goes_on_while_valkey_is_away(
    start_replica: StartReplica, readers: Readers, server: Valkey, lease: LeaseStore
) -> None:
    await start_replica()
    await readers.frames()
    await server.kill()
    await readers.frames(4)
    await readers.filled(5)
    assert (await lease.latest()).frame is not None
    await server.start()
    await readers.frames(8)
    assert (await lease.latest()).frame is None
    await readers.filled()


async def test_trading_goes_on_while_valkey_refuses_writes(
    start_replica: StartReplica, readers: Readers, server: Valkey, lease: LeaseStore
) -> None:
    """As a replica does, or a server without memory."""
    await start_replica()
    await readers.frames()
    await server.execute("CONFIG", "SET", "min-replicas-to-write", "1")
    await readers.frames(2)
    await readers.filled()
    assert (await lease.latest()).frame is not None
    await server.execute("CONFIG", "SET", "min-replicas-to-write", "0")
    await readers.frames(8)
    assert (await lease.latest()).frame is None


async def test_a_replica_starts_while_valkey_is_away(
    start_replica: StartReplica, readers: Readers, server: Valkey
) -> None:
    await server.kill()
    await start_replica()
    await readers.frames(2)
    await readers.filled()


async def test_a_publisher_in_the_table_is_followed_by_another(
    start_replica: StartReplica, readers: Readers, server: Valkey
) -> None:
    first = await start_replica()
    await readers.frames()
    await server.kill()
    await start_replica()
    await readers.frames(3)
    first.send(signal.SIGKILL)
    await readers.epoch(2)
    await server.start()
    await readers.frames(8)
    await readers.filled()


async def test_an_old_snapshot_of_valkey_is_not_believed(
    start_replica: StartReplica, readers: Readers, server: Valkey
) -> None:
    await start_replica()
    await readers.frames()
    await server.save()
    await readers.frames(4)
    await server.kill()
    server.restore()
    await server.start()
    await readers.frames(8)
    await readers.filled()


async def test_a_publisher_that_is_cut_off_from_valkey_leaves_it_to_the_table(
    start_replica: StartReplica, readers: Readers, server: Valkey, cable: Cable, lease: LeaseStore
) -> None:
    """Also for a reader that still reaches Valkey."""
    await start_replica(redis_url=cable.url)
    await readers.frames(2)
    cable.cut()
    await readers.frames(3)
    await readers.filled()
    assert (await lease.latest()).frame is not None
    await cable.plug()
    await readers.frames(8)
    assert (await lease.latest()).frame is None


async def test_orders_that_cannot_reach_valkey_are_refused_rather_than_filled_at_an_older_price(
    start_replica: StartReplica, readers: Readers, cable: Cable
) -> None:
    await start_replica()
    await readers.frames()
    cable.cut()
    orders = readers.orders
    direct = readers.shown[0]
    for _ in range(8):
        await direct.newer(direct.latest.seq if direct.latest else 0)
    assert readers.orders <= orders + 1  # one may have been on its way
    await cable.plug()
    await readers.filled()


async def test_prices_go_on_rising_after_the_table_was_lost(
    start_replica: StartReplica, readers: Readers, client: Client, table: str
) -> None:
    await start_replica()
    await readers.frames(2)
    await client.delete_item(table, {"pk": "PRICES", "sk": "LEASE"})
    assert epoch_of(await readers.epoch(2)) == 2
    await readers.frames(4)
    await readers.filled()


async def test_prices_go_on_rising_after_valkey_had_those_of_a_later_publisher(
    start_replica: StartReplica, readers: Readers, server: Valkey
) -> None:
    """As with a table that was restored, and a Valkey that was not."""
    await server.execute("XADD", "{cnop:prices}", f"{7 << 32}-0", "f", "of another life")
    await start_replica()
    await readers.epoch(8)
    await readers.filled()
