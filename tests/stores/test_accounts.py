"""The account use cases over DynamoDB, with two competing replicas."""

from __future__ import annotations

import asyncio
import itertools
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

import pytest
from aiodynamo.client import Client

from services.common import ids
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, NotFound, ServiceError
from services.user.ledger.account import DailyLimits
from services.user.ledger.domain import Entry, EntryFilter, Trade
from services.user.ledger.lines import Kind
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts

WIDE = DailyLimits(deposit=Decimal("1e9"), withdrawal=Decimal("1e9"))

Replicas = list[Accounts]
MakeReplicas = Callable[..., Replicas]


class Clock(Protocol):
    """A clock that can be set."""

    time: datetime

    def __call__(self) -> datetime: ...


@pytest.fixture
def make_replicas(clients: list[Client], users_table: str, clock: Clock) -> MakeReplicas:
    """Returns a function that makes two replicas of the service over one table."""

    def make(limits: DailyLimits = WIDE) -> Replicas:
        return [
            Accounts(LedgerStore(client, users_table), dynamo.units_of_work(client), limits, clock)
            for client in clients
        ]

    return make


@pytest.fixture
def replicas(make_replicas: MakeReplicas) -> Replicas:
    return make_replicas()


@pytest.fixture
def accounts(replicas: Replicas) -> Accounts:
    return replicas[0]


def trade(
    side: str = "buy", quantity: str = "0.5", amount: str = "50.00", order_id: str = "", asset: str = "BTC"
) -> Trade:
    return Trade(order_id or str(uuid.uuid4()), side == "buy", asset, Decimal(quantity), Decimal(amount))


async def ledger(accounts: Accounts, user_id: str) -> list[Entry]:
    """Returns all posted entries, oldest first."""
    entries, rest = [], None
    for _ in range(100):
        page, rest = await accounts.transactions(user_id, EntryFilter(), rest, 100)
        entries += page
        if rest is None:
            return entries[::-1]
    raise AssertionError("the pages must end")


async def reason(call: Awaitable[object]) -> str:
    """Returns the reason if a call is refused, otherwise ""."""
    try:
        await call
    except ServiceError as refusal:
        return refusal.reason
    return ""


async def reasons(calls: Iterable[Awaitable[object]]) -> Counter[str]:
    """Makes concurrent calls and counts the reasons of their refusals."""
    return Counter(await asyncio.gather(*(reason(call) for call in calls)))


async def check(accounts: Accounts, user_id: str) -> None:
    """Checks that the ledger has no gaps, adds up to the account, and that no balance is negative."""
    account, entries = await accounts.balance(user_id), await ledger(accounts, user_id)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert account.version == len(entries)
    sums = itertools.accumulate(entry.amount for entry in entries)
    assert [entry.balance_after for entry in entries] == list(sums)
    assert account.current == sum(entry.amount for entry in entries)
    assert all(entry.balance_after >= 0 for entry in entries)
    for asset_id in {entry.effect.asset_id for entry in entries} - {""}:
        moves = [entry.quantity for entry in entries if entry.effect.asset_id == asset_id]
        assert (await accounts.ledger.holding(user_id, asset_id)).quantity == sum(moves)


async def test_a_deposit_is_in_the_balance_and_in_the_ledger(accounts: Accounts, user_id: str) -> None:
    entry = await accounts.deposit(user_id, Decimal("12.34"), "r-1")
    assert (entry.amount, entry.balance_after, entry.seq) == (Decimal("12.34"), Decimal("12.34"), 1)
    assert entry.effect.kind is Kind.DEPOSIT
    assert (await accounts.balance(user_id)).available == Decimal("12.34")
    assert await ledger(accounts, user_id) == [entry]


async def test_a_fee_is_in_the_balance_and_in_the_ledger(replicas: Replicas, user_id: str) -> None:
    accounts = replicas[0]
    await accounts.deposit(user_id, Decimal("50.06"), "r-1")
    bought = await accounts.settle(user_id, replace(trade(), fee=Decimal("0.06")))
    sold = await accounts.settle(user_id, replace(trade("sell", amount="40.00"), fee=Decimal("0.05")))
    assert [(one.amount, one.fee) for one in (bought, sold)] == [
        (Decimal("-50.06"), Decimal("0.06")),
        (Decimal("39.95"), Decimal("0.05")),
    ]
    assert (await ledger(accounts, user_id))[1:] == [bought, sold]
    for replica in replicas:
        assert (await replica.latest(user_id)).available == Decimal("39.95")
    await check(accounts, user_id)


async def test_a_withdrawal_is_negative_in_the_ledger(accounts: Accounts, user_id: str) -> None:
    await accounts.deposit(user_id, Decimal("10.00"), ids.random())
    entry = await accounts.withdraw(user_id, Decimal("4.00"), ids.random())
    assert (entry.effect.kind, entry.amount, entry.balance_after) == (
        Kind.WITHDRAWAL,
        Decimal("-4.00"),
        Decimal("6.00"),
    )
    await check(accounts, user_id)


async def test_a_replay_of_a_deposit_returns_the_same_entry(replicas: Replicas, user_id: str) -> None:
    first = await replicas[0].deposit(user_id, Decimal("5.00"), "r-1")
    await replicas[0].deposit(user_id, Decimal("1.00"), "r-2")
    for replica in replicas:
        assert await replica.deposit(user_id, Decimal("5.0"), "r-1") == first
    assert (await replicas[0].balance(user_id)).available == Decimal("6.00")


async def test_a_replay_succeeds_after_the_daily_limit_is_reached(make_replicas: MakeReplicas, user_id: str) -> None:
    accounts = make_replicas(DailyLimits(Decimal("5.00"), Decimal("5.00")))[0]
    first = await accounts.deposit(user_id, Decimal("5.00"), "r-1")
    assert await accounts.deposit(user_id, Decimal("5.00"), "r-1") == first
    taken = await accounts.withdraw(user_id, Decimal("5.00"), "r-2")
    assert await accounts.withdraw(user_id, Decimal("5.00"), "r-2") == taken


async def test_a_request_id_with_another_body_is_refused_without_effect(replicas: Replicas, user_id: str) -> None:
    await replicas[0].deposit(user_id, Decimal("5.00"), "r-1")
    for replica in replicas:
        for again in (
            replica.deposit(user_id, Decimal("5.01"), "r-1"),
            replica.withdraw(user_id, Decimal("5.00"), "r-1"),
        ):
            with pytest.raises(AlreadyExists) as refusal:
                await again
            assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert (await replicas[0].balance(user_id)).available == Decimal("5.00")


async def test_request_ids_of_different_users_are_independent(
    accounts: Accounts, user_id: str, add_user: Callable[[], Awaitable[str]]
) -> None:
    await accounts.deposit(user_id, Decimal("5.00"), "r-1")
    entry = await accounts.deposit(await add_user(), Decimal("7.00"), "r-1")
    assert entry.balance_after == Decimal("7.00")


async def test_a_refused_withdrawal_stays_refused_after_a_deposit(replicas: Replicas, user_id: str) -> None:
    with pytest.raises(FailedPrecondition) as first:
        await replicas[0].withdraw(user_id, Decimal("5.00"), "r-1")
    await replicas[0].deposit(user_id, Decimal("100.00"), "r-2")
    for replica in replicas:
        with pytest.raises(FailedPrecondition) as again:
            await replica.withdraw(user_id, Decimal("5.00"), "r-1")
        assert again.value.reason == "INSUFFICIENT_FUNDS"
        assert (again.value.message, again.value.metadata) == (first.value.message, first.value.metadata)
    await replicas[0].withdraw(user_id, Decimal("5.00"), "r-3")
    assert (await replicas[0].balance(user_id)).available == Decimal("95.00")


async def test_a_refusal_is_not_in_the_ledger(accounts: Accounts, user_id: str) -> None:
    assert await reason(accounts.withdraw(user_id, Decimal("5.00"), "r-1")) == "INSUFFICIENT_FUNDS"
    assert await ledger(accounts, user_id) == []


async def test_an_unknown_account_is_not_found(accounts: Accounts) -> None:
    no_account = str(uuid.uuid4())
    for call in (
        accounts.balance(no_account),
        accounts.deposit(no_account, Decimal("1.00"), "r-1"),
        accounts.withdraw(no_account, Decimal("1.00"), "r-2"),
    ):
        with pytest.raises(NotFound) as refusal:
            await call
        assert refusal.value.reason == "ACCOUNT_NOT_FOUND"


async def test_a_trade_of_an_unknown_account_is_refused_for_good(replicas: Replicas) -> None:
    no_account, lost = str(uuid.uuid4()), trade(order_id="o-1")
    for replica in replicas:
        assert await reason(replica.settle(no_account, lost)) == "ACCOUNT_NOT_FOUND"
    assert (await replicas[0].void(no_account, lost)).reason == "ACCOUNT_NOT_FOUND"


async def test_a_trade_is_either_settled_or_voided(replicas: Replicas, user_id: str) -> None:
    await replicas[0].deposit(user_id, Decimal("5000.00"), ids.random())
    for number in range(10):
        one = trade(order_id=f"o-{number}")
        ends = await asyncio.gather(reason(replicas[0].settle(user_id, one)), reason(replicas[1].void(user_id, one)))
        assert ends in (["", "TRADE_SETTLED"], ["TRADE_VOIDED", ""])
    await check(replicas[0], user_id)


async def test_fifty_concurrent_deposits_are_exact(replicas: Replicas, user_id: str) -> None:
    ended = await reasons(replicas[n % 2].deposit(user_id, Decimal("0.01") * n, f"r-{n}") for n in range(1, 51))
    assert ended == {"": 50}
    assert (await replicas[0].balance(user_id)).available == Decimal("12.75")
    await check(replicas[0], user_id)


async def test_of_two_hundred_concurrent_withdrawals_only_covered_ones_succeed(
    replicas: Replicas, user_id: str
) -> None:
    await replicas[0].deposit(user_id, Decimal("100.00"), ids.random())
    ended = await reasons(replicas[n % 2].withdraw(user_id, Decimal("1.00"), f"r-{n}") for n in range(200))
    assert ended == {"": 100, "INSUFFICIENT_FUNDS": 100}
    assert (await replicas[0].balance(user_id)).available == 0
    await check(replicas[0], user_id)


async def test_concurrent_replays_have_one_effect_and_one_response(replicas: Replicas, user_id: str) -> None:
    entries = await asyncio.gather(*(replicas[n % 2].deposit(user_id, Decimal("5.00"), "r-1") for n in range(20)))
    assert all(entry == entries[0] for entry in entries)
    ended = await reasons(replicas[n % 2].withdraw(user_id, Decimal("9.00"), "r-2") for n in range(20))
    assert ended == {"INSUFFICIENT_FUNDS": 20}
    assert (await replicas[0].balance(user_id)).available == Decimal("5.00")
    await check(replicas[0], user_id)


async def test_the_daily_limits_hold_under_concurrency(make_replicas: MakeReplicas, user_id: str) -> None:
    replicas = make_replicas(DailyLimits(deposit=Decimal("20.00"), withdrawal=Decimal("10.00")))
    ended = await reasons(replicas[n % 2].deposit(user_id, Decimal("1.00"), f"in-{n}") for n in range(40))
    assert ended == {"": 20, "DAILY_LIMIT_REACHED": 20}
    ended = await reasons(replicas[n % 2].withdraw(user_id, Decimal("1.00"), f"out-{n}") for n in range(20))
    assert ended == {"": 10, "DAILY_LIMIT_REACHED": 10}
    assert (await replicas[0].balance(user_id)).available == Decimal("10.00")


async def test_the_daily_limits_start_again_the_next_day(
    make_replicas: MakeReplicas, user_id: str, clock: Clock
) -> None:
    accounts = make_replicas(DailyLimits(Decimal("5.00"), Decimal("5.00")))[0]
    await accounts.deposit(user_id, Decimal("5.00"), "r-1")
    assert await reason(accounts.deposit(user_id, Decimal("5.00"), "r-2")) == "DAILY_LIMIT_REACHED"
    clock.time += timedelta(days=1)
    assert await reason(accounts.deposit(user_id, Decimal("5.00"), "r-2")) == "DAILY_LIMIT_REACHED"  # final
    assert (await accounts.deposit(user_id, Decimal("5.00"), "r-3")).balance_after == Decimal("10.00")


async def test_the_cache_of_a_replica_never_causes_a_wrong_outcome(replicas: Replicas, user_id: str) -> None:
    here, there = replicas
    await here.deposit(user_id, Decimal("10.00"), ids.random())
    await there.deposit(user_id, Decimal("5.00"), ids.random())
    await here.withdraw(user_id, Decimal("15.00"), ids.random())  # more than its cache has
    # The cache of this replica still covers it.
    assert await reason(there.withdraw(user_id, Decimal("1.00"), ids.random())) == "INSUFFICIENT_FUNDS"
    await there.deposit(user_id, Decimal("50.00"), ids.random())
    await there.settle(user_id, trade(quantity="1"))
    await here.settle(user_id, trade("sell", quantity="1"))
    assert await reason(there.settle(user_id, trade("sell", quantity="1"))) == "INSUFFICIENT_HOLDINGS"
    await check(here, user_id)


async def test_a_purchase_moves_cash_out_and_the_asset_in(accounts: Accounts, user_id: str) -> None:
    await accounts.deposit(user_id, Decimal("100.00"), ids.random())
    entry = await accounts.settle(user_id, trade("buy", "0.5", "60.00"))
    assert (entry.effect.kind, entry.amount, entry.quantity) == (Kind.ORDER_PAYMENT, Decimal("-60.00"), Decimal("0.5"))
    holding = await accounts.ledger.holding(user_id, "BTC")
    assert (holding.quantity, holding.cost, holding.version) == (Decimal("0.5"), Decimal("60.00"), 1)
    assert (await accounts.balance(user_id)).available == Decimal("40.00")
    await check(accounts, user_id)


async def test_a_sale_moves_the_asset_out_and_cash_in(accounts: Accounts, user_id: str) -> None:
    await accounts.deposit(user_id, Decimal("100.00"), ids.random())
    await accounts.settle(user_id, trade("buy", "0.5", "60.00"))
    entry = await accounts.settle(user_id, trade("sell", "0.2", "30.00"))
    assert (entry.effect.kind, entry.amount, entry.quantity) == (Kind.ORDER_SALE, Decimal("30.00"), Decimal("-0.2"))
    holding = await accounts.ledger.holding(user_id, "BTC")
    assert (holding.quantity, holding.cost) == (Decimal("0.3"), Decimal("36.00"))
    assert (await accounts.balance(user_id)).available == Decimal("70.00")
    await check(accounts, user_id)


async def test_trades_do_not_count_towards_the_daily_limits(make_replicas: MakeReplicas, user_id: str) -> None:
    accounts = make_replicas(DailyLimits(Decimal("100.00"), Decimal("10.00")))[0]
    await accounts.deposit(user_id, Decimal("100.00"), ids.random())
    await accounts.settle(user_id, trade("buy", "1", "100.00"))
    await accounts.settle(user_id, trade("sell", "1", "100.00"))
    assert (await accounts.withdraw(user_id, Decimal("10.00"), ids.random())).balance_after == Decimal("90.00")


async def test_concurrent_settlements_of_a_trade_settle_it_once(replicas: Replicas, user_id: str) -> None:
    await replicas[0].deposit(user_id, Decimal("100.00"), ids.random())
    bought = trade()
    entries = await asyncio.gather(*(replicas[n % 2].settle(user_id, bought) for n in range(20)))
    assert all(entry == entries[0] for entry in entries)
    assert (await replicas[0].balance(user_id)).available == Decimal("50.00")
    await check(replicas[0], user_id)


@pytest.mark.parametrize(
    ("refused", "why"),
    [(trade("buy", order_id="o-1"), "INSUFFICIENT_FUNDS"), (trade("sell", order_id="o-1"), "INSUFFICIENT_HOLDINGS")],
    ids=["buy", "sell"],
)
async def test_a_refused_trade_never_settles(replicas: Replicas, user_id: str, refused: Trade, why: str) -> None:
    assert await reason(replicas[0].settle(user_id, refused)) == why
    await replicas[0].deposit(user_id, Decimal("1000.00"), ids.random())
    await replicas[0].settle(user_id, trade("buy", "5", "500.00"))
    for replica in replicas:
        assert await reason(replica.settle(user_id, refused)) == why
    assert (await replicas[0].balance(user_id)).available == Decimal("500.00")
    await check(replicas[0], user_id)


@pytest.mark.parametrize(
    "other",
    [
        trade("sell", order_id="o-1"),
        trade(quantity="0.6", order_id="o-1"),
        trade(amount="50.01", order_id="o-1"),
        trade(asset="ETH", order_id="o-1"),
    ],
    ids=["side", "quantity", "amount", "asset"],
)
async def test_a_settlement_of_the_same_order_with_other_values_is_refused_without_effect(
    accounts: Accounts, user_id: str, other: Trade
) -> None:
    await accounts.deposit(user_id, Decimal("1000.00"), ids.random())
    await accounts.settle(user_id, trade(order_id="o-1"))
    assert await reason(accounts.settle(user_id, other)) == "IDEMPOTENCY_KEY_REUSED"
    assert (await accounts.balance(user_id)).available == Decimal("950.00")
    await check(accounts, user_id)


async def test_random_concurrent_changes_leave_consistent_books(replicas: Replicas, user_id: str) -> None:
    order = random.Random(7)  # noqa: S311 - reproducible
    await replicas[0].deposit(user_id, Decimal("300.00"), ids.random())

    def call(n: int) -> Awaitable[object]:
        replica, asset = order.choice(replicas), order.choice(["BTC", "ETH"])
        amount, quantity = Decimal(order.randint(1, 9000)).scaleb(-2), str(Decimal(order.randint(1, 50)).scaleb(-1))
        match order.choice(["deposit", "withdraw", "buy", "buy", "sell", "sell", "replay"]):
            case "deposit":
                return replica.deposit(user_id, amount, f"r-{n}")
            case "withdraw":
                return replica.withdraw(user_id, amount, f"r-{n}")
            case "replay":
                return replica.deposit(user_id, Decimal("1.00"), "again")
            case side:
                return replica.settle(user_id, trade(side, quantity, str(amount), asset=asset))

    ended = await reasons(call(n) for n in range(150))
    assert ended[""] > 20
    assert set(ended) <= {"", "INSUFFICIENT_FUNDS", "INSUFFICIENT_HOLDINGS"}
    await check(replicas[0], user_id)
    entries = await ledger(replicas[0], user_id)
    assert len({entry.effect.effect_id for entry in entries}) == len(entries)
