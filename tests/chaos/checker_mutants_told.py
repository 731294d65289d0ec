"""Mutants of the history: other requests, outcomes and responses, and calls that are made up or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from services.common import ids

from .checker_mutants import Mutant, World
from .checker_requests import Asked, Told, Verdict
from .checker_scope import SURE
from .history import Call, Kind, Outcome

_OTHER_KINDS = {Kind.DEPOSIT: Kind.WITHDRAW, Kind.WITHDRAW: Kind.DEPOSIT, Kind.BUY: Kind.SELL, Kind.SELL: Kind.BUY}
_OTHER_REASONS = ("INSUFFICIENT_FUNDS", "DAILY_LIMIT_REACHED", "OUT_OF_STOCK", "PRICE_OUT_OF_BOUNDS")
_MOVES = ("status", "failure_reason", "updated_at")  # of a pending order

# Fields of responses that the checker does not know from the tables: times of a profile, quantities of cash entries.
_OUT_OF_SCOPE = {Kind.REGISTER: ("created_at", "updated_at"), Kind.DEPOSIT: ("quantity",), Kind.WITHDRAW: ("quantity",)}


def mutants(world: World) -> Iterator[Mutant]:
    """Yields all mutants."""
    told = Told(world.history)
    asked = {id(one.call): one for one in _asked(told)}
    users = [call.answer["user_id"] for call in world.history if "user_id" in call.answer]
    for index, call in enumerate(world.history):
        one = asked.get(id(call))
        changes = [
            *_other_requests(call, one, users),
            *_other_outcomes(call, one),
            *_other_answers(call, one),
        ]
        for kind, what, changed in changes:
            yield Mutant(kind, f"{_name(call)}: {what}", partial(world.with_call, index, changed))
        for kind, made_up in _made_up(call, one):
            yield Mutant(kind, _name(call), partial(world.with_call, None, made_up))
    yield from _forgotten(world, told)


Change = tuple[str, str, Call]


def _asked(told: Told) -> Iterator[Asked]:
    for requests in (told.cash, told.orders):
        yield from requests.nameless
        for group in requests.named.values():
            yield from group


def _name(call: Call) -> str:
    return f"{call.kind} {call.request_id} of {call.user} {dict(call.body)}, {call.outcome} {call.reason}"


def _is_sure(call: Call, one: Asked | None) -> bool:
    """Tells whether the client knows the outcome, so that it must have been this very request."""
    return one.verdict in SURE if one else call.kind is Kind.REGISTER and call.outcome is Outcome.ACKNOWLEDGED


def _other_requests(call: Call, one: Asked | None, users: list[str]) -> Iterator[Change]:
    """The request was another one. (A missing request id is not a mutant: cash entries do not store it.)"""
    if not _is_sure(call, one):
        return
    kind = "a call has another request"
    yield kind, "request_id", replace(call, request_id=f"{call.request_id}9")
    for name, value in call.body.items():
        yield kind, name, replace(call, body={**call.body, name: _other(value)})
    if one is not None:
        yield kind, "kind", replace(call, kind=_OTHER_KINDS[call.kind])
        for user in users:
            if user != call.user:
                yield kind, f"user {user}", replace(call, user=user)


def _other_outcomes(call: Call, one: Asked | None) -> Iterator[Change]:
    """The outcome was another one. (An unknown outcome is not a mutant: it contradicts nothing.)"""
    kind = "a call has another outcome"
    if call.kind is Kind.REGISTER:
        if call.outcome is not Outcome.REFUSED:
            yield kind, "taken", replace(call, outcome=Outcome.REFUSED, reason="USERNAME_TAKEN", answer={})
        if call.outcome is not Outcome.ACKNOWLEDGED:
            yield kind, "acknowledged", replace(call, outcome=Outcome.ACKNOWLEDGED, reason="", answer={"user_id": "9"})
    if one is None:
        return
    if call.outcome is not Outcome.ACKNOWLEDGED:
        yield kind, "acknowledged", replace(call, outcome=Outcome.ACKNOWLEDGED, reason="")
    if one.verdict in (Verdict.DONE, Verdict.REFUSED):
        for reason in _OTHER_REASONS:
            if reason != call.reason:
                yield kind, reason, replace(call, outcome=Outcome.REFUSED, reason=reason, answer={})
        yield kind, "reused", replace(call, outcome=Outcome.REFUSED, reason="IDEMPOTENCY_KEY_REUSED", answer={})


def _other_answers(call: Call, one: Asked | None) -> Iterator[Change]:
    """The response was another one."""
    if not _is_sure(call, one) and call.kind is not Kind.GET_ORDER:
        return
    for name, value in call.answer.items():
        is_moving = call.answer.get("status") == "PENDING" and name in _MOVES
        if not is_moving and name not in _OUT_OF_SCOPE.get(call.kind, ()):
            yield "a response is different", name, replace(call, answer={**call.answer, name: _other(value)})


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if value == "PENDING" or "T" in value:
        return "FAILED" if value == "PENDING" else value.replace("T", "T0", 1)
    return f"{value}9" if value.replace(".", "", 1).isdigit() and "." in value else f"9{value}"


def _made_up(call: Call, one: Asked | None) -> Iterator[tuple[str, Call]]:
    """A call was never made."""
    if one is None or one.verdict not in SURE:
        return
    name = "made-up"
    effect = ids.derive("cash" if call.kind in (Kind.DEPOSIT, Kind.WITHDRAW) else "order", call.user, name)
    renamed = {
        key: effect if key in ("transaction_id", "order_id") and value else value for key, value in call.answer.items()
    }
    yield "a call is invented", replace(call, request_id=name, answer=renamed)
    if one.verdict is Verdict.DONE:
        yield "a call is invented", replace(call, request_id="", answer=renamed)
        if "updated_at" in call.answer:
            late = {**call.answer, "status": "PENDING"}
            yield (
                "a response is pending again",
                replace(call, answer=late, started=call.ended + 1e6, ended=call.ended + 2e6),
            )
    if not call.request_id and not call.answer.get("order_id") and not call.answer.get("transaction_id"):
        yield "a call is invented", call  # a second time: each refusal without a request id is stored once


def _forgotten(world: World, told: Told) -> Iterator[Mutant]:
    """The only call that can have caused an effect is missing. (One of several replays may be missing.)"""
    same = Counter(_same(call) for call in world.history)
    asked = {id(one.call): one for one in _asked(told)}
    for index, call in enumerate(world.history):
        is_only = same[_same(call)] == 1 if call.request_id or call.kind is Kind.REGISTER else True
        if is_only and _is_sure(call, asked.get(id(call))):
            yield Mutant("a call is missing", _name(call), partial(world.with_call, index, None))


def _same(call: Call) -> tuple[str, ...]:
    is_cash = call.kind in (Kind.DEPOSIT, Kind.WITHDRAW)
    if call.kind is Kind.REGISTER:
        return "register", call.body["username"].casefold()
    return "cash" if is_cash else "order", call.user, call.request_id
