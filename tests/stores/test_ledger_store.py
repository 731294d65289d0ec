from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import FailedPrecondition
from services.user.ledger.domain import Account, Effect, Entry, Holding, Kind, Posting
from services.user.ledger.store import EntryExists, LedgerStore, Stale

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
SMALLEST, LARGEST = Decimal("0.00000001"), Decimal("999999999999.99999999")


@pytest.fixture
def store(client: Client, users_table: str) -> LedgerStore:
    return LedgerStore(client, users_table)


def entry(effect_id: str, seq: int = 1, asset_id: str = "", quantity: Decimal = Decimal(0)) -> Entry:
    effect = Effect(effect_id, body="b", kind=Kind.DEPOSIT, order_id="o-1" if asset_id else "", asset_id=asset_id)
    return Entry(
        effect, MOMENT, seq=seq, amount=Decimal("1.00"), balance_after=Decimal("1.00") * seq, quantity=quantity
    )


def account(version: int) -> Account:
    return Account(Decimal("1.00") * version, Decimal(0), version, "2026-03-01", Decimal("1.00"), Decimal(0), MOMENT)


async def fill(store: LedgerStore, user_id: str, count: int) -> list[Entry]:
    """Entries, newest first."""
    made = [entry(f"e-{seq}", seq) for seq in range(1, count + 1)]
    for one in made:
        await store.post(user_id, one, Posting(account(one.seq), one.amount))
    return made[::-1]


async def test_a_new_account_is_empty(store: LedgerStore, user_id: str) -> None:
    fresh = await store.account(user_id)
    assert fresh is not None
    assert (fresh.available, fresh.held, fresh.version, fresh.deposited, fresh.withdrawn) == (0, 0, 0, 0, 0)
    assert await store.entries(user_id, None, 10) == ([], None)
    assert await store.holdings(user_id, None, 10) == ([], None)


async def test_what_was_posted_reads_back_as_it_was(store: LedgerStore, user_id: str) -> None:
    holding = Holding("BTC", quantity=LARGEST, held=Decimal(0), cost=Decimal("0.01"), version=1)
    written = entry("e-1", asset_id="BTC", quantity=LARGEST)
    await store.post(user_id, written, Posting(account(1), written.amount, holding, LARGEST))
    assert await store.account(user_id) == account(1)
    assert await store.holding(user_id, "BTC") == holding
    assert await store.entry(user_id, "e-1") == written
    assert await store.entries(user_id, None, 10) == ([written], None)


async def test_numbers_come_back_exactly(store: LedgerStore, user_id: str) -> None:
    for seq, quantity in enumerate((SMALLEST, LARGEST, LARGEST + SMALLEST), 1):
        holding = Holding("BTC", quantity=quantity, cost=Decimal("1000000.01"), version=seq)
        await store.post(user_id, entry(f"e-{seq}", seq), Posting(account(seq), Decimal("1.00"), holding, quantity))
        back = await store.holding(user_id, "BTC")
        assert (str(back.quantity), back.cost) == (str(quantity), Decimal("1000000.01"))


async def test_an_effect_that_has_an_outcome_changes_nothing_again(store: LedgerStore, user_id: str) -> None:
    await fill(store, user_id, 1)
    with pytest.raises(EntryExists):
        await store.post(user_id, entry("e-1", seq=2), Posting(account(2), Decimal("1.00")))
    assert await store.account(user_id) == account(1)
    assert (await store.entry(user_id, "e-1")) == entry("e-1")


@pytest.mark.parametrize("version", [1, 3, 4], ids=["the one before", "one ahead", "far ahead"])
async def test_a_change_of_what_was_not_read_last_is_stale(store: LedgerStore, user_id: str, version: int) -> None:
    await fill(store, user_id, 1)
    with pytest.raises(Stale):
        await store.post(user_id, entry("e-2", seq=2), Posting(account(version), Decimal("1.00")))
    assert await store.account(user_id) == account(1)
    assert await store.entry(user_id, "e-2") is None


async def test_a_stale_holding_leaves_the_cash_alone_too(store: LedgerStore, user_id: str) -> None:
    bought = Holding("BTC", Decimal(1), cost=Decimal(1), version=1)
    await store.post(user_id, entry("e-1"), Posting(account(1), Decimal("1.00"), bought, Decimal(1)))
    for stale in (bought, replace(bought, version=3)):
        with pytest.raises(Stale):
            await store.post(user_id, entry("e-2", 2), Posting(account(2), Decimal("1.00"), stale, Decimal(1)))
    assert await store.account(user_id) == account(1)
    assert await store.holding(user_id, "BTC") == bought


async def test_a_refusal_is_an_outcome_that_reads_back(store: LedgerStore, user_id: str) -> None:
    refusal = FailedPrecondition("INSUFFICIENT_FUNDS", "not enough", needed="2.00", available="1.00")
    await store.refuse(user_id, replace(entry("e-1", seq=0), refusal=refusal))
    back = await store.entry(user_id, "e-1")
    assert back is not None
    assert isinstance(back.refusal, FailedPrecondition)
    assert (back.refusal.reason, back.refusal.message, back.refusal.metadata) == (
        "INSUFFICIENT_FUNDS",
        "not enough",
        {"needed": "2.00", "available": "1.00"},
    )
    with pytest.raises(EntryExists):
        await store.post(user_id, entry("e-1"), Posting(account(1), Decimal("1.00")))
    with pytest.raises(EntryExists):
        await store.refuse(user_id, replace(entry("e-1", seq=0), refusal=refusal))
    assert await store.entries(user_id, None, 10) == ([], None)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 200])
async def test_pages_of_the_ledger_join_newest_first(store: LedgerStore, user_id: str, size: int) -> None:
    written = await fill(store, user_id, 7)
    found, before, pages = [], None, 0
    for _ in range(100):
        page, before = await store.entries(user_id, before, size)
        assert len(page) <= size
        found += page
        pages += 1
        if before is None:
            break
    assert found == written
    assert pages <= 7 // size + 1


async def test_an_entry_that_comes_between_pages_is_neither_missed_nor_repeated(
    store: LedgerStore, user_id: str
) -> None:
    written = await fill(store, user_id, 4)
    first, before = await store.entries(user_id, None, 2)
    await store.post(user_id, entry("e-5", 5), Posting(account(5), Decimal("1.00")))
    rest, _ = await store.entries(user_id, before, 10)
    assert first + rest == written


@pytest.mark.parametrize("size", [1, 2, 3, 4, 200])
async def test_pages_of_holdings_join_without_what_was_sold_off(store: LedgerStore, user_id: str, size: int) -> None:
    kept = ["AAA", "BTC", "ETH", "ZRX"]
    for seq, asset_id in enumerate(["ZRX", "SOLD1", "AAA", "ETH", "BTC", "SOLD0", "AAA0"], 1):
        quantity = Decimal(1) if asset_id in kept else Decimal(0)
        holding = Holding(asset_id, quantity, cost=Decimal(1), version=1)
        await store.post(user_id, entry(f"e-{seq}", seq), Posting(account(seq), Decimal("1.00"), holding, quantity))
    found, after = [], None
    for _ in range(100):
        page, after = await store.holdings(user_id, after, size)
        assert len(page) <= size
        found += page
        if after is None:
            break
    assert [holding.asset_id for holding in found] == kept


async def test_what_one_user_has_is_not_anothers(store: LedgerStore, user_id: str) -> None:
    await fill(store, user_id, 1)
    assert await store.account("somebody-else") is None
    assert await store.entry("somebody-else", "e-1") is None
    assert await store.entries("somebody-else", None, 10) == ([], None)
