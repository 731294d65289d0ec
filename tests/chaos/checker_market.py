"""Invariants 10 and 11: the house has earned what its orders say, and every order has the price of its frame."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from .checker_model import CENT, ZERO, Finding, Order, Shard, Violation, percentage, product, violations, worth
from .checker_requests import Told
from .checker_view import View

# The refusals that say what may not be done, by the status of the asset, "" for the whole market.
_CLOSED = {"": "MARKET_HALTED", "HALTED": "ASSET_HALTED", "SELL_ONLY": "ASSET_SELL_ONLY"}


@dataclass(frozen=True, slots=True)
class Price:
    """The bid and the ask of an asset in a frame, and what may be done with it."""

    bid: Decimal
    ask: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it was published."""

    source: str
    is_halted: bool
    prices: Mapping[str, Price]


@dataclass(frozen=True)
class Market:
    """The frames by sequence number, and the fees. `gaps` are spans of numbers whose frames may not be known.

    The numbers of the frames that are not known lie between the two of a gap.
    """

    frames: Mapping[int, Frame]
    gaps: Sequence[tuple[int, int]] = ()
    buy_percent: Decimal = ZERO
    sell_percent: Decimal = ZERO

    @property
    def publishers(self) -> int:
        """The number of publishers, one after the other. Each has numbers of its own."""
        return len({seq >> 32 for seq in self.frames})

    def verified(self, seqs: Iterable[int]) -> float:
        """Returns the part of sequence numbers whose frames are known."""
        known = [seq in self.frames for seq in seqs]
        return sum(known) / max(len(known), 1)

    def may_be_unknown(self, seq: int) -> bool:
        """Tells whether the frame of a number may have been published without being recorded."""
        return any(last < seq < first for last, first in self.gaps)


def house(view: View) -> list[Violation]:
    """10. Turnover and fees of the house are those of the fills: an order counts from when it has moved the stock."""
    expected: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for order in view.orders.values():
        if order.state == "COMPLETED":
            expected[order.asset_id].append((order.amount, order.fee))
        elif not order.is_final:
            done = (step for step in view.moves.get(order.order_id, ()) if step.refusal is None)
            expected[order.asset_id] += [(step.amount, step.fee) for step in done]
    findings = []
    for asset_id in view.shards.keys() | expected.keys():
        stored: Shard = view.house(asset_id)
        sums = tuple(sum(column, ZERO) for column in zip((ZERO, ZERO), *expected[asset_id], strict=True))
        if (stored.turnover, stored.fees) != sums:
            told = f"{stored.turnover} dollars and fees of {stored.fees}"
            findings.append((f"the house has traded {asset_id} for", f"{told}, but its orders give {sums}"))
    return violations(10, findings)


def prices(view: View, market: Market | None, told: Told | None) -> list[Violation]:
    """11. An order has the price and the fee of the frame that it names. No client had seen a later frame before."""
    return violations(
        11,
        [finding for order in view.orders.values() for finding in _terms(order)],
        [finding for order in view.orders.values() for finding in _of_frame(view, market, order)] if market else [],
        list(_freshness(view, told)) if told else [],
    )


def fixed_prices(view: View) -> list[Violation]:
    """11. For prices that do not move, without a spread: an order has one that was set for its asset."""
    return violations(
        11,
        [
            (str(order), f"has the price {order.price}, which {order.asset_id} never had")
            for order in view.orders.values()
            if order.price_source == "FIXED" and order.price not in view.prices.get(order.asset_id, {}).values()
        ],
    )


def _is_accepted(order: Order) -> bool:
    return order.state != "FAILED" or order.version > 1


def _terms(order: Order) -> Iterator[Finding]:
    """Checks what follows from the order alone."""
    limit = order.limit_price
    is_beyond = limit is not None and (order.price > limit if order.is_buy else order.price < limit)
    if is_beyond and _is_accepted(order):
        yield str(order), f"has the price {order.price}, beyond its limit {limit}"
    if order.fee < 0 or (not order.is_buy and order.fee > order.amount):
        yield str(order), f"has the fee {order.fee} of {order.amount} dollars"
    if order.quote_amount is not None:
        spent = order.amount + order.fee if order.is_buy else order.amount
        if spent > order.quote_amount and _is_accepted(order):
            yield str(order), f"is for {spent} dollars, but {order.quote_amount} were ordered"
        if order.sell_all:
            yield str(order), "is for an amount and for all"
        if order.quote_amount != order.quote_amount.quantize(CENT):
            yield str(order), f"is for {order.quote_amount} dollars, not in whole cents"
    if order.sell_all and order.is_buy:
        yield str(order), "buys all"
    has_nothing = order.failure_reason == "INSUFFICIENT_HOLDINGS" and not _is_accepted(order)
    if has_nothing and order.quantity:
        yield str(order), f"was refused as there was nothing to sell, but is for {order.quantity}"


def _of_frame(view: View, market: Market, order: Order) -> Iterator[Finding]:
    """Checks what follows from the frame and the fees."""
    frame = market.frames.get(order.price_seq)
    if frame is None:
        if not market.may_be_unknown(order.price_seq):
            yield str(order), f"names the frame {order.price_seq}, which was never published"
    else:
        yield from _priced(order, frame)
    if order.fee != _fee(order, market, order.amount):
        yield str(order), f"has the fee {order.fee} of {order.amount} dollars"
    increment = view.increments.get(order.asset_id)
    if increment is not None and (_is_accepted(order) or order.quote_amount is not None):
        yield from _sized(order, market, increment)


def _priced(order: Order, frame: Frame) -> Iterator[Finding]:
    price = frame.prices.get(order.asset_id)
    if price is None or order.price_source != frame.source:
        yield str(order), f"has a price from {order.price_source}, but the frame is from {frame.source} with {price}"
        return
    if order.price != (price.ask if order.is_buy else price.bid):
        yield str(order), f"has the price {order.price}, but its frame has {price}"
    closed = {_CLOSED[""]} if frame.is_halted else set()
    if price.status == "HALTED" or (price.status == "SELL_ONLY" and order.is_buy):
        closed.add(_CLOSED[price.status])
    if closed and _is_accepted(order):
        yield str(order), f"was accepted, in spite of {sorted(closed)}"
    if order.failure_reason in _CLOSED.values() and order.failure_reason not in closed:
        yield str(order), f"was refused with {order.failure_reason}, but its frame says {sorted(closed)}"


def _fee(order: Order, market: Market, amount: Decimal) -> Decimal:
    if order.is_buy:
        return percentage(market.buy_percent, amount)
    return min(percentage(market.sell_percent, amount), amount)


def _sized(order: Order, market: Market, increment: Decimal) -> Iterator[Finding]:
    """Checks that a quantity is a multiple of the step, and that an amount buys or sells as much as it can."""
    if not order.sell_all and order.quantity % increment:
        yield str(order), f"is for {order.quantity}, which is not a multiple of {increment}"
    if order.quote_amount is None:
        return
    more = product(order.quantity + increment, order.price)
    if order.is_buy:
        more = worth(order.quantity + increment, order.price, is_buy=True)
        more += _fee(order, market, more)
    if more <= order.quote_amount:
        yield str(order), f"is for {order.quantity}, but {order.quote_amount} dollars are enough for more"


def _freshness(view: View, told: Told) -> Iterator[Finding]:
    """Compares each order with the frames that clients had been shown when it was first requested."""
    shown = sorted((call.ended, int(call.answer.get("price_seq") or 0)) for call in told.calls)
    latest = list(accumulate((seq for _, seq in shown), max))
    ends = [ended for ended, _ in shown]
    for (user, order_id), group in told.orders.named.items():
        order = view.orders.get(order_id)
        if order is None or order.user != user:
            continue
        before = bisect.bisect_left(ends, min(asked.call.started for asked in group))
        if before and order.price_seq < latest[before - 1]:
            yield str(order), f"has the frame {order.price_seq}, but a client had seen {latest[before - 1]} before"
