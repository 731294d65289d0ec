"""Orders of a service that still reaches Valkey, or does again, while clients have seen newer prices elsewhere.

An order is filled at an older price if one protection is removed: the wait before frames go to the table, the process
that a head names, or the end of the permission to publish.
"""

from __future__ import annotations

import asyncio
import signal

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import Unavailable
from services.inventory.market.publication.lease import LeaseStore, first_seq
from services.prices.feed import Feed
from services.prices.frame import Frame
from services.prices.keys import HEAD
from tests.stores.prices.cable import Cable
from tests.stores.prices.conftest import OpenFeed, StartReplica, Valkey

LOST = "another replica publishes the prices"


@pytest.fixture
def lease(client: Client, table: str) -> LeaseStore:
    return LeaseStore(client, table)


@pytest.fixture
def order(open_feed: OpenFeed, server: Valkey) -> Feed:
    """Returns the feed of an order service, with a connection of its own to Valkey."""
    return open_feed(server.url)


async def filled_at(order: Feed) -> Frame:
    """Repeats an order until it is filled."""
    while True:
        try:
            return await order.current()
        except Unavailable:
            await asyncio.sleep(0.01)


async def filled(order: Feed) -> int:
    """Repeats an order until it is filled. Returns the number of the frame."""
    return (await filled_at(order)).seq


async def shown_in_the_table(lease: LeaseStore) -> int:
    """Waits for a frame in the table. Returns its number."""
    while (frame := (await lease.latest()).frame) is None:  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.005)
    return frame.seq


async def just_before_a_renewal(lease: LeaseStore, order: Feed) -> None:
    """Waits until the publisher will soon renew the lease, and decide where frames go, while its head is new.

    There are four frames between two renewals.
    """
    renewal = (await lease.read(consistent=True)).renewal
    while (await lease.read(consistent=True)).renewal == renewal:  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.005)
    seq = await filled(order)
    while await filled(order) < seq + 2:
        pass


async def test_the_time_of_frames_does_not_go_back_though_no_process_has_read_the_last_one(
    start_replica: StartReplica, order: Feed, server: Valkey
) -> None:
    """Else a simulated market would repeat prices that everybody has seen."""
    ahead = await start_replica(skew_seconds=288)
    shown = await filled_at(order)
    ahead.send(signal.SIGKILL)
    await ahead.ended()
    await server.execute("DEL", HEAD)  # as it expires soon
    await start_replica()
    while (frame := await filled_at(order)).seq < first_seq(2):
        pass
    assert frame.as_of > shown.as_of


async def test_the_table_has_no_frame_before_the_last_head_has_expired(
    start_replica: StartReplica, order: Feed, cable: Cable, lease: LeaseStore
) -> None:
    await start_replica(redis_url=cable.url)
    await just_before_a_renewal(lease, order)
    cable.cut()
    shown = await shown_in_the_table(lease)
    assert await filled(order) >= shown


async def test_a_successor_without_valkey_waits_for_the_head_of_its_predecessor(
    start_replica: StartReplica, order: Feed, cable: Cable, lease: LeaseStore
) -> None:
    first = await start_replica()
    await start_replica(redis_url=cable.url)
    await filled(order)
    cable.cut()
    first.send(signal.SIGTERM)
    shown = await shown_in_the_table(lease)
    assert await filled(order) >= shown


async def test_a_head_that_a_restored_server_still_has_is_not_believed(
    start_replica: StartReplica, open_feed: OpenFeed, server: Valkey
) -> None:
    await start_replica()
    client = open_feed(server.url)
    saved = await filled(client)
    await server.save_for_a_late_clock(288)
    while (shown := await filled(client)) <= saved + 1:
        pass
    await server.kill()
    server.restore()
    await server.start()
    assert await filled(open_feed(server.url)) >= shown


async def test_a_publisher_that_wakes_while_another_one_writes_to_the_table_is_not_believed(
    start_replica: StartReplica, order: Feed, cable: Cable, lease: LeaseStore
) -> None:
    """The service with the order was paused too, as both are if their machine is."""
    first = await start_replica()
    await filled(order)
    first.send(signal.SIGSTOP)
    cable.cut()
    await start_replica(redis_url=cable.url)
    shown = await shown_in_the_table(lease)
    first.send(signal.SIGCONT)
    await first.logs(LOST)
    assert await filled(order) >= shown


async def test_a_publisher_that_wakes_while_valkey_is_empty_is_not_believed(
    start_replica: StartReplica, open_feed: OpenFeed, order: Feed, server: Valkey
) -> None:
    """Its successor does not publish at that moment."""
    first = await start_replica()
    client = open_feed(server.url)
    await filled(order)
    first.send(signal.SIGSTOP)
    second = await start_replica()
    while (shown := await filled(client)) < first_seq(2):
        pass
    second.send(signal.SIGSTOP)
    await server.execute("FLUSHALL")
    first.send(signal.SIGCONT)
    await first.logs(LOST)
    second.send(signal.SIGCONT)
    assert await filled(order) >= shown
