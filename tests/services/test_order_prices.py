"""The price and the size of orders: frames, sides, fees, amounts, positions, previews and halts, over fakes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from order_fakes import NOON, World

from services.common.rpc.errors import FailedPrecondition, InvalidArgument, ServiceError, Unavailable
from services.order.domain import Status
from services.order.quotes import Fees, Quotes
from services.order.ticket import Side, Ticket
from services.prices.frame import Source
from services.prices.frame import Status as TradingStatus

BUY = Ticket("u-1", Side.BUY, "BTC", Decimal(1), request_id="r-1")
SELL = replace(BUY, side=Side.SELL)
BY_AMOUNT = Ticket("u-1", Side.BUY, "BTC", quote_amount=Decimal(100), request_id="r-1")
ALL = Ticket("u-1", Side.SELL, "BTC", sell_all=True, request_id="r-1")


@pytest.fixture
def world() -> World:
    """Returns a market with a spread: bid 99, ask 101, and a fee of 0.1% of a buy and 0.2% of a sell."""
    world = World()
    world.prices.set("BTC", 100, bid=Decimal(99), ask=Decimal(101))
    world.fees = Fees(Decimal("0.1"), Decimal("0.2"))
    return world


async def reason(world: World, ticket: Ticket) -> str:
    with pytest.raises(ServiceError) as refusal:
        await world.orders().create(ticket)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("ticket", "price", "amount", "fee", "dollars"),
    [(BUY, "101", "101.00", "0.11", "898.89"), (SELL, "99", "99.00", "0.20", "1098.80")],
    ids=["buy", "sell"],
)
async def test_a_buy_pays_the_ask_and_a_sell_gets_the_bid(
    world: World, ticket: Ticket, *, price: str, amount: str, fee: str, dollars: str
) -> None:
    order = await world.orders().create(ticket)
    assert (order.price, order.amount, order.fee) == (Decimal(price), Decimal(amount), Decimal(fee))
    assert (order.price_seq, order.price_source) == (world.prices.frame.seq, Source.FIXED)
    assert world.users.dollars["u-1"] == Decimal(dollars)


async def test_the_frame_is_read_after_the_order_arrived_and_for_each_order(world: World) -> None:
    """A client that has seen a price cannot buy at an earlier one."""
    orders = world.orders()
    for price in range(100, 110):
        world.prices.set("BTC", price)
        seen = world.prices.frame.seq
        order = await orders.create(replace(BUY, request_id=f"r-{price}", quantity=Decimal("0.1")))
        assert (order.price, order.price_seq) == (price, seen)


async def test_an_order_that_waits_keeps_its_price(world: World) -> None:
    world.faults.before["take"] = 1
    pending = await world.orders().create(BUY)
    world.prices.set("BTC", 500)
    done = await world.orders().create(BUY)
    assert (done.status, done.price, done.price_seq) == (Status.COMPLETED, 101, pending.price_seq)


async def test_nothing_is_stored_while_the_price_is_unknown(world: World) -> None:
    world.prices.change(prices={})
    with pytest.raises(Unavailable) as refusal:
        await world.orders().create(BUY)
    assert refusal.value.reason == "PRICES_UNAVAILABLE"
    assert world.repository.orders == {}


@pytest.mark.parametrize(
    ("halt", "why"),
    [
        (lambda world: world.prices.change(is_halted=True), "MARKET_HALTED"),
        (lambda world: world.prices.set("BTC", 100, status=TradingStatus.HALTED), "ASSET_HALTED"),
        (lambda world: world.prices.set("BTC", 100, status=TradingStatus.SELL_ONLY), "ASSET_SELL_ONLY"),
        (lambda world: world.list("BTC", 100, is_active=False), "ASSET_INACTIVE"),
    ],
)
async def test_an_order_just_after_a_halt_is_refused_and_stays_refused(world: World, halt: Any, why: str) -> None:
    await world.orders().create(replace(BUY, request_id="before"))
    halt(world)
    assert await reason(world, BUY) == why
    world.prices.change(is_halted=False)
    world.list("BTC", 100)
    assert await reason(world, BUY) == why
    assert (await world.orders().create(replace(BUY, request_id="after"))).status is Status.COMPLETED


@pytest.mark.parametrize("amount", ["100", "100.01", "1.05", "999.99", "500"])
async def test_a_buy_for_an_amount_pays_at_most_that_with_the_fee(world: World, amount: str) -> None:
    world.list("BTC", "101", quantity_increment=Decimal("0.000001"))
    order = await world.orders().create(replace(BY_AMOUNT, quote_amount=Decimal(amount)))
    assert (order.status, order.quote_amount) == (Status.COMPLETED, Decimal(amount))
    assert Decimal(amount) - Decimal("0.02") <= order.net_amount <= Decimal(amount)
    assert world.users.dollars["u-1"] == 1000 - order.net_amount


async def test_a_sell_for_an_amount_brings_at_most_that_before_the_fee(world: World) -> None:
    order = await world.orders().create(replace(BY_AMOUNT, side=Side.SELL))
    assert (order.amount, order.fee, order.net_amount) == (Decimal("99.99"), Decimal("0.20"), Decimal("99.79"))


async def test_a_replay_by_amount_returns_the_stored_quantity_at_any_price(world: World) -> None:
    first = await world.orders().create(BY_AMOUNT)
    world.prices.set("BTC", 7)
    assert await world.orders().create(BY_AMOUNT) == first
    assert await reason(world, replace(BY_AMOUNT, quote_amount=Decimal(101))) == "IDEMPOTENCY_KEY_REUSED"
    assert await reason(world, BUY) == "IDEMPOTENCY_KEY_REUSED"


async def test_an_amount_that_buys_less_than_a_step_is_refused(world: World) -> None:
    world.list("BTC", 101, quantity_increment=Decimal(1))
    assert await reason(world, BY_AMOUNT) == "ORDER_VALUE_OUT_OF_RANGE"
    [order] = world.repository.orders.values()
    assert (order.status, order.quantity) == (Status.FAILED, 0)


async def test_a_position_is_closed_whatever_its_size(world: World) -> None:
    world.list("BTC", 100, quantity_increment=Decimal(1), value_min=Decimal(100))
    world.users.holdings["u-1"] = Decimal("0.00000001")
    order = await world.orders().create(ALL)
    assert (order.status, order.sell_all, order.quantity) == (Status.COMPLETED, True, Decimal("0.00000001"))
    assert (order.amount, order.fee, order.net_amount) == (0, 0, 0)
    assert world.users.holdings["u-1"] == 0


async def test_a_replay_of_closing_a_position_returns_what_was_sold(world: World) -> None:
    first = await world.orders().create(ALL)
    assert first.quantity == 5
    world.users.holdings["u-1"] = Decimal(3)
    assert await world.orders().create(ALL) == first
    world.faults.before["holding"] = 1
    assert await world.orders().create(ALL) == first
    assert world.users.holdings["u-1"] == 3


async def test_concurrent_replays_of_closing_a_position_sell_it_once(world: World) -> None:
    answers = await asyncio.gather(*(world.orders().create(ALL) for _ in range(10)))
    assert {(answer.order_id, answer.quantity) for answer in answers} == {(answers[0].order_id, Decimal(5))}
    assert world.users.holdings["u-1"] == 0


async def test_nothing_is_stored_while_the_position_is_unknown(world: World) -> None:
    world.faults.before["holding"] = 1
    with pytest.raises(ConnectionError):
        await world.orders().create(ALL)
    assert world.repository.orders == {}


async def test_there_is_no_position_to_close_without_a_holding(world: World) -> None:
    world.users.holdings["u-1"] = Decimal(0)
    assert await reason(world, ALL) == "INSUFFICIENT_HOLDINGS"
    world.users.holdings["u-1"] = Decimal(5)
    assert await reason(world, ALL) == "INSUFFICIENT_HOLDINGS"


async def test_an_order_may_not_be_worse_than_its_preview_but_may_be_better(world: World) -> None:
    preview = await world.orders().preview(replace(BUY, request_id=""))
    assert preview.bound.worst_price == Decimal("106.05")
    named = replace(BUY, preview_id=preview.preview_id)
    world.prices.set("BTC", "106.06")
    assert await reason(world, replace(named, request_id="r-2")) == "PRICE_OUT_OF_BOUNDS"
    world.prices.set("BTC", "90")
    assert (await world.orders().create(named)).price == 90, "the preview must not fix the price"


async def test_a_preview_ends_by_the_time_of_the_prices(world: World) -> None:
    preview = await world.orders().preview(replace(BUY, request_id=""))
    named = replace(BUY, preview_id=preview.preview_id)
    world.now += timedelta(seconds=288)  # the clock of this replica does not matter
    world.prices.change(as_of=NOON + timedelta(seconds=9))
    first = await world.orders().create(named)
    world.prices.change(as_of=NOON + timedelta(seconds=10))
    assert await world.orders().create(named) == first
    assert await reason(world, replace(named, request_id="r-2")) == "PREVIEW_EXPIRED"


async def test_the_preview_of_another_order_is_an_invalid_field_and_nothing_is_stored(world: World) -> None:
    preview = await world.orders().preview(replace(SELL, request_id=""))
    with pytest.raises(InvalidArgument):
        await world.orders().create(replace(BUY, preview_id=preview.preview_id))
    assert world.repository.orders == {}


@pytest.mark.parametrize(
    ("ticket", "quantity", "amount", "fee", "net"),
    [
        (BUY, "1", "101.00", "0.11", "101.11"),
        (BY_AMOUNT, "0.98910891", "99.90", "0.10", "100.00"),
        (ALL, "5", "495.00", "0.99", "494.01"),
    ],
    ids=["quantity", "amount", "all"],
)
async def test_a_preview_is_what_the_order_is_then(
    world: World, ticket: Ticket, *, quantity: str, amount: str, fee: str, net: str
) -> None:
    preview = await world.orders().preview(replace(ticket, request_id=""))
    sized, quote = preview.ticket, preview.quote
    shown = sized.quantity, sized.amount(quote), sized.fee(quote), sized.net_amount(quote)
    assert shown == (Decimal(quantity), Decimal(amount), Decimal(fee), Decimal(net))
    assert preview.reasons == []
    order = await world.orders().create(ticket)
    assert (order.quantity, order.amount, order.fee, order.net_amount) == shown


async def test_a_preview_counts_the_fee_as_cost(world: World) -> None:
    world.users.dollars["u-1"] = Decimal("101.10")
    assert (await world.orders().preview(BUY)).reasons == ["INSUFFICIENT_FUNDS"]
    world.users.dollars["u-1"] = Decimal("101.11")
    assert (await world.orders().preview(BUY)).reasons == []


async def test_a_buy_that_cannot_be_paid_is_refused_by_one_write(world: World) -> None:
    world.users.dollars["u-1"] = Decimal("101.10")
    with pytest.raises(FailedPrecondition) as refusal:
        await world.orders().create(BUY)
    assert refusal.value.reason == "INSUFFICIENT_FUNDS"
    facts = {"needed": "101.11", "available": "101.10", "order_id": BUY.order_id()}
    assert refusal.value.metadata == facts
    assert not {"take", "settle", "undo_take", "move"} & set(world.faults.calls)
    world.users.dollars["u-1"] = Decimal(1000)
    assert await reason(world, BUY) == "INSUFFICIENT_FUNDS"


async def test_the_cash_is_read_only_if_the_last_known_does_not_suffice(world: World) -> None:
    for n, reads in enumerate([1, 1, 1]):
        await world.orders().create(replace(BUY, request_id=f"r-{n}"))
        assert world.faults.calls.count("cash") == reads
    world.users.last["u-1"] = Decimal(1)  # a deposit since then is not known here
    assert (await world.orders().create(replace(BUY, request_id="r-9"))).status is Status.COMPLETED
    assert world.faults.calls.count("cash") == 2


async def test_the_settlement_decides_if_the_last_known_cash_is_outdated(world: World) -> None:
    world.users.last["u-1"], world.users.dollars["u-1"] = Decimal(1000), Decimal(1)
    assert await reason(world, BUY) == "INSUFFICIENT_FUNDS"
    assert {"take", "settle", "undo_take"} <= set(world.faults.calls)
    assert world.inventory.stock["BTC"] == 10


async def test_an_order_goes_on_if_the_cash_cannot_be_read(world: World) -> None:
    world.faults.before["cash"] = 1
    assert (await world.orders().create(BUY)).status is Status.COMPLETED


async def test_listings_are_asked_for_the_version_of_the_frame(world: World) -> None:
    asked = []

    class Inventory:
        async def listing(self, asset_id: str, catalogue_version: int) -> Any:
            asked.append((asset_id, catalogue_version))
            return world.inventory.listings[asset_id]

        async def available(self, asset_id: str) -> Decimal:
            raise NotImplementedError

    quotes = Quotes(world.prices, Inventory())
    world.prices.change(catalogue_version=42)
    assert (await quotes.quote("BTC", Side.BUY)).rules == world.inventory.listings["BTC"].rules
    assert asked == [("BTC", 42)]
