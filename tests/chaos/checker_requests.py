"""What calls requested, and what the tables say about it, in one form for cash and for orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum

from services.common import ids, money

from .checker_model import Entry, Order, derive
from .checker_view import View
from .history import Call, Kind, Outcome

# The refusals that are stored under the id of the effect, so that replays are refused too. Any other refusal only says
# that the call itself had no effect.
_FINAL = {
    "INSUFFICIENT_FUNDS", "DAILY_LIMIT_REACHED", "INSUFFICIENT_HOLDINGS", "OUT_OF_STOCK", "STOCK_VOIDED",
    "ASSET_INACTIVE", "MARKET_HALTED", "ASSET_HALTED", "ASSET_SELL_ONLY", "QUANTITY_INCREMENT",
    "ORDER_VALUE_OUT_OF_RANGE", "PRICE_OUT_OF_BOUNDS", "PREVIEW_EXPIRED",
}  # fmt: skip

Id = tuple[str, str]  # of a user, and of an effect or an order of the user


class Verdict(Enum):
    """What the response to a call says about the effect."""

    DONE = "acknowledged"
    PENDING = "acknowledged as pending"
    REFUSED = "finally refused"
    NOTHING = "refused without being stored"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call. `effect` is the id of the effect, "" if it is unknown and only the values in `body` can match it."""

    call: Call
    effect: str
    body: tuple[str, ...]
    verdict: Verdict

    def __str__(self) -> str:
        call = self.call
        return f"the {call.kind} {call.request_id or 'without a request id'} of the user {call.user} {dict(call.body)}"


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome of an effect. `reason` is that of a refusal; `answer` is the final response.

    `resource` is the response while the outcome is open, and to reads.
    """

    what: str
    user: str
    effect: str
    body: tuple[str, ...]  # the fingerprint, and the values that are stored with it
    reason: str
    is_pending: bool
    answer: Mapping[str, str | bool]
    resource: Mapping[str, str | bool]
    seq: int  # of the entry in the ledger, 0 if there is none


def _cash_asked(history: Sequence[Call]) -> Iterator[Asked]:
    """Yields the deposits and withdrawals."""
    kinds = {Kind.DEPOSIT: "DEPOSIT", Kind.WITHDRAW: "WITHDRAWAL"}
    for call in history:
        if call.kind in kinds:
            named = derive("cash", call.user, call.request_id) if call.request_id else ""
            effect = named or call.answer.get("transaction_id", "")
            kind = kinds[call.kind]
            fingerprint = ids.fingerprint(kind, _dollars(call.body.get("amount", "")))
            yield Asked(call, effect, (fingerprint, kind), _verdict(call))


def _orders_asked(history: Sequence[Call]) -> Iterator[Asked]:
    """Yields the orders."""
    for call in history:
        if call.kind in (Kind.BUY, Kind.SELL):
            named = derive("order", call.user, call.request_id) if call.request_id else ""
            yield Asked(call, named or call.answer.get("order_id", ""), _order_body(call), _verdict(call))


def _order_body(call: Call) -> tuple[str, ...]:
    names = ("quantity", "limit_price", "expected_price", "max_slippage")
    quantity, *guards = [_quantity(call.body.get(name)) for name in names]
    side, asset_id = call.kind.value.upper(), call.body.get("asset_id", "")
    quote_amount, sell_all = call.body.get("quote_amount", ""), str(call.body.get("sell_all", False))
    options = {
        f"quote_amount={_dollars(quote_amount)}": quote_amount,
        "sell_all": sell_all == "True",
        f"preview_id={call.body.get('preview_id')}": call.body.get("preview_id"),
    }
    used = [option for option, is_used in options.items() if is_used]
    fingerprint = ids.fingerprint(side, asset_id, quantity, *guards, *used)
    return fingerprint, side, asset_id, quantity, guards[0], quote_amount and _dollars(quote_amount), sell_all


def _quantity(number: str | Decimal | None) -> str:
    """Formats a quantity as for a fingerprint. Anything else than a number was refused, and is returned as it is."""
    try:
        return money.quantity(Decimal(number)) if number else ""
    except InvalidOperation:
        return str(number)


def _dollars(number: str) -> str:
    try:
        return money.dollars(Decimal(number))
    except InvalidOperation:
        return number


def _verdict(call: Call) -> Verdict:
    match call.outcome:
        case Outcome.ACKNOWLEDGED:
            if call.answer.get("status") != "PENDING":
                return Verdict.DONE
            # Without a time, the service did not know whether the order was stored.
            return Verdict.PENDING if call.answer.get("created_at") else Verdict.UNKNOWN
        case Outcome.REFUSED:
            return Verdict.REFUSED if call.reason in _FINAL else Verdict.NOTHING
        case Outcome.UNKNOWN:
            return Verdict.UNKNOWN


def cash_stored(view: View) -> Iterator[Stored]:
    """Yields the outcomes of deposits and withdrawals."""
    for entry in view.entries.values():
        if not entry.order_id:
            yield Stored(
                what=str(entry),
                user=entry.user,
                effect=entry.effect_id,
                body=(entry.body, entry.kind),
                reason=entry.refusal.reason if entry.refusal else "",
                is_pending=False,
                answer=_cash_answer(entry),
                resource={},
                seq=entry.seq,
            )


def _cash_answer(entry: Entry) -> dict[str, str]:
    if entry.refusal is not None:
        return {"message": entry.refusal.message, **entry.refusal.metadata}
    return {
        "transaction_id": entry.effect_id,
        "transaction_type": entry.kind,
        "amount": money.dollars(entry.amount),
        "balance_after": money.dollars(entry.balance_after),
        "status": "COMPLETED",
        "order_id": entry.order_id,
        "asset_id": entry.asset_id,
        "fee": "",
        "created_at": entry.created_at,
    }


def orders_stored(view: View) -> Iterator[Stored]:
    """Yields the outcomes of orders."""
    for order in view.orders.values():
        resource = order_answer(order)
        refusal = {**order.failure_facts, "message": order.failure_message, "order_id": order.order_id}
        done = [leg.seq for leg in view.legs.get(order.order_id, ()) if leg.refusal is None and leg.user == order.user]
        yield Stored(
            what=str(order),
            user=order.user,
            effect=order.order_id,
            body=(
                *(order.body, order.side, order.asset_id),
                *(_quantity(order.quantity) if order.is_by_quantity else "", _quantity(order.limit_price)),
                *("" if order.quote_amount is None else money.dollars(order.quote_amount), str(order.sell_all)),
            ),
            reason=order.failure_reason,
            is_pending=not order.is_final,
            answer=refusal if order.state == "FAILED" else resource,
            resource=resource,
            seq=done[0] if done else 0,
        )


def order_answer(order: Order) -> dict[str, str | bool]:
    """Returns an order as responses show it."""
    return {
        "order_id": order.order_id,
        "side": order.side,
        "type": "MARKET",
        "asset_id": order.asset_id,
        "quantity": money.quantity(order.quantity),
        "price": money.price(order.price),
        "limit_price": "" if order.limit_price is None else money.price(order.limit_price),
        "total_amount": money.dollars(order.amount),
        "fee": money.dollars(order.fee),
        "net_amount": money.dollars(abs(order.cash)),
        "quote_amount": "" if order.quote_amount is None else money.dollars(order.quote_amount),
        "sell_all": order.sell_all,
        "price_seq": str(order.price_seq),
        "price_source": order.price_source,
        "status": order.state,
        "failure_reason": order.failure_reason,
        "request_id": order.request_id,
        "created_at": order.created_at,
        "updated_at": order.updated_at,
    }


def differences(
    told: Mapping[str, str | bool], kept: Mapping[str, str | bool], but: frozenset[str] = frozenset()
) -> str:
    """Describes how a response differs from what is stored; "" if it does not."""
    found = [
        f"{name} {told.get(name)!r} instead of {value!r}"
        for name, value in kept.items()
        if name not in but and not _same(name, told.get(name, ""), value)
    ]
    return ", ".join(found)


def _same(name: str, told: str | bool, kept: str | bool) -> bool:
    if not name.endswith("_at") or told == kept:
        return told == kept
    try:
        return datetime.fromisoformat(str(told)) == datetime.fromisoformat(str(kept))
    except ValueError:
        return False


class Requests:
    """The calls of one kind: those with the id of their effect, and those with only its values."""

    def __init__(self, asked: Iterator[Asked]) -> None:
        self.named: dict[Id, list[Asked]] = defaultdict(list)
        self.nameless: list[Asked] = []
        for one in asked:
            if one.effect:
                self.named[one.call.user, one.effect].append(one)
            else:
                self.nameless.append(one)


class Told:
    """The parsed history."""

    def __init__(self, history: Sequence[Call]) -> None:
        self.calls = history
        self.cash = Requests(_cash_asked(history))
        self.orders = Requests(_orders_asked(history))

    def groups(self) -> Iterator[tuple[Id, list[Asked]]]:
        """Yields the calls of each effect."""
        yield from self.cash.named.items()
        yield from self.orders.named.items()
