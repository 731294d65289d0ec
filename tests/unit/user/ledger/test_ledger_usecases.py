"""The account use cases over an in-memory ledger."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from ledger_fakes import Clock, FakeLedger, accounts_over

from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, NotFound, Unavailable
from services.user.ledger.account import DailyLimits
from services.user.ledger.domain import Entry, EntryFilter, Holding, Trade
from services.user.ledger.lines import Kind
from services.user.ledger.usecases import Accounts
from tests.unit.user.fakes import during

BUY = Trade("o-1", is_buy=True, asset_id="BTC", quantity=Decimal("0.5"), amount=Decimal("60.00"))
SELL = Trade("o-2", is_buy=False, asset_id="BTC", quantity=Decimal("0.2"), amount=Decimal("30.00"))


@pytest.fixture
def ledger() -> FakeLedger:
    """Returns a ledger with an account of 100 dollars."""
    made = FakeLedger()
    made.open("u-1", "100.00")
    return made


@pytest.fixture
def replicas(ledger: FakeLedger) -> list[Accounts]:
    return [accounts_over(ledger), accounts_over(ledger)]


@pytest.fixture
def accounts(replicas: list[Accounts]) -> Accounts:
    return replicas[0]


def cash(ledger: FakeLedger) -> Decimal:
    return ledger.stored_accounts["u-1"].available


async def test_a_deposit_is_posted_once(ledger: FakeLedger, accounts: Accounts) -> None:
    entry = await accounts.deposit("u-1", Decimal("5.00"), "r-1")
    assert (entry.effect.kind, entry.seq, entry.amount) == (Kind.DEPOSIT, 1, Decimal("5.00"))
    assert entry.balance_after == cash(ledger) == Decimal("105.00")
    assert ledger.calls == ["account", "write"]


async def test_a_withdrawal_is_posted_once(ledger: FakeLedger, accounts: Accounts) -> None:
    entry = await accounts.withdraw("u-1", Decimal("30.00"), "r-1")
    assert (entry.effect.kind, entry.seq, entry.amount) == (Kind.WITHDRAWAL, 1, Decimal("-30.00"))
    assert entry.balance_after == cash(ledger) == Decimal("70.00")


async def test_a_settlement_moves_cash_and_holding_once(ledger: FakeLedger, accounts: Accounts) -> None:
    bought = await accounts.settle("u-1", BUY)
    assert (bought.effect.kind, bought.amount, bought.quantity) == (
        Kind.ORDER_PAYMENT,
        Decimal("-60.00"),
        Decimal("0.5"),
    )
    assert ledger.calls == ["account", "holding", "write"]
    sold = await accounts.settle("u-1", SELL)
    assert (sold.effect.kind, sold.amount, sold.quantity) == (Kind.ORDER_SALE, Decimal("30.00"), Decimal("-0.2"))
    assert cash(ledger) == Decimal("70.00")
    assert ledger.stored_holdings["u-1", "BTC"] == Holding("BTC", Decimal("0.3"), cost=Decimal("36.00"), version=2)


async def test_a_replay_returns_the_first_entry_without_effect(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    first = await replicas[0].deposit("u-1", Decimal("5.00"), "r-1")
    await replicas[0].withdraw("u-1", Decimal("1.00"), "r-2")
    for replica in replicas:
        ledger.calls.clear()
        assert await replica.deposit("u-1", Decimal("5.0"), "r-1") == first
        assert ledger.calls[-2:] == ["write", "entry"]
    assert cash(ledger) == Decimal("104.00")


async def test_a_replay_of_a_settlement_returns_the_first_entry(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    first = await replicas[0].settle("u-1", BUY)
    assert [await replica.settle("u-1", BUY) for replica in replicas] == [first, first]
    assert cash(ledger) == Decimal("40.00")


async def test_a_replay_after_a_lost_response_returns_the_entry(ledger: FakeLedger, accounts: Accounts) -> None:
    ledger.lost_responses = 1
    with pytest.raises(ConnectionError):
        await accounts.deposit("u-1", Decimal("5.00"), "r-1")
    assert (await accounts.deposit("u-1", Decimal("5.00"), "r-1")).balance_after == Decimal("105.00")
    assert (await accounts.deposit("u-1", Decimal("5.00"), "r-2")).balance_after == Decimal("110.00")


async def test_a_replay_of_a_refusal_raises_it_again(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    with pytest.raises(FailedPrecondition) as first:
        await replicas[0].withdraw("u-1", Decimal("100.01"), "r-1")
    assert first.value.reason == "INSUFFICIENT_FUNDS"
    assert first.value.metadata == {"needed": "100.01", "available": "100.00"}
    await replicas[0].deposit("u-1", Decimal("50.00"), "r-2")
    for replica in replicas:
        with pytest.raises(FailedPrecondition) as again:
            await replica.withdraw("u-1", Decimal("100.01"), "r-1")
        assert again.value == first.value
    assert cash(ledger) == Decimal("150.00")


async def test_a_refused_sale_raises_the_same_refusal_after_a_purchase(accounts: Accounts) -> None:
    for _ in range(2):
        with pytest.raises(FailedPrecondition) as refusal:
            await accounts.settle("u-1", SELL)
        assert refusal.value.reason == "INSUFFICIENT_HOLDINGS"
        await accounts.settle("u-1", BUY)


@pytest.mark.parametrize(("kind", "amount"), [("deposit", "5.01"), ("withdraw", "5.00"), ("withdraw", "1000.00")])
async def test_a_request_id_with_another_body_is_refused(
    ledger: FakeLedger, accounts: Accounts, kind: str, amount: str
) -> None:
    await accounts.deposit("u-1", Decimal("5.00"), "r-1")
    with pytest.raises(AlreadyExists) as refusal:
        await getattr(accounts, kind)("u-1", Decimal(amount), "r-1")
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert cash(ledger) == Decimal("105.00")


async def test_a_settlement_of_an_order_with_other_values_is_refused(ledger: FakeLedger, accounts: Accounts) -> None:
    await accounts.settle("u-1", BUY)
    with pytest.raises(AlreadyExists) as refusal:
        await accounts.settle("u-1", replace(BUY, amount=Decimal("10.00")))
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert cash(ledger) == Decimal("40.00")


async def test_a_second_change_does_not_read(ledger: FakeLedger, accounts: Accounts) -> None:
    await accounts.settle("u-1", BUY)
    ledger.calls.clear()
    await accounts.deposit("u-1", Decimal("1.00"), "r-1")
    await accounts.settle("u-1", SELL)
    assert ledger.calls == ["write", "write"]


async def test_a_conflict_invalidates_the_cache_and_is_retried(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    here, there = replicas
    await here.deposit("u-1", Decimal("1.00"), "r-1")
    await there.deposit("u-1", Decimal("2.00"), "r-2")
    ledger.calls.clear()
    entry = await here.deposit("u-1", Decimal("4.00"), "r-3")
    assert (entry.seq, entry.balance_after) == (3, Decimal("107.00"))
    assert ledger.calls == ["write", "account", "write"]


async def test_a_conflict_on_the_holding_is_retried(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    here, there = replicas
    await here.settle("u-1", BUY)
    await there.settle("u-1", SELL)
    ledger.calls.clear()
    await here.settle("u-1", replace(SELL, order_id="o-3"))
    assert ledger.calls == ["write", "account", "holding", "write"]
    assert ledger.stored_holdings["u-1", "BTC"].quantity == Decimal("0.1")


async def test_a_refusal_is_based_on_a_read_and_not_on_the_cache(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    here, there = replicas
    await here.withdraw("u-1", Decimal("90.00"), "r-1")
    await there.deposit("u-1", Decimal("40.00"), "r-2")
    ledger.calls.clear()
    await here.withdraw("u-1", Decimal("50.00"), "r-3")  # its cache says 10.00
    assert ledger.calls == ["account", "write"]
    assert cash(ledger) == 0
    ledger.calls.clear()
    with pytest.raises(FailedPrecondition):
        await there.withdraw("u-1", Decimal("50.00"), "r-4")  # its cache says 50.00
    assert ledger.calls == ["write", "account", "write"]


async def test_changes_within_a_process_do_not_conflict(ledger: FakeLedger, accounts: Accounts) -> None:
    await asyncio.gather(*(accounts.deposit("u-1", Decimal("1.00"), f"r-{n}") for n in range(10)))
    assert cash(ledger) == Decimal("110.00")
    assert ledger.calls == ["account", *["write"] * 10]


async def test_competing_replicas_lose_no_change(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    await asyncio.gather(*(replicas[n % 2].deposit("u-1", Decimal("1.00"), f"r-{n}") for n in range(20)))
    assert cash(ledger) == Decimal("120.00")
    assert ledger.stored_accounts["u-1"].version == 20


async def test_contention_until_the_deadline_is_unavailable(ledger: FakeLedger, accounts: Accounts) -> None:
    ledger.is_contended = True

    async def serve() -> Entry:
        call.enter(call.Call("r", time.monotonic() + 0.05))
        return await accounts.deposit("u-1", Decimal("1.00"), "r-1")

    with pytest.raises(Unavailable) as error:
        await asyncio.create_task(serve())
    assert error.value.reason == "CONTENTION"
    assert (cash(ledger), ledger.stored_entries) == (Decimal("100.00"), {})


async def test_the_daily_limits_are_final_refusals_and_start_again_the_next_day(ledger: FakeLedger) -> None:
    clock = Clock()
    accounts = accounts_over(ledger, DailyLimits(Decimal("20.00"), Decimal("10.00")), clock)
    await accounts.deposit("u-1", Decimal("20.00"), "in-1")
    await accounts.withdraw("u-1", Decimal("10.00"), "out-1")
    for day in range(2):
        clock.time += timedelta(days=day)
        with pytest.raises(FailedPrecondition) as refusal:
            await accounts.deposit("u-1", Decimal("0.01"), "in-2")
        assert (refusal.value.reason, refusal.value.metadata) == ("DAILY_LIMIT_REACHED", {"limit": "20.00"})
        with pytest.raises(FailedPrecondition) as refusal:
            await accounts.withdraw("u-1", Decimal("0.01"), "out-2")
        assert (refusal.value.reason, refusal.value.metadata) == ("DAILY_LIMIT_REACHED", {"limit": "10.00"})
    await accounts.deposit("u-1", Decimal("20.00"), "in-3")
    await accounts.withdraw("u-1", Decimal("10.00"), "out-3")
    assert cash(ledger) == Decimal("120.00")


async def test_an_unknown_account_is_not_found(accounts: Accounts) -> None:
    for attempt in (
        accounts.balance("u-2"),
        accounts.deposit("u-2", Decimal("1.00"), "r-1"),
        accounts.withdraw("u-2", Decimal("1.00"), "r-2"),
    ):
        with pytest.raises(NotFound) as refusal:
            await attempt
        assert refusal.value.reason == "ACCOUNT_NOT_FOUND"


@pytest.mark.parametrize("trade", [BUY, SELL], ids=["buy", "sell"])
async def test_a_trade_of_an_account_that_is_gone_never_settles_also_if_the_account_returns(
    ledger: FakeLedger, replicas: list[Accounts], trade: Trade
) -> None:
    with pytest.raises(FailedPrecondition) as refusal:
        await replicas[0].settle("u-2", trade)
    assert refusal.value.reason == "ACCOUNT_NOT_FOUND"
    ledger.open("u-2", "1000.00")
    with pytest.raises(FailedPrecondition) as refusal:
        await replicas[1].settle("u-2", trade)
    assert refusal.value.reason == "ACCOUNT_NOT_FOUND"
    assert ledger.stored_accounts["u-2"].available == Decimal("1000.00")


async def test_a_voided_trade_never_settles(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    for replica in (*replicas, *replicas):
        assert (await replica.void("u-1", BUY)).reason == "TRADE_VOIDED"
    for replica in replicas:
        with pytest.raises(FailedPrecondition) as refusal:
            await replica.settle("u-1", BUY)
        assert refusal.value.reason == "TRADE_VOIDED"
    assert cash(ledger) == Decimal("100.00")


async def test_a_trade_that_was_refused_keeps_its_refusal_when_it_is_voided(accounts: Accounts) -> None:
    expensive = replace(BUY, amount=Decimal("100.01"))
    with pytest.raises(FailedPrecondition):
        await accounts.settle("u-1", expensive)
    refusal = await accounts.void("u-1", expensive)
    assert (refusal.reason, refusal.metadata) == ("INSUFFICIENT_FUNDS", {"needed": "100.01", "available": "100.00"})


async def test_a_settled_trade_cannot_be_voided(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    await replicas[0].settle("u-1", BUY)
    with pytest.raises(FailedPrecondition) as refusal:
        await replicas[1].void("u-1", BUY)
    assert refusal.value.reason == "TRADE_SETTLED"
    assert cash(ledger) == Decimal("40.00")


async def test_a_trade_with_other_values_is_not_voided(accounts: Accounts) -> None:
    await accounts.settle("u-1", BUY)
    with pytest.raises(AlreadyExists):
        await accounts.void("u-1", replace(BUY, amount=Decimal("60.01")))


async def test_a_holding_is_found_until_it_is_sold(accounts: Accounts) -> None:
    async def reason() -> str:
        try:
            await accounts.holding("u-1", "BTC")
        except NotFound as refusal:
            return refusal.reason
        return ""

    assert await reason() == "HOLDING_NOT_FOUND"
    await accounts.settle("u-1", BUY)
    assert await reason() == ""
    await accounts.settle("u-1", replace(SELL, quantity=BUY.quantity))
    assert await reason() == "HOLDING_NOT_FOUND"


async def test_a_stale_cache_costs_no_pause_for_which_a_call_may_lack_the_time(
    ledger: FakeLedger, replicas: list[Accounts]
) -> None:
    here, there = replicas
    for replica in (*replicas, *replicas):
        await replica.settle("u-1", replace(BUY, order_id=f"o-{len(ledger.calls)}", amount=Decimal("1.00")))
    now = time.monotonic()
    await during(call.Call("r", now), lambda: there.deposit("u-1", Decimal("1.00"), "r-1"))
    await during(call.Call("r", now), lambda: here.deposit("u-1", Decimal("1.00"), "r-2"))
    await during(call.Call("r", now), lambda: there.settle("u-1", SELL))
    assert cash(ledger) == Decimal("128.00")


async def test_after_a_refusal_nothing_stale_remains_in_the_cache(ledger: FakeLedger, replicas: list[Accounts]) -> None:
    here, there = replicas
    await here.withdraw("u-1", Decimal("90.00"), "r-1")
    await there.withdraw("u-1", Decimal("5.00"), "r-2")
    with pytest.raises(FailedPrecondition):
        await here.withdraw("u-1", Decimal("50.00"), "r-3")  # its cache says 10.00
    ledger.calls.clear()
    await here.deposit("u-1", Decimal("1.00"), "r-4")
    assert ledger.calls == ["account", "write"]


@pytest.mark.parametrize("refused", ["0.6", "0.2"], ids=["more than its cache has", "less than its cache has"])
async def test_after_a_refused_sale_no_stale_holding_remains_in_the_cache(
    ledger: FakeLedger, replicas: list[Accounts], refused: str
) -> None:
    here, there = replicas
    await here.settle("u-1", BUY)
    await there.settle("u-1", replace(SELL, quantity=Decimal("0.4")))
    with pytest.raises(FailedPrecondition):
        await here.settle("u-1", replace(SELL, order_id="o-3", quantity=Decimal(refused)))
    await here.deposit("u-1", Decimal("1.00"), "r-1")  # the account is in the cache again
    ledger.calls.clear()
    await here.settle("u-1", replace(SELL, order_id="o-4", quantity=Decimal("0.1")))
    assert ledger.calls == ["account", "holding", "write"]


async def test_a_change_that_started_from_a_read_pauses_before_it_is_tried_again(
    ledger: FakeLedger, accounts: Accounts
) -> None:
    await accounts.deposit("u-1", Decimal("1.00"), "r-1")  # the account is in the cache, but no holding
    ledger.is_contended = True
    ledger.calls.clear()
    with pytest.raises(Unavailable):
        await during(call.Call("r", time.monotonic()), lambda: accounts.settle("u-1", BUY))
    assert ledger.calls == ["account", "holding", "write"]


async def test_transactions_are_the_posted_entries_newest_first(accounts: Accounts) -> None:
    made = [await accounts.deposit("u-1", Decimal(n), f"r-{n}") for n in range(1, 6)]
    with pytest.raises(FailedPrecondition):
        await accounts.withdraw("u-1", Decimal("1000.00"), "r-6")
    first, rest = await accounts.transactions("u-1", EntryFilter(), None, 3)
    second, end = await accounts.transactions("u-1", EntryFilter(), rest, 3)
    assert first + second == made[::-1]
    assert end is None
