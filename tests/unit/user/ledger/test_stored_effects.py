"""What the ledger stores of an effect: its id, under which a replay finds it, its time, and its refusal."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from ledger_fakes import NOON, Clock, FakeLedger, accounts_over

from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable
from services.user.ledger.account import DailyLimits
from services.user.ledger.domain import Entry, Trade, cash_effect
from services.user.ledger.lines import Kind
from services.user.ledger.usecases import Accounts

BUY = Trade("o-1", is_buy=True, asset_id="BTC", quantity=Decimal("0.5"), amount=Decimal("60.00"))
SELL = Trade("o-2", is_buy=False, asset_id="BTC", quantity=Decimal("0.2"), amount=Decimal("30.00"))


@pytest.fixture
def ledger() -> FakeLedger:
    """Returns a ledger with an account of 100 dollars."""
    made = FakeLedger()
    made.open("u-1", "100.00")
    return made


@pytest.fixture
def clock() -> Clock:
    """An hour after the account was opened."""
    clock = Clock()
    clock.time += timedelta(hours=1)
    return clock


@pytest.fixture
def accounts(ledger: FakeLedger, clock: Clock) -> Accounts:
    return accounts_over(ledger, clock=clock)


def test_an_effect_keeps_its_id() -> None:
    assert cash_effect("u-1", Kind.DEPOSIT, Decimal(5), "r-1").effect_id == "6dc6878f-18b2-50e3-9b1a-ff49f964ad6e"
    assert BUY.effect().effect_id == "b8ac2e14-41de-5b59-8a1b-f6e6dad1eae4"
    assert BUY.effect().order_id == "o-1"


async def test_every_entry_has_the_time_of_its_change(accounts: Accounts, ledger: FakeLedger, clock: Clock) -> None:
    changes = [
        lambda: accounts.deposit("u-1", Decimal(5), "r-1"),
        lambda: accounts.withdraw("u-1", Decimal(5), "r-2"),
        lambda: accounts.settle("u-1", BUY),
        lambda: accounts.settle("u-1", SELL),
    ]
    for change in changes:
        clock.time += timedelta(minutes=1)
        assert (await change()).created_at == clock.time == ledger.stored_accounts["u-1"].updated_at


async def test_a_refusal_has_the_time_at_which_it_became_final(
    accounts: Accounts, ledger: FakeLedger, clock: Clock
) -> None:
    with pytest.raises(FailedPrecondition):
        await accounts.withdraw("u-1", Decimal(1000), "r-1")
    [entry] = ledger.stored_entries.values()
    assert entry.created_at == clock.time != NOON


@pytest.mark.parametrize(("change", "what"), [("deposit", "deposits"), ("withdraw", "withdrawals")])
async def test_a_reached_limit_says_of_what_and_how_high_it_is(ledger: FakeLedger, change: str, what: str) -> None:
    accounts = accounts_over(ledger, DailyLimits(deposit=Decimal(50), withdrawal=Decimal(50)))
    with pytest.raises(FailedPrecondition) as refused:
        await getattr(accounts, change)("u-1", Decimal("50.01"), "r-1")
    assert refused.value.message == f"{what} are limited to 50.00 USD per day (UTC); lower the amount or wait a day"
    await getattr(accounts, change)("u-1", Decimal("50.00"), "r-2")


async def test_refusals_say_what_to_do(accounts: Accounts) -> None:
    with pytest.raises(NotFound, match=r"^the user has no account; check the user id$"):
        await accounts.balance("nobody")
    with pytest.raises(NotFound, match=r"^the account holds no BTC; list its holdings"):
        await accounts.holding("u-1", "BTC")
    with pytest.raises(FailedPrecondition, match=r"^the user has no account"):
        await accounts.settle("nobody", BUY)
    voided = await accounts.void("u-1", BUY)
    assert (voided.reason, voided.message) == (
        "TRADE_VOIDED", "the order could not be filled and was ended by an admin; create a new order",
    )  # fmt: skip
    with pytest.raises(FailedPrecondition) as again:
        await accounts.settle("u-1", BUY)
    assert (again.value.reason, again.value.message) == (voided.reason, voided.message)
    await accounts.deposit("u-1", Decimal(100), "r-1")
    another = Trade("o-3", is_buy=True, asset_id="BTC", quantity=Decimal(1), amount=Decimal(1))
    await accounts.settle("u-1", another)
    with pytest.raises(FailedPrecondition) as settled:
        await accounts.void("u-1", another)
    assert settled.value.reason == "TRADE_SETTLED"
    assert settled.value.message == "the trade has been settled and cannot be voided"


class NotYetVisible(FakeLedger):
    """A ledger where entries that another request is writing cannot be read yet."""

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        return None


async def test_a_request_that_is_still_running_is_no_failure_and_can_be_tried_again() -> None:
    ledger = NotYetVisible()
    ledger.open("u-1", "100.00")
    await accounts_over(ledger).deposit("u-1", Decimal(5), "r-1")
    with pytest.raises(Unavailable) as busy:
        await accounts_over(ledger).deposit("u-1", Decimal(5), "r-1")
    assert busy.value.reason == "CONTENTION"
    assert busy.value.message == "the first request with this request_id is still running; try again"


async def test_changes_of_different_accounts_do_not_wait_for_each_other(ledger: FakeLedger) -> None:
    ledger.open("u-2", "100.00")
    gate, entered = asyncio.Event(), []
    read = ledger.account

    async def account(user_id: str) -> object:
        entered.append(user_id)
        await gate.wait()
        return await read(user_id)

    ledger.account = account  # type: ignore[assignment, method-assign]
    accounts = accounts_over(ledger)
    both = [asyncio.create_task(accounts.deposit(user, Decimal(1), "r-1")) for user in ("u-1", "u-2")]
    for _ in range(10):
        await asyncio.sleep(0)
    assert sorted(entered) == ["u-1", "u-2"]
    gate.set()
    await asyncio.gather(*both)
