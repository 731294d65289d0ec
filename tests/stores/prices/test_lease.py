"""The lease of the publisher in DynamoDB Local."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiodynamo.client import Client

from services.inventory.market.publication.lease import Lease, LeaseChanged, LeaseStore, first_seq
from services.inventory.market.publication.tenure import (
    PERMIT_SECONDS,
    POLL_SECONDS,
    Election,
    InDoubt,
    LeaseLost,
    Tenure,
)
from services.prices.frame import Frame, Source
from tests.stores.counted import Capacity


def frame(seq: int) -> Frame:
    return Frame(seq, datetime(2026, 3, 1, 12, tzinfo=UTC), Source.FIXED, False, 0, {})


@pytest.fixture
def store(client: Client, table: str) -> LeaseStore:
    return LeaseStore(client, table)


async def win(store: LeaseStore, known_epoch: int = 0) -> Tenure:
    return await Election(store).won(lambda: known_epoch)


async def test_before_the_first_publisher_there_is_no_frame(store: LeaseStore) -> None:
    assert await store.latest() == (None, 0)


async def test_one_of_two_replicas_wins(store: LeaseStore) -> None:
    both = [asyncio.create_task(win(store)) for _ in range(2)]
    won, waiting = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    [tenure] = [task.result() for task in won]
    assert (await store.read(consistent=True)).owner == tenure.lease.owner
    [task] = waiting
    task.cancel()


async def test_each_tenure_has_later_numbers_than_all_before(store: LeaseStore) -> None:
    first = await win(store)
    seqs = [first.next_seq() for _ in range(3)]
    await first.release()
    second = await win(store)
    assert seqs == sorted(set(seqs))
    assert second.next_seq() > seqs[-1]
    assert (await store.latest()).seq_min == first_seq(2)


async def test_a_table_that_was_lost_does_not_lower_the_numbers(store: LeaseStore) -> None:
    assert (await win(store, known_epoch=7)).lease.epoch == 8


async def test_a_frame_is_in_the_table_until_the_next_renewal_without_one(store: LeaseStore) -> None:
    tenure = await win(store)
    shown = frame(tenure.next_seq())
    await tenure.renew(server="", frame=shown)
    assert await store.latest() == (shown, first_seq(1))
    await tenure.renew(server="run-id")
    assert (await store.latest()).frame is None


async def test_a_successor_removes_the_frame(store: LeaseStore) -> None:
    tenure = await win(store)
    await tenure.renew(server="", frame=frame(tenure.next_seq()))
    await tenure.release()
    assert (await store.latest()).frame is not None  # nobody has shown a newer one
    await win(store)
    assert (await store.latest()).frame is None


async def test_the_lease_knows_the_time_of_the_latest_frame(store: LeaseStore) -> None:
    tenure = await win(store)
    assert tenure.lease.as_of is None
    shown = frame(tenure.next_seq())
    tenure.reached(shown.as_of)
    await tenure.renew(server="run-id")
    await tenure.release()
    assert (await win(store)).lease.as_of == shown.as_of


async def test_a_publisher_that_fell_silent_may_have_gone_on_for_as_long_as_its_permit(store: LeaseStore) -> None:
    tenure = await win(store)
    shown = frame(tenure.next_seq())
    tenure.reached(shown.as_of)
    await tenure.renew(server="run-id")
    assert (await win(store)).lease.as_of == shown.as_of + timedelta(seconds=PERMIT_SECONDS)


async def test_who_has_lost_the_lease_cannot_renew_it(store: LeaseStore) -> None:
    first = await win(store)
    await first.release()
    await win(store)
    for change in (first.renew(server=""), first.reclaim(), first.exceed(5)):
        with pytest.raises(LeaseLost):
            await change


async def test_a_lease_that_nobody_has_taken_can_be_reclaimed(store: LeaseStore) -> None:
    tenure = await win(store)
    await tenure.release()
    await tenure.reclaim()
    await tenure.renew(server="run-id")
    assert (await store.read(consistent=True)).owner == tenure.lease.owner != ""


async def test_a_renewal_that_comes_through_late_is_noticed_by_the_next(store: LeaseStore) -> None:
    tenure = await win(store)
    late = replace(tenure.lease, server="late", renewal=tenure.lease.renewal + 1)
    await store.write(tenure.lease, late)
    with pytest.raises(InDoubt):
        await tenure.renew(server="")
    assert tenure.lease == late
    await tenure.renew(server="")


class Repeated(LeaseStore):
    """Makes each write twice, as the client of the database does when the answer is lost."""

    async def write(self, before: Lease, after: Lease) -> None:
        await super().write(before, after)
        await super().write(before, after)


async def test_a_write_may_be_repeated(client: Client, table: str) -> None:
    store = Repeated(client, table)
    with pytest.raises(LeaseChanged):
        await store.write(Lease(), Lease("someone", 1, 1))
    await LeaseStore(client, table).write(Lease("someone", 1, 1), Lease("", 1, 2))
    tenure = await win(store)
    await tenure.renew(server="run-id")
    assert (await store.read(consistent=True)).server == "run-id"


async def test_a_replica_that_waits_reads_less_than_a_unit_a_second(client: Client, table: str) -> None:
    await win(LeaseStore(client, table))
    counted = Capacity(client)
    await LeaseStore(counted.client, table).read(consistent=False)
    assert counted.units / Decimal(POLL_SECONDS) < 1
