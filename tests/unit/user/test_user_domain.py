from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.rpc.errors import FailedPrecondition, InvalidArgument
from services.user.identity.domain import check_password
from services.user.ledger.domain import Account, Holding, Limits

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMITS = Limits(deposit=Decimal("1000.00"), withdrawal=Decimal("500.00"))
NO_LIMITS = Limits(deposit=Decimal("1e12"), withdrawal=Decimal("1e12"))
amounts = st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-2))
quantities = st.integers(1, 10**20 - 1).map(lambda n: Decimal(n).scaleb(-8))


def account(available: str = "0", **changes: object) -> Account:
    fresh = Account(
        available=Decimal(available),
        held=Decimal(0),
        version=7,
        day="2026-03-01",
        deposited=Decimal(0),
        withdrawn=Decimal(0),
        updated_at=NOON - timedelta(hours=1),
    )
    return replace(fresh, **changes)  # type: ignore[arg-type]


def test_a_deposit_adds_and_counts_towards_the_day() -> None:
    after = account("1.00").deposit(Decimal("2.50"), LIMITS, NOON)
    assert (after.available, after.deposited, after.version, after.updated_at) == (
        Decimal("3.50"),
        Decimal("2.50"),
        8,
        NOON,
    )


def test_a_withdrawal_takes_and_counts_towards_the_day() -> None:
    after = account("3.00").withdraw(Decimal("3.00"), LIMITS, NOON)
    assert (after.available, after.withdrawn, after.deposited, after.version) == (0, Decimal("3.00"), 0, 8)


def test_more_than_there_is_cannot_be_taken() -> None:
    with pytest.raises(FailedPrecondition) as refusal:
        account("2.99").withdraw(Decimal("3.00"), LIMITS, NOON)
    assert refusal.value.reason == "INSUFFICIENT_FUNDS"
    assert refusal.value.metadata == {"needed": "3.00", "available": "2.99"}


def test_what_is_held_cannot_be_spent_but_is_part_of_the_balance() -> None:
    holding = account("1.00", held=Decimal("9.00"))
    assert holding.current == Decimal("10.00")
    with pytest.raises(FailedPrecondition):
        holding.pay(Decimal("1.01"), NOON)


def test_the_daily_limit_may_be_reached_but_not_passed() -> None:
    full = account().deposit(Decimal("999.99"), LIMITS, NOON).deposit(Decimal("0.01"), LIMITS, NOON)
    with pytest.raises(FailedPrecondition) as refusal:
        full.deposit(Decimal("0.01"), LIMITS, NOON)
    assert refusal.value.reason == "DAILY_LIMIT_REACHED"
    assert refusal.value.metadata == {"limit": "1000.00"}


def test_deposits_do_not_count_as_withdrawals_nor_trades_as_either() -> None:
    busy = account().deposit(Decimal("1000.00"), LIMITS, NOON).pay(Decimal("400.00"), NOON)
    busy = busy.receive(Decimal("400.00"), NOON).withdraw(Decimal("500.00"), LIMITS, NOON)
    assert busy.available == Decimal("500.00")
    with pytest.raises(FailedPrecondition) as refusal:
        busy.withdraw(Decimal("0.01"), LIMITS, NOON)
    assert refusal.value.reason == "DAILY_LIMIT_REACHED"


def test_a_new_day_starts_from_nothing_in_utc() -> None:
    full = account("900.00").deposit(Decimal("1000.00"), LIMITS, NOON).withdraw(Decimal("500.00"), LIMITS, NOON)
    last_moment = NOON.replace(hour=23, minute=59, second=59, microsecond=999999)
    with pytest.raises(FailedPrecondition):
        full.deposit(Decimal("0.01"), LIMITS, last_moment)
    fresh = full.deposit(Decimal("0.01"), LIMITS, last_moment + timedelta(microseconds=1))
    assert (fresh.day, fresh.deposited, fresh.withdrawn) == ("2026-03-02", Decimal("0.01"), 0)


def test_a_clock_that_is_behind_does_not_open_the_day_again() -> None:
    ahead, behind = datetime(2026, 3, 2, 0, 0, 1, tzinfo=UTC), datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
    full = account().deposit(Decimal("1000.00"), LIMITS, ahead)
    with pytest.raises(FailedPrecondition):
        full.deposit(Decimal("1000.00"), LIMITS, behind).deposit(Decimal("1000.00"), LIMITS, ahead)


@given(st.lists(st.tuples(st.sampled_from(["deposit", "withdraw", "pay", "receive"]), amounts), max_size=30))
def test_the_balance_is_the_sum_of_what_was_not_refused_and_never_negative(changes: list[tuple[str, Decimal]]) -> None:
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


def test_a_sale_takes_its_share_of_the_cost_along() -> None:
    sold = Holding("BTC", Decimal(4), Decimal(0), Decimal("100.00"), 3).sell(Decimal(1))
    assert (sold.quantity, sold.cost, sold.version) == (3, Decimal("75.00"), 4)


def test_the_last_sale_leaves_no_cost_behind() -> None:
    sold = Holding("BTC", Decimal("0.3"), Decimal(0), Decimal("10.00"), 3).sell(Decimal("0.1")).sell(Decimal("0.2"))
    assert (sold.quantity, sold.cost, sold.average_cost) == (0, 0, 0)


def test_more_than_is_free_cannot_be_sold() -> None:
    holding = Holding("BTC", Decimal("1.00000001"), Decimal("0.5"), Decimal(10), 1)
    assert holding.sell(Decimal("0.50000001")).available == 0
    with pytest.raises(FailedPrecondition) as refusal:
        holding.sell(Decimal("0.50000002"))
    assert refusal.value.reason == "INSUFFICIENT_HOLDINGS"
    assert refusal.value.metadata == {"needed": "0.50000002", "available": "0.50000001"}


@given(quantities, quantities, amounts)
def test_cost_never_appears_or_goes_negative_by_selling(bought: Decimal, sold: Decimal, cost: Decimal) -> None:
    holding = Holding("BTC").buy(bought, cost)
    if sold > bought:
        with pytest.raises(FailedPrecondition):
            holding.sell(sold)
    else:
        left = holding.sell(sold)
        assert left.quantity == bought - sold
        assert 0 <= left.cost <= cost


@pytest.mark.parametrize("password", ["password1234", "PASSWORD1234", "aaaaaaaaaaaaa", "AaAaAaAaAaAaA", "            "])
def test_a_common_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="too common"):
        check_password(password, "somebody", frozenset({"password1234"}))


@pytest.mark.parametrize("password", ["alice-in-the-house", "the house of ALICE", "xxALiCexxxxxx"])
def test_a_password_with_the_username_in_it_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="username"):
        check_password(password, "Alice", frozenset())


@pytest.mark.parametrize("password", ["correct horse battery", "åååååååååååä", "passwort1234!"])
def test_any_other_password_is_good(password: str) -> None:
    check_password(password, "alice", frozenset({"password1234"}))
