"""Mutants of what the market has published, and of what clients have seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from .checker_market import Frame, Market, Price
from .checker_mutants import SATOSHI, Mutant, World, place
from .dump import Item
from .history import Kind, Outcome


def mutants(world: World) -> Iterator[Mutant]:
    """Yields all mutants."""
    if world.market is None:
        return
    for order in world.dump.orders:
        yield from _of_frame(world, world.market, order)
    for name in ("buy_percent", "sell_percent"):
        for change in (Decimal("0.05"), Decimal("-0.05")):
            market = replace(world.market, **{name: getattr(world.market, name) + change})
            yield Mutant("the fee is another one", f"{name} {change}", partial(replace, world, market=market))
    yield from _seen(world)


def _of_frame(world: World, market: Market, order: Item) -> Iterator[Mutant]:
    """The frame of an order was another one, or was never published."""
    seq, asset_id = int(order["price_seq"]), order["asset_id"]
    frame = market.frames[seq]
    others = [None, replace(frame, source="FIXED")]
    others += [_with(frame, asset_id, price) for price in _other_prices(frame.prices[asset_id], order)]
    is_accepted = order["state"] != "FAILED" or order["version"] > 1
    if is_accepted or order["failure_reason"] == "MARKET_HALTED":
        others.append(replace(frame, is_halted=not frame.is_halted))
    for other in others:
        frames = {number: one for number, one in market.frames.items() if number != seq}
        if other is not None:
            frames[seq] = other
        made = partial(replace, world, market=replace(market, frames=frames))
        yield Mutant("a frame is different", f"{place(order)}: {seq}", made)


def _other_prices(price: Price, order: Item) -> Iterator[Price]:
    name = "ask" if order["side"] == "BUY" else "bid"
    for change in (SATOSHI, -SATOSHI):
        yield replace(price, **{name: getattr(price, name) + change})
    is_accepted = order["state"] != "FAILED" or order["version"] > 1
    if is_accepted:
        yield replace(price, status="HALTED")
    if is_accepted and order["side"] == "BUY":
        yield replace(price, status="SELL_ONLY")
    if order["failure_reason"] in ("ASSET_HALTED", "ASSET_SELL_ONLY"):
        yield replace(price, status="TRADING")


def _with(frame: Frame, asset_id: str, price: Price) -> Frame:
    return replace(frame, prices={**frame.prices, asset_id: price})


def _seen(world: World) -> Iterator[Mutant]:
    """A client had already seen a later frame than that of an order which was requested afterwards."""
    last = max(call.started for call in world.history if call.kind is Kind.BUY and call.outcome is Outcome.ACKNOWLEDGED)
    for index, call in enumerate(world.history):
        if call.kind is Kind.GET_ASSET and call.ended < last:
            seen = replace(call, answer={**call.answer, "price_seq": str(1 << 40)})
            yield Mutant(
                "a client had seen a later frame", call.body["asset_id"], partial(world.with_call, index, seen)
            )
