"""Invariants 7 and 8: the tables hold what the clients were told, no more and no less."""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from services.common import ids, money

from .checker_model import Finding, Violation, derive, violations
from .checker_people import registered_bodies, registrations
from .checker_requests import (
    Asked,
    Id,
    Requests,
    Stored,
    Told,
    Verdict,
    cash_stored,
    differences,
    order_answer,
    orders_stored,
)
from .checker_view import View
from .history import Kind, Outcome

Key = tuple[str, tuple[str, ...]]  # a user, and the body of a request

# The fields of an order that may change while it is pending.
_MOVES = frozenset({"status", "failure_reason", "updated_at"})


def requests(view: View, told: Told | None) -> list[Violation]:
    """7. A user and a request id determine one order, one body and one response."""
    return violations(
        7,
        list(_one_order(view)),
        list(_bodies(view)),
        # The load registers people whose details are stored as they were sent; others may write theirs another way.
        list(registered_bodies(view)) if told else [],
        _answers(told) if told else [],
    )


def _one_order(view: View) -> Iterator[Finding]:
    for order in view.orders.values():
        if order.order_id != derive("order", order.user, order.request_id):
            yield str(order), f"does not have the id derived from the request {order.request_id}"
    counts = Counter((order.user, order.request_id) for order in view.orders.values())
    for (user, request_id), count in counts.items():
        if count > 1:
            yield f"the request {request_id} of the user {user}", f"created {count} orders"


def _bodies(view: View) -> Iterator[Finding]:
    """Checks the fingerprints of cash entries. Those of orders cover more than is stored; the history checks them."""
    for entry in view.entries.values():
        is_cash = entry.refusal is None and not entry.order_id
        if is_cash and entry.body != ids.fingerprint(entry.kind, money.dollars(abs(entry.amount))):
            yield str(entry), f"has a fingerprint that does not match the amount {entry.amount}"


@functools.lru_cache(maxsize=1)
def _answers(told: Told) -> list[Finding]:
    return [finding for _, group in told.groups() for finding in _one_answer(group)]


def _one_answer(group: Sequence[Asked]) -> Iterator[Finding]:
    """All final responses to one request are the same, and after a final one none is pending."""
    final = [asked for asked in group if asked.verdict in (Verdict.DONE, Verdict.REFUSED)]
    answers = {json.dumps([one.verdict.value, one.call.reason, dict(one.call.answer)], sort_keys=True) for one in final}
    if len(answers) > 1:
        yield str(group[0]), f"got {len(answers)} different responses: {'; '.join(sorted(answers))}"
    ended = min((asked.call.ended for asked in final), default=float("inf"))
    if any(asked.verdict is Verdict.PENDING and asked.call.started > ended for asked in group):
        yield str(group[0]), "was pending after a final response"


def promises(view: View, told: Told | None) -> list[Violation]:
    """8. Acknowledged effects are stored with those values, refused ones never, unknown ones at most once.

    As the history is complete, nothing else is stored.
    """
    if told is None:
        return []
    cash, orders = list(cash_stored(view)), list(orders_stored(view))
    return violations(
        8,
        list(_kept(cash, told.cash)),
        list(_kept(orders, told.orders)),
        list(_reads(view, told)),
        list(registrations(view, told.calls)),
        list(_order_of_effects([*cash, *orders], told)),
    )


def _kept(stored: Sequence[Stored], requests: Requests) -> Iterator[Finding]:
    """Compares stored outcomes with the calls that name their ids, and the others with the calls that do not."""
    named = {(one.user, one.effect): one for one in stored}
    for key, group in requests.named.items():
        yield from _named(named.get(key), group)
    nameless = [one for one in requests.nameless if one.verdict is not Verdict.NOTHING]
    yield from _nameless([one for key, one in named.items() if key not in requests.named], nameless)


def _named(stored: Stored | None, group: Sequence[Asked]) -> Iterator[Finding]:
    for asked in group:
        wrong = _broken(stored, asked)
        if wrong:
            yield str(asked), f"was {asked.verdict.value} ({asked.call.reason or 'without a reason'}), but {wrong}"
    if stored is not None and not any(_may_have_made(stored, asked) for asked in group):
        yield stored.what, "was not requested by any call"


def _broken(stored: Stored | None, asked: Asked) -> str:
    """Describes how the stored outcome contradicts a call; "" if it does not."""
    if asked.verdict is Verdict.UNKNOWN:
        return ""
    if asked.verdict is Verdict.NOTHING:
        is_other = stored is not None and stored.body != asked.body
        is_reused = asked.call.reason == "IDEMPOTENCY_KEY_REUSED"
        return "no earlier request has this id" if is_reused and not is_other else ""
    if stored is None:
        return "nothing is stored"
    if stored.body != asked.body:
        return f"{stored.what} has different values"
    return _different(stored, asked)


def _different(stored: Stored, asked: Asked) -> str:
    """Describes how a response differs from the stored outcome of the request."""
    call = asked.call
    match asked.verdict:
        case Verdict.REFUSED:
            is_same = stored.reason == call.reason
            wrong = _other_refusal(stored, asked)
        case Verdict.PENDING:
            is_same = True
            wrong = differences(call.answer, stored.resource, but=_MOVES)
        case _:
            is_same = not stored.reason and not stored.is_pending
            wrong = differences(call.answer, stored.answer)
    return wrong if is_same else f"{stored.what} is {stored.reason or ('pending' if stored.is_pending else 'stored')}"


def _other_refusal(stored: Stored, asked: Asked) -> str:
    """Describes how a refusal differs from the stored one, in the fields that the client recorded."""
    answer = asked.call.answer
    return differences(answer, {name: stored.answer.get(name, "") for name in answer})


def _may_have_made(stored: Stored, asked: Asked) -> bool:
    """Tells whether a call can have caused the stored outcome."""
    is_sure = asked.verdict is not Verdict.NOTHING or asked.call.reason == stored.reason
    return is_sure and asked.body == stored.body


def _nameless(stored: Sequence[Stored], asked: Sequence[Asked]) -> Iterator[Finding]:
    """Checks calls without a request id whose responses have no id either: they limit the number of effects.

    Each refusal is stored once; each unknown call has left at most one effect or refusal.
    """
    kept: dict[Key, Counter[str]] = defaultdict(Counter)
    wanted: dict[Key, Counter[str]] = defaultdict(Counter)
    places = {(one.user, one.body): one.what for one in stored} | {(one.call.user, one.body): str(one) for one in asked}
    refusals: dict[Key, list[Stored]] = defaultdict(list)
    for one in stored:
        kept[one.user, one.body][one.reason] += 1
        refusals[one.user, one.body].append(one)
    unknown = Counter((one.call.user, one.body) for one in asked if one.verdict is Verdict.UNKNOWN)
    for one in asked:
        if one.verdict in (Verdict.DONE, Verdict.PENDING):
            yield str(one), "was acknowledged by a response without an id"
        elif one.verdict is Verdict.REFUSED:
            wanted[one.call.user, one.body][one.call.reason] += 1
            if all(_other_refusal(other, one) for other in refusals[one.call.user, one.body]):
                yield str(one), f"was refused with {dict(one.call.answer)}, which is not stored"
    for key, place in places.items():
        missing, surplus = wanted[key] - kept[key], kept[key] - wanted[key]
        if missing:
            yield place, f"was refused, but the refusals {dict(missing)} are not stored"
        if surplus.total() > unknown[key]:
            yield place, f"is stored {surplus.total()} times, but at most {unknown[key]} calls can have caused it"


def _reads(view: View, told: Told) -> Iterator[Finding]:
    """An order that was read exists, and has not changed if it was final."""
    for call in told.calls:
        if call.kind is not Kind.GET_ORDER or call.outcome is not Outcome.ACKNOWLEDGED:
            continue
        order = view.orders.get(call.answer.get("order_id", ""))
        if order is None or order.user != call.user:
            yield f"the order {call.answer.get('order_id')} of the user {call.user}", "was read but does not exist"
        else:
            but = _MOVES if call.answer.get("status") == "PENDING" else frozenset()
            wrong = differences(call.answer, order_answer(order), but)
            if wrong:
                yield str(order), f"was read with {wrong}"


def _order_of_effects(stored: Sequence[Stored], told: Told) -> Iterator[Finding]:
    """An effect that was acknowledged before another one of the user was requested comes first in the ledger."""
    spans: dict[Id, tuple[float, float]] = {}
    for key, group in told.groups():
        ended = (one.call.ended for one in group if one.verdict is Verdict.DONE)
        spans[key] = min(one.call.started for one in group), min(ended, default=float("inf"))
    latest: dict[str, tuple[float, str]] = {}  # by user: the effect so far that was requested last
    for one in sorted(stored, key=lambda one: one.seq):
        span = spans.get((one.user, one.effect))
        if not one.seq or span is None:
            continue
        started, before = latest.get(one.user, (float("-inf"), ""))
        if span[1] < started:
            yield one.what, f"was acknowledged before {before} was requested, but follows it in the ledger"
        latest[one.user] = max((started, before), (span[0], one.what))
