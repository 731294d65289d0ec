from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiodynamo.client import Client
from aiodynamo.utils import py2dy

from bench.write_units import item_bytes
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import FailedPrecondition
from services.common.unit_of_work import Begin, Conflict
from services.user.ledger.account import Account, Day
from services.user.ledger.domain import Effect, Entry, EntryFilter, Holding, Posting, Span
from services.user.ledger.items import item_of_account, item_of_chapter, item_of_entry, key_of
from services.user.ledger.lines import CHAPTER_SIZE, Kind, Line, is_full, unpacked, with_line
from services.user.ledger.ports import EntryExists
from services.user.ledger.store import LedgerStore
from tests.stores.counted import Counted

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ALL = EntryFilter()
SMALLEST, LARGEST = Decimal("0.00000001"), Decimal("999999999999.99999999")


class Committed(LedgerStore):
    """A store that commits every change in its own unit of work."""

    def __init__(self, client: Client, table: str) -> None:
        super().__init__(client, table)
        self._begin: Begin = dynamo.units_of_work(client)

    async def commit_posted(self, user_id: str, entry: Entry, posting: Posting) -> None:
        tx = self._begin()
        self.post(tx, user_id, entry, posting)
        await tx.commit()

    async def commit_refused(self, user_id: str, entry: Entry) -> None:
        tx = self._begin()
        self.refuse(tx, user_id, entry)
        await tx.commit()


@pytest.fixture
def store(client: Client, users_table: str) -> Committed:
    return Committed(client, users_table)


def effect_id(seq: int) -> str:
    return str(uuid.UUID(int=seq))


def entry(seq: int = 1, asset_id: str = "", quantity: Decimal = Decimal(0)) -> Entry:
    effect = Effect(
        effect_id(seq), fingerprint="b", kind=Kind.DEPOSIT, order_id="o-1" if asset_id else "", asset_id=asset_id
    )
    return Entry(
        effect, MOMENT, seq=seq, amount=Decimal("1.00"), balance_after=Decimal("1.00") * seq, quantity=quantity
    )


def account(version: int, kinds: Iterable[Kind] = ()) -> Account:
    """Returns an account after entries of these kinds (by default deposits), which have the ids by `effect_id`."""
    lines = b""
    for seq, kind in enumerate([*kinds] or [Kind.DEPOSIT] * version, 1):
        lines = with_line(lines, Line(effect_id(seq), kind))
    days = Day("2026-03-01", Decimal("1.00"), Decimal(0)), Day("2026-02-28", Decimal(0), Decimal("2.50"))
    return Account(Decimal("1.00") * version, Decimal(0), version, days, MOMENT, lines)


async def fill(store: Committed, user_id: str, count: int) -> list[Entry]:
    """Posts entries and returns them, newest first."""
    entries = [entry(seq) for seq in range(1, count + 1)]
    for one in entries:
        await store.commit_posted(user_id, one, Posting(account(one.seq), one.amount))
    return entries[::-1]


async def test_a_new_account_is_empty(store: Committed, user_id: str) -> None:
    fresh = await store.account(user_id)
    assert fresh is not None
    assert (fresh.available, fresh.held, fresh.version, fresh.days) == (0, 0, 0, ())
    assert await store.entries(user_id, ALL, Span(), 10) == ([], None)
    assert await store.holdings(user_id, None, 10) == ([], None)


async def test_an_entry_reads_back_as_it_was_posted(store: Committed, user_id: str) -> None:
    holding = Holding("BTC", quantity=LARGEST, held=Decimal(0), cost=Decimal("0.01"), version=1)
    written = entry(asset_id="BTC", quantity=LARGEST)
    await store.commit_posted(user_id, written, Posting(account(1), written.amount, holding, LARGEST))
    assert await store.account(user_id) == account(1)
    assert await store.holding(user_id, "BTC") == holding
    assert await store.entry(user_id, effect_id(1)) == written
    assert await store.entries(user_id, ALL, Span(), 10) == ([written], None)


async def test_numbers_read_back_exactly(store: Committed, user_id: str) -> None:
    for seq, quantity in enumerate((SMALLEST, LARGEST, LARGEST + SMALLEST), 1):
        holding = Holding("BTC", quantity=quantity, cost=Decimal("1000000.01"), version=seq)
        await store.commit_posted(user_id, entry(seq), Posting(account(seq), Decimal("1.00"), holding, quantity))
        back = await store.holding(user_id, "BTC")
        assert (str(back.quantity), back.cost) == (str(quantity), Decimal("1000000.01"))


async def test_an_effect_with_an_outcome_changes_nothing_again(store: Committed, user_id: str) -> None:
    await fill(store, user_id, 1)
    with pytest.raises(EntryExists):
        await store.commit_posted(user_id, replace(entry(), seq=2), Posting(account(2), Decimal("1.00")))
    assert await store.account(user_id) == account(1)
    assert (await store.entry(user_id, effect_id(1))) == entry()


@pytest.mark.parametrize("version", [1, 3, 4], ids=["same version", "one skipped", "two skipped"])
async def test_a_change_based_on_another_version_of_the_account_conflicts(
    store: Committed, user_id: str, version: int
) -> None:
    await fill(store, user_id, 1)
    with pytest.raises(Conflict):
        await store.commit_posted(user_id, entry(2), Posting(account(version), Decimal("1.00")))
    assert await store.account(user_id) == account(1)
    assert await store.entry(user_id, effect_id(2)) is None


async def test_a_conflict_on_the_holding_leaves_the_cash_unchanged(store: Committed, user_id: str) -> None:
    bought = Holding("BTC", Decimal(1), cost=Decimal(1), version=1)
    await store.commit_posted(user_id, entry(), Posting(account(1), Decimal("1.00"), bought, Decimal(1)))
    for stale in (bought, replace(bought, version=3)):
        with pytest.raises(Conflict):
            await store.commit_posted(user_id, entry(2), Posting(account(2), Decimal("1.00"), stale, Decimal(1)))
    assert await store.account(user_id) == account(1)
    assert await store.holding(user_id, "BTC") == bought


async def test_a_refusal_is_an_outcome_and_reads_back(store: Committed, user_id: str) -> None:
    refusal = FailedPrecondition("INSUFFICIENT_FUNDS", "not enough", needed="2.00", available="1.00")
    await store.commit_refused(user_id, replace(entry(), seq=0, refusal=refusal))
    back = await store.entry(user_id, effect_id(1))
    assert back is not None
    assert isinstance(back.refusal, FailedPrecondition)
    assert (back.refusal.reason, back.refusal.message, back.refusal.metadata) == (
        "INSUFFICIENT_FUNDS",
        "not enough",
        {"needed": "2.00", "available": "1.00"},
    )
    with pytest.raises(EntryExists):
        await store.commit_posted(user_id, entry(), Posting(account(1), Decimal("1.00")))
    with pytest.raises(EntryExists):
        await store.commit_refused(user_id, replace(entry(), seq=0, refusal=refusal))
    assert await store.entries(user_id, ALL, Span(), 10) == ([], None)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 200])
async def test_the_pages_of_the_ledger_are_complete_and_newest_first(store: Committed, user_id: str, size: int) -> None:
    written = await fill(store, user_id, 7)
    found, rest, pages = [], Span(), 0
    while rest is not None:
        page, rest = await store.entries(user_id, ALL, rest, size)
        assert len(page) <= size
        found += page
        pages += 1
    assert found == written
    assert pages <= 7 // size + 1


async def test_a_new_entry_between_pages_is_neither_skipped_nor_repeated(store: Committed, user_id: str) -> None:
    written = await fill(store, user_id, 4)
    first, rest = await store.entries(user_id, ALL, Span(), 2)
    assert rest is not None
    await store.commit_posted(user_id, entry(5), Posting(account(5), Decimal("1.00")))
    remaining, _ = await store.entries(user_id, ALL, rest, 10)
    assert first + remaining == written


async def walk(store: LedgerStore, user_id: str, wanted: EntryFilter, size: int) -> list[Entry]:
    """Returns the entries of all pages."""
    found: list[Entry] = []
    rest: Span | None = await store.span(user_id, wanted)
    while rest is not None:
        page, rest = await store.entries(user_id, wanted, rest, size)
        assert len(page) <= size
        found += page
    return found


MOMENTS = [None, *(MOMENT + timedelta(hours=hours) for hours in (-9000, 0, 2.25, 2.5, 9000))]


@pytest.mark.parametrize("size", [1, 3, 200])
async def test_the_pages_of_every_filter_are_complete(store: Committed, user_id: str, size: int) -> None:
    assert await walk(store, user_id, EntryFilter(start_time=MOMENT, end_time=LATER), size) == []
    kinds = list(Kind) * 3
    written = [made_at(n, timedelta(hours=n / 2), kind) for n, kind in enumerate(kinds, 1)]
    for one in written:
        await store.commit_posted(user_id, one, Posting(account(one.seq, kinds[: one.seq]), one.amount))
    for start, end in itertools.product(MOMENTS, repeat=2):
        for kind in (None, Kind.WITHDRAWAL):
            expected = [
                one
                for one in reversed(written)
                if kind in {None, one.effect.kind}
                and (start is None or start <= one.created_at)
                and (end is None or one.created_at < end)
            ]
            assert await walk(store, user_id, EntryFilter(kind, start, end), size) == expected


LATER = MOMENT + timedelta(days=365)


def made_at(seq: int, after: timedelta, kind: Kind = Kind.DEPOSIT) -> Entry:
    one = entry(seq)
    return replace(one, effect=replace(one.effect, kind=kind), created_at=MOMENT + after)


async def test_a_window_of_a_long_ledger_is_found_by_reading_little_even_beside_a_wrong_clock(
    client: Client, users_table: str, user_id: str
) -> None:
    counted = Counted(client)
    store = LedgerStore(counted.client, users_table)
    written = [made_at(seq, timedelta(hours=seq)) for seq in range(1, 3001)]
    for seq in range(7, 3001, 7):  # of several replicas one is far ahead, and one far behind
        written[seq - 1] = made_at(seq, timedelta(hours=seq, days=400 if seq % 2 else -400))
    await fill_at_once(client, users_table, user_id, written)
    for window, most in (((1500, 1510), 700), ((2990, 3001), 700), ((1, 5), 700), ((100, 2900), 6000)):
        start, end = (MOMENT + timedelta(hours=hour) for hour in window)
        counted.items_read = 0
        found = await walk(store, user_id, EntryFilter(start_time=start, end_time=end), 200)
        in_order = [one for one in written[::-1] if one.seq % 7]
        assert [one for one in found if one.seq % 7] == [one for one in in_order if start <= one.created_at < end]
        assert counted.items_read <= most, window


async def fill_at_once(client: Client, table: str, user_id: str, written: list[Entry]) -> None:
    """Writes entries, their chapters and the account, which only the test is allowed to do one by one."""
    accounts = [account(seq) for seq in range(1, len(written) + 1)]
    last = {**item_of_account(accounts[-1]), **key_of(user_id, "ACCOUNT")}
    items = [item_of_entry(user_id, one) for one in written]
    items += [item_of_chapter(user_id, one) for one in accounts if is_full(one.lines)]
    for start in range(0, len(items), 100):
        await asyncio.gather(*(client.put_item(table, item) for item in [*items[start : start + 100], last]))


async def test_a_chapter_ends_when_it_is_full(store: Committed, user_id: str) -> None:
    count = 2 * CHAPTER_SIZE + 1
    written = await fill(store, user_id, count)
    stored = await store.account(user_id)
    assert stored is not None
    assert unpacked(stored.lines) == [Line(effect_id(count), Kind.DEPOSIT)]
    assert await walk(store, user_id, ALL, 10) == written
    for first, end in itertools.pairwise((1, 2, CHAPTER_SIZE, CHAPTER_SIZE + 1, CHAPTER_SIZE + 2, count, count + 1)):
        page, rest = await store.entries(user_id, ALL, Span(first, end), 200)
        assert ([one.seq for one in page], rest) == ([*range(end - 1, first - 1, -1)], None)


async def test_a_listing_reads_only_what_it_shows(client: Client, users_table: str, user_id: str) -> None:
    counted = Counted(client)
    store = LedgerStore(counted.client, users_table)
    written = [made_at(seq, timedelta(hours=seq), Kind.DEPOSIT) for seq in range(1, 301)]
    await fill_at_once(client, users_table, user_id, written)
    for span, expected in ((Span(), written[:-11:-1]), (Span(end=101), written[99:89:-1])):
        counted.items_read = 0
        page, _ = await store.entries(user_id, ALL, span, 10)
        assert page == expected
        assert counted.items_read <= 15  # the account, at most two chapters, the entries and the next one
    assert await walk(store, user_id, EntryFilter(Kind.WITHDRAWAL), 10) == []


def test_an_account_costs_one_write_unit_per_kib_even_with_all_it_may_list() -> None:
    days = tuple(Day(f"2026-03-0{n}", LARGEST, LARGEST) for n in range(1, 5))
    full = replace(account(CHAPTER_SIZE), available=LARGEST, held=LARGEST, version=10**15 + 1, days=days)
    item = {**key_of(str(uuid.uuid4()), "ACCOUNT"), **item_of_account(full)}
    stored = py2dy(item)
    assert stored is not None
    assert item_bytes(stored) <= 1024


@pytest.mark.parametrize("size", [1, 2, 3, 4, 200])
async def test_the_pages_of_holdings_are_complete_without_empty_ones(store: Committed, user_id: str, size: int) -> None:
    kept = ["AAA", "BTC", "ETH", "ZRX"]
    for seq, asset_id in enumerate(["ZRX", "SOLD1", "AAA", "ETH", "BTC", "SOLD0", "AAA0"], 1):
        quantity = Decimal(1) if asset_id in kept else Decimal(0)
        holding = Holding(asset_id, quantity, cost=Decimal(1), version=1)
        await store.commit_posted(user_id, entry(seq), Posting(account(seq), Decimal("1.00"), holding, quantity))
    found, cursor = [], None
    for _ in range(100):
        page, cursor = await store.holdings(user_id, cursor, size)
        assert len(page) <= size
        found += page
        if cursor is None:
            break
    assert [holding.asset_id for holding in found] == kept


async def test_a_user_does_not_see_the_data_of_another(store: Committed, user_id: str) -> None:
    await fill(store, user_id, 1)
    assert await store.account("somebody-else") is None
    assert await store.entry("somebody-else", effect_id(1)) is None
    assert await store.entries("somebody-else", ALL, Span(), 10) == ([], None)
