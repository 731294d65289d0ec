"""Invariants 4, 6 and 9: each order has exactly the legs of its state, and each leg has an order."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime

from services.common import ids, money

from .checker_model import ZERO, Entry, Finding, Order, Refusal, Step, Violation, derive, violations, worth
from .checker_view import View

_PENDING_SHARDS, _QUARANTINE = 8, -1

# The reasons of orders that are refused before any step.
_AT_ONCE = {
    "ASSET_INACTIVE", "MARKET_HALTED", "ASSET_HALTED", "ASSET_SELL_ONLY", "QUANTITY_INCREMENT",
    "ORDER_VALUE_OUT_OF_RANGE", "PRICE_OUT_OF_BOUNDS", "PREVIEW_EXPIRED",
}  # fmt: skip
_AT_ONCE_OR_LATER = {"INSUFFICIENT_FUNDS", "INSUFFICIENT_HOLDINGS"}


def legs(view: View) -> list[Violation]:
    """4. COMPLETED has exactly its cash, holding and stock legs at its price; FAILED has a net effect of 0."""
    return violations(4, [finding for order in view.orders.values() for finding in _order(view, order)])


def _order(view: View, order: Order) -> Iterator[Finding]:
    if order.amount != worth(order.quantity, order.price, is_buy=order.is_buy) or order.price <= 0:
        yield str(order), f"is for {order.amount} dollars, but {order.quantity} at {order.price} is not that"
    may_be_nothing = not order.is_by_quantity and order.state == "FAILED" and order.version == 1
    if order.quantity < 0 or (not order.quantity and not may_be_nothing):
        yield str(order), f"is for {order.quantity}"
    trades = view.legs.get(order.order_id, [])
    moves = view.moves.get(order.order_id, [])
    yield from (found for entry in trades for found in _trade(order, entry))
    yield from (found for step in moves for found in _move(order, step))

    settled = [_done(entry.refusal) for entry in trades]
    taken = [_done(step.refusal) for step in moves if step.effect_id == derive("take", order.order_id)]
    returned = [_done(step.refusal) for step in moves if step.effect_id == derive("return", order.order_id)]
    if max(len(settled), len(taken), len(returned)) > 1 or len(taken) + len(returned) != len(moves):
        yield str(order), f"has the trades {[str(e) for e in trades]} and the movements {[str(s) for s in moves]}"
        return
    outcomes = "-".join([*(taken or ["none"]), *(settled or ["none"]), *(returned or ["none"])])
    refusals = [refusal for refusal in (*(s.refusal for s in moves), *(e.refusal for e in trades)) if refusal]
    if outcomes not in _WAYS.get((order.side, order.state), ()):
        yield str(order), f"is {order.state}, but take, settle and return ended as {outcomes}"
    yield from _failure(order, refusals)


def _done(refusal: Refusal | None) -> str:
    return "done" if refusal is None else "refused"


# The possible outcomes of take-settle-return, by side and state.
_WAYS = {
    ("BUY", "COMPLETED"): {"done-done-none"},
    ("BUY", "FAILED"): {
        "none-none-none",  # refused at once
        "refused-none-none",
        "done-refused-done",
        "refused-refused-none",  # failed by an admin before it took stock
    },
    ("BUY", "PENDING"): {
        "none-none-none",
        "refused-none-none",
        "done-none-none",
        "done-done-none",
        "done-refused-none",
        "done-refused-done",
        "none-refused-none",
        "refused-refused-none",
    },
    ("SELL", "COMPLETED"): {"none-done-done"},
    ("SELL", "FAILED"): {"none-none-none", "none-refused-none"},
    ("SELL", "PENDING"): {"none-none-none", "none-refused-none", "none-done-none", "none-done-done"},
}


def _trade(order: Order, entry: Entry) -> Iterator[Finding]:
    """Checks the cash leg and the holding leg, which are one entry."""
    kind = "ORDER_PAYMENT" if order.is_buy else "ORDER_SALE"
    expected = kind, order.asset_id, order.cash, order.units, order.fee
    if entry.refusal is not None:
        expected = kind, order.asset_id, entry.amount, entry.quantity, entry.fee
    if (entry.kind, entry.asset_id, entry.amount, entry.quantity, entry.fee) != expected:
        told = f"moves {entry.amount} dollars with a fee of {entry.fee}, and {entry.quantity} {entry.asset_id}"
        yield str(entry), f"{told}, unlike {order}"
    fee = [money.dollars(order.fee)] if order.fee else []
    body = ids.fingerprint(kind, order.asset_id, money.quantity(order.quantity), money.dollars(order.amount), *fee)
    if entry.body != body:
        yield str(entry), f"has a fingerprint that does not match {order}"


def _move(order: Order, step: Step) -> Iterator[Finding]:
    is_take = step.effect_id == derive("take", order.order_id)
    change = -order.quantity if is_take else order.quantity
    if (step.asset_id, step.change) != (order.asset_id, change):
        yield str(step), f"moves {step.change} {step.asset_id}, unlike {order}"
    sign = 1 if is_take or not order.is_buy else -1  # what is undone is subtracted
    dollars = (sign * order.amount, sign * order.fee) if step.refusal is None else (ZERO, ZERO)
    if (step.amount, step.fee) != dollars:
        yield str(step), f"is for {step.amount} dollars with a fee of {step.fee}, unlike {order}"


def _failure(order: Order, refusals: list[Refusal]) -> Iterator[Finding]:
    failure = order.failure_reason, order.failure_message, order.failure_facts
    if order.state != "FAILED":
        if failure != ("", "", {}):
            yield str(order), f"is {order.state} but has the failure {failure}"
    elif refusals:
        if order.version == 1:
            yield str(order), "failed at once, but after a step"
        if failure not in [(refusal.reason, refusal.message, refusal.metadata) for refusal in refusals]:
            yield str(order), f"failed with {failure}, but its step with {refusals}"
    elif order.version != 1 or order.failure_reason not in _AT_ONCE | _AT_ONCE_OR_LATER or not order.failure_message:
        yield str(order), f"failed with {failure} at version {order.version}, without a refused step"


def structure(view: View) -> list[Violation]:
    """6. No orphan legs, ids derived from what they name, legal versions and states."""
    states = [finding for order in view.orders.values() for finding in _state(view, order)]
    return violations(6, view.unreadable, states, list(_orphan_entries(view)), list(_orphan_steps(view)))


def _state(view: View, order: Order) -> Iterator[Finding]:
    if order.user not in view.profiles or order.asset_id not in view.catalogue:
        yield str(order), f"belongs to an unknown user or asset ({order.asset_id})"
    if (order.side, order.state) not in _WAYS:
        yield str(order), f"is {order.side} {order.state}"
    failed = {1} if order.failure_reason in _AT_ONCE else {1, 2} if order.failure_reason in _AT_ONCE_OR_LATER else {2}
    versions = {"PENDING": {1}, "COMPLETED": {2}, "FAILED": failed}
    if order.version not in versions.get(order.state, set()):
        yield str(order), f"is {order.state} {order.failure_reason} at version {order.version}"
    shards: set[int | None] = {None}
    if not order.is_final:
        in_quarantine = bool(order.quarantine_reason)
        shards = {_QUARANTINE if in_quarantine else zlib.crc32(order.order_id.encode()) % _PENDING_SHARDS}
    if order.pending_shard not in shards or order.is_due == order.is_final:
        due = "" if order.is_due else "not "
        yield str(order), f"is {order.state}, but {due}due in pending shard {order.pending_shard}"
    place = f"{datetime.fromisoformat(order.created_at).isoformat(timespec='microseconds')}#{order.order_id}"
    if (order.created_key, order.asset_key) != (place, f"{order.asset_id}#{place}"):
        yield str(order), "has list keys that do not match its time and asset"


def _orphan_entries(view: View) -> Iterator[Finding]:
    for entry in view.entries.values():
        if entry.user not in view.accounts:
            yield str(entry), "belongs to an unknown account"
        if entry.kind in ("DEPOSIT", "WITHDRAWAL"):
            if entry.order_id or entry.asset_id:
                yield str(entry), f"names the order {entry.order_id} or the asset {entry.asset_id}"
            continue
        order = view.orders.get(entry.order_id)
        if order is None or order.user != entry.user:
            yield str(entry), f"belongs to the order {entry.order_id}, which is not an order of this user"
        if entry.effect_id != derive("settle", entry.order_id):
            yield str(entry), f"does not have the id derived from the order {entry.order_id}"
    for user, asset_id in view.holdings:
        if user not in view.accounts or asset_id not in view.catalogue:
            yield f"the holding of {user} in {asset_id}", "belongs to an unknown user or asset"


def _orphan_steps(view: View) -> Iterator[Finding]:
    for step in view.steps.values():
        if not step.order_id:
            named = ("seed", step.asset_id) if step.restock is None else ("restock", *step.restock)
            if step.effect_id != derive(*named) or step.refusal is not None or step.change < 0:
                yield str(step), "belongs to no order, seed or restock"
            if step.restock is not None and view.changes.get(derive("change", *step.restock)) != _restock_body(step):
                yield str(step), "is a restock that does not match any request of an admin"
            continue
        if step.order_id not in view.orders:
            yield str(step), f"belongs to the unknown order {step.order_id}"
        if step.effect_id not in (derive("take", step.order_id), derive("return", step.order_id)):
            yield str(step), f"does not have an id derived from the order {step.order_id}"


def _restock_body(step: Step) -> str:
    return ids.fingerprint(step.asset_id, "ASSET_RESTOCKED", f"quantity={money.quantity(step.change)}")


def healed(view: View) -> list[Violation]:
    """9. No order is pending, except for those in quarantine. (Nothing can be held: see invariant 1.)"""
    waiting = [order for order in view.orders.values() if not order.is_final and not order.quarantine_reason]
    return violations(9, [(str(order), f"is still {order.state}") for order in waiting])


def quarantined(view: View) -> list[str]:
    """Describes the orders that wait for an admin, with the reasons."""
    return [
        f"{order} is in quarantine: {order.quarantine_reason}"
        for order in view.orders.values()
        if not order.is_final and order.quarantine_reason
    ]
