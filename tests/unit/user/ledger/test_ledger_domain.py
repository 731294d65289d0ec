from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.rpc.errors import FailedPrecondition, InvalidArgument
from services.user.ledger.account import Account, DailyLimits, Day
from services.user.ledger.domain import Effect, Entry, Holding, Posting, Trade, cash_effect
from services.user.ledger.lines import Kind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMITS = DailyLimits(deposit=Decimal("1000.00"), withdrawal=Decimal("500.00"))
NO_LIMITS = DailyLimits(deposit=Decimal("1e12"), withdrawal=Decimal("1e12"))
amounts = st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-2))
quantities = st.integers(1, 10**20 - 1).map(lambda n: Decimal(n).scaleb(-8))


def account(available: str = "0", held: str = "0") -> Account:
    return Account(
        available=Decimal(available),
        held=Decimal(held),
        version=7,
        days=(),
        updated_at=NOON - timedelta(hours=1),
    )


def test_a_deposit_adds_cash_and_counts_towards_the_daily_limit() -> None:
    after = account("1.00").deposit(Decimal("2.50"), LIMITS, NOON)
    assert (after.available, after.version, after.updated_at) == (Decimal("3.50"), 8, NOON)
    assert after.days == (Day("2026-03-01", deposited=Decimal("2.50")),)


def test_a_withdrawal_takes_cash_and_counts_towards_the_daily_limit() -> None:
    after = account("3.00").withdraw(Decimal("3.00"), LIMITS, NOON)
    assert (after.available, after.version) == (0, 8)
    assert after.days == (Day("2026-03-01", withdrawn=Decimal("3.00")),)


def test_more_than_the_available_cash_cannot_be_withdrawn() -> None:
    with pytest.raises(FailedPrecondition) as refusal:
        account("2.99").withdraw(Decimal("3.00"), LIMITS, NOON)
    assert refusal.value.reason == "INSUFFICIENT_FUNDS"
    assert refusal.value.metadata == {"needed": "3.00", "available": "2.99"}


def test_held_cash_is_part_of_the_balance_but_cannot_be_spent() -> None:
    holding = account("1.00", held="9.00")
    assert holding.current == Decimal("10.00")
    with pytest.raises(FailedPrecondition):
        holding.pay(Decimal("1.01"), NOON)


def test_the_daily_limit_can_be_reached_but_not_exceeded() -> None:
    full = account().deposit(Decimal("999.99"), LIMITS, NOON).deposit(Decimal("0.01"), LIMITS, NOON)
    with pytest.raises(FailedPrecondition) as refusal:
        full.deposit(Decimal("0.01"), LIMITS, NOON)
    assert refusal.value.reason == "DAILY_LIMIT_REACHED"
    assert refusal.value.metadata == {"limit": "1000.00"}


def test_the_limits_are_separate_and_trades_count_towards_neither() -> None:
    busy = account().deposit(Decimal("1000.00"), LIMITS, NOON).pay(Decimal("400.00"), NOON)
    busy = busy.receive(Decimal("400.00"), NOON).withdraw(Decimal("500.00"), LIMITS, NOON)
    assert busy.available == Decimal("500.00")
    with pytest.raises(FailedPrecondition) as refusal:
        busy.withdraw(Decimal("0.01"), LIMITS, NOON)
    assert refusal.value.reason == "DAILY_LIMIT_REACHED"


def test_the_daily_totals_start_again_at_midnight_utc() -> None:
    full = account("900.00").deposit(Decimal("1000.00"), LIMITS, NOON).withdraw(Decimal("500.00"), LIMITS, NOON)
    last_moment = NOON.replace(hour=23, minute=59, second=59, microsecond=999999)
    with pytest.raises(FailedPrecondition):
        full.deposit(Decimal("0.01"), LIMITS, last_moment)
    fresh = full.deposit(Decimal("0.01"), LIMITS, last_moment + timedelta(microseconds=1))
    assert fresh.days[0] == Day("2026-03-02", deposited=Decimal("0.01"))


def is_full(full: Account, now: datetime) -> bool:
    """Tells whether an account admits no more deposits on a day."""
    try:
        full.deposit(Decimal("0.01"), LIMITS, now)
    except FailedPrecondition:
        return True
    return False


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=40)])
def test_a_clock_that_is_days_ahead_neither_blocks_the_limits_of_today_nor_resets_them(ahead: timedelta) -> None:
    full = account().deposit(Decimal("1000.00"), LIMITS, NOON)
    elsewhere = full.deposit(Decimal("1000.00"), LIMITS, NOON + ahead)
    assert is_full(elsewhere, NOON)
    other_order = account().deposit(Decimal("1000.00"), LIMITS, NOON + ahead)
    assert is_full(other_order.deposit(Decimal("1000.00"), LIMITS, NOON), NOON)


def test_clocks_that_disagree_about_the_date_share_the_totals_of_each_date() -> None:
    """Whatever the order, a date is used up once: also for the clock for which it comes later."""
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    before, after = midnight - timedelta(seconds=1), midnight + timedelta(seconds=1)
    full = account()
    for now in (after, before):
        full = full.deposit(Decimal("1000.00"), LIMITS, now)
    assert [is_full(full, now) for now in (before, after, before)] == [True] * 3


@given(st.lists(st.sampled_from([0, 40]), max_size=12))
def test_no_sequence_of_a_right_and_a_wrong_clock_exceeds_the_limit_of_a_date(offsets: list[int]) -> None:
    current, days = account(), [NOON + timedelta(days=number // 6) for number in range(12)]
    totals: dict[str, Decimal] = {}
    for day, offset in zip(days, offsets, strict=False):
        now = day + timedelta(days=offset)
        for _ in range(2):
            try:
                current = current.deposit(Decimal("600.00"), LIMITS, now)
            except FailedPrecondition:
                continue
            date = now.date().isoformat()
            totals[date] = totals.get(date, Decimal(0)) + Decimal("600.00")
    assert all(total <= LIMITS.deposit for total in totals.values())
    assert len(current.days) <= 4


@given(st.lists(st.tuples(st.sampled_from(["deposit", "withdraw", "pay", "receive"]), amounts), max_size=30))
def test_the_balance_is_the_sum_of_the_accepted_changes_and_never_negative(changes: list[tuple[str, Decimal]]) -> None:
    current, total, done = account(), Decimal(0), 0
    for kind, amount in changes:
        extra = (NO_LIMITS,) if kind in {"deposit", "withdraw"} else ()
        try:
            current = getattr(current, kind)(amount, *extra, NOON)
        except FailedPrecondition:
            assert kind in {"withdraw", "pay"}
            assert amount > total
        else:
            total += amount if kind in {"deposit", "receive"} else -amount
            done += 1
        assert current.available == total >= 0
    assert current.version == 7 + done


def test_a_purchase_adds_quantity_and_cost() -> None:
    bought = Holding("BTC").buy(Decimal("0.5"), Decimal("50.00")).buy(Decimal("0.5"), Decimal("150.00"))
    assert (bought.quantity, bought.cost, bought.version) == (1, Decimal("200.00"), 2)
    assert bought.average_cost == Decimal("200.00000000")


def test_a_sale_reduces_the_cost_in_proportion() -> None:
    sold = Holding("BTC", Decimal(4), Decimal(0), Decimal("100.00"), 3).sell(Decimal(1))
    assert (sold.quantity, sold.cost, sold.version) == (3, Decimal("75.00"), 4)


def test_an_empty_holding_has_no_cost() -> None:
    sold = Holding("BTC", Decimal("0.3"), Decimal(0), Decimal("10.00"), 3).sell(Decimal("0.1")).sell(Decimal("0.2"))
    assert (sold.quantity, sold.cost, sold.average_cost) == (0, 0, 0)


def test_more_than_the_available_quantity_cannot_be_sold() -> None:
    holding = Holding("BTC", Decimal("1.00000001"), Decimal("0.5"), Decimal(10), 1)
    assert holding.sell(Decimal("0.50000001")).available == 0
    with pytest.raises(FailedPrecondition) as refusal:
        holding.sell(Decimal("0.50000002"))
    assert refusal.value.reason == "INSUFFICIENT_HOLDINGS"
    assert refusal.value.metadata == {"needed": "0.50000002", "available": "0.50000001"}


@given(quantities, quantities, amounts)
def test_a_sale_never_increases_the_cost_or_makes_it_negative(bought: Decimal, sold: Decimal, cost: Decimal) -> None:
    holding = Holding("BTC").buy(bought, cost)
    if sold > bought:
        with pytest.raises(FailedPrecondition):
            holding.sell(sold)
    else:
        left = holding.sell(sold)
        assert left.quantity == bought - sold
        assert 0 <= left.cost <= cost


BUY = Trade("o-1", is_buy=True, asset_id="BTC", quantity=Decimal("0.5"), amount=Decimal("60.00"))
FINGERPRINT = "9c468ea76a9f8b6b9a4308e34e6b0d61"  # of BUY, as entries have stored it  # pragma: allowlist secret


def test_a_buy_pays_cash_for_the_asset() -> None:
    posting = BUY.settle(account("100.00"), Holding("BTC"), NOON)
    assert (posting.account.available, posting.amount) == (Decimal("40.00"), Decimal("-60.00"))
    assert (posting.holding, posting.quantity) == (Holding("BTC").buy(BUY.quantity, BUY.amount), Decimal("0.5"))
    with pytest.raises(FailedPrecondition, match="needed"):
        BUY.settle(account("59.99"), Holding("BTC"), NOON)


def test_a_sell_receives_cash_for_the_asset() -> None:
    sell, holding = replace(BUY, is_buy=False), Holding("BTC", Decimal("0.5"), cost=Decimal(1), version=1)
    posting = sell.settle(account("100.00"), holding, NOON)
    assert (posting.account.available, posting.amount) == (Decimal("160.00"), Decimal("60.00"))
    assert (posting.holding, posting.quantity) == (holding.sell(BUY.quantity), Decimal("-0.5"))
    with pytest.raises(FailedPrecondition, match="BTC"):
        replace(sell, quantity=Decimal("0.6")).settle(account("100.00"), holding, NOON)


def test_a_buy_pays_its_fee_on_top_and_the_fee_joins_the_cost() -> None:
    buy = replace(BUY, fee=Decimal("0.06"))
    posting = buy.settle(account("60.06"), Holding("BTC"), NOON)
    assert (posting.account.available, posting.amount, posting.fee) == (0, Decimal("-60.06"), Decimal("0.06"))
    assert posting.holding == Holding("BTC").buy(BUY.quantity, Decimal("60.06"))
    with pytest.raises(FailedPrecondition) as refused:
        buy.settle(account("60.05"), Holding("BTC"), NOON)
    assert refused.value.metadata == {"needed": "60.06", "available": "60.05"}


def test_a_sell_brings_the_amount_less_the_fee_and_never_costs_anything() -> None:
    holding = Holding("BTC", Decimal("0.5"), cost=Decimal(1), version=1)
    sell = replace(BUY, is_buy=False, fee=Decimal("0.06"))
    posting = sell.settle(account("0.00"), holding, NOON)
    assert (posting.account.available, posting.amount, posting.fee) == (
        Decimal("59.94"), Decimal("59.94"), Decimal("0.06"),
    )  # fmt: skip
    for dust in (Decimal("0.00"), Decimal("0.01")):
        assert replace(sell, amount=dust, fee=dust).settle(account("0.00"), holding, NOON).account.available == 0
    with pytest.raises(InvalidArgument, match="fee must not be above the amount of a sell"):
        replace(sell, amount=Decimal("0.01"), fee=Decimal("0.02"))


@given(amounts, amounts, quantities)
def test_no_round_trip_gains(amount: Decimal, fee: Decimal, quantity: Decimal) -> None:
    buy = replace(BUY, amount=amount, quantity=quantity, fee=fee)
    bought = buy.settle(account(str(buy.net_amount)), Holding("BTC"), NOON)
    assert bought.holding is not None
    sell = replace(buy, is_buy=False, fee=min(fee, amount))
    sold = sell.settle(bought.account, bought.holding, NOON)
    assert 0 <= sold.account.available <= buy.net_amount - fee
    assert sold.holding == Holding("BTC", version=2)


def test_a_trade_without_a_fee_has_the_fingerprint_that_it_had_before_there_were_fees() -> None:
    assert BUY.effect().fingerprint == FINGERPRINT
    assert replace(BUY, fee=Decimal("0.00")).effect().fingerprint == FINGERPRINT
    assert replace(BUY, fee=Decimal("0.01")).effect().fingerprint != FINGERPRINT


def test_the_order_names_the_effect_of_a_trade_and_the_body_tells_trades_apart() -> None:
    others = [
        replace(BUY, is_buy=False),
        replace(BUY, asset_id="ETH"),
        replace(BUY, quantity=Decimal("0.6")),
        replace(BUY, amount=Decimal("60.01")),
        replace(BUY, fee=Decimal("0.01")),
    ]
    assert {other.effect().effect_id for other in others} == {BUY.effect().effect_id}
    assert len({trade.effect().fingerprint for trade in (BUY, *others)}) == 6
    assert replace(BUY, order_id="o-2").effect().effect_id != BUY.effect().effect_id


def test_a_request_id_names_one_change_of_cash_of_a_user() -> None:
    deposit = cash_effect("u-1", Kind.DEPOSIT, Decimal("5.00"), "r-1")
    assert deposit == cash_effect("u-1", Kind.DEPOSIT, Decimal("5.0"), "r-1")
    withdrawal = cash_effect("u-1", Kind.WITHDRAWAL, Decimal("5.00"), "r-1")
    assert (withdrawal.effect_id, withdrawal.fingerprint == deposit.fingerprint) == (deposit.effect_id, False)
    assert cash_effect("u-2", Kind.DEPOSIT, Decimal("5.00"), "r-1").effect_id != deposit.effect_id
    assert cash_effect("u-1", Kind.DEPOSIT, Decimal("5.00"), "r-2").effect_id != deposit.effect_id


def test_a_posted_entry_records_the_account_after_the_change() -> None:
    effect = Effect("e-1", fingerprint="b", kind=Kind.DEPOSIT)
    after = account("1.00", held="2.00").deposit(Decimal("4.00"), LIMITS, NOON)
    entry = Entry.posted(effect, Posting(after, Decimal("4.00")))
    assert (entry.effect, entry.seq, entry.created_at, entry.refusal) == (effect, 8, NOON, None)
    assert (entry.amount, entry.balance_after) == (Decimal("4.00"), Decimal("7.00"))
