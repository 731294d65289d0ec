"""Parses items. Only this module and the view know their format."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from .checker_model import ZERO, Entry, Holding, Line, Order, Profile, Refusal, Shard, Step, StoredAccount
from .dump import Item

T = TypeVar("T")

_LINE_BYTES = 17  # the id of an effect, and a letter for its kind
_KINDS = {b"D": "DEPOSIT", b"W": "WITHDRAWAL", b"P": "ORDER_PAYMENT", b"S": "ORDER_SALE"}


def profile(item: Item) -> Profile:
    names = ("username", "email", "first_name", "last_name", "phone", "date_of_birth")
    texts = {name: text(item, name) for name in names}
    consent = _typed(item, "marketing_emails_consent", bool)
    return Profile(
        user_id=text(item, "user_id"),
        username=texts["username"],
        email=texts["email"],
        request_id=text(item, "request_id"),
        request_body=text(item, "request_body"),
        version=_whole(item, "version"),
        fields={**texts, "marketing_emails_consent": consent, "request_id": text(item, "request_id")},
        role=text(item, "role"),
        disabled=_typed(item, "disabled", bool),
    )


def account(item: Item) -> StoredAccount:
    return StoredAccount(
        available=number(item, "available"),
        held=number(item, "held"),
        version=_whole(item, "version"),
        days=_days(item),
        lines=lines(item),
    )


def lines(item: Item) -> list[Line]:
    """Parses the lines of the ledger that an account or a chapter has."""
    data = _typed(item, "lines", bytes)
    rows = [data[start : start + _LINE_BYTES] for start in range(0, len(data), _LINE_BYTES)]
    return [Line(str(uuid.UUID(bytes=row[:-1])), _KINDS[row[-1:]]) for row in rows]


def shard(item: Item) -> Shard:
    """Parses a shard of the stock. Turnover and fees are missing until there are some."""
    turnover, fees = (number(item, name) if name in item else ZERO for name in ("turnover", "fees"))
    return Shard(number(item, "available"), turnover, fees)


def _days(item: Item) -> list[tuple[str, Decimal, Decimal]]:
    last = text(item, "day"), number(item, "deposited"), number(item, "withdrawn")
    others = [tuple(other) for other in item.get("other_days", ())]
    return [last, *others] if last != ("", 0, 0) else others


def holding(item: Item) -> Holding:
    return Holding(
        quantity=number(item, "quantity"),
        held=number(item, "held"),
        cost=number(item, "cost"),
        version=_whole(item, "version"),
    )


def entry(item: Item, user: str, effect_id: str) -> Entry:
    refusal = _refusal(item)
    if refusal and {"seq", "amount", "balance_after", "quantity", "fee"} & item.keys():
        raise ValueError("it is refused but has an amount")
    return Entry(
        user=user,
        effect_id=effect_id,
        body=text(item, "body"),
        kind=text(item, "kind"),
        order_id=text(item, "order_id"),
        asset_id=text(item, "asset_id"),
        created_at=_time(item, "created_at"),
        refusal=refusal,
        seq=0 if refusal else _whole(item, "seq"),
        amount=ZERO if refusal else number(item, "amount"),
        balance_after=ZERO if refusal else number(item, "balance_after"),
        quantity=ZERO if refusal else number(item, "quantity"),
        fee=_optional(item, "fee") or ZERO,
    )


def step(item: Item, effect_id: str) -> Step:
    return Step(
        effect_id=effect_id,
        order_id=text(item, "order_id"),
        asset_id=text(item, "asset_id"),
        change=number(item, "change"),
        amount=_optional(item, "amount") or ZERO,
        fee=_optional(item, "fee") or ZERO,
        refusal=_refusal(item),
        restock=(text(item, "actor_id"), text(item, "request_id")) if "actor_id" in item else None,
    )


def order(item: Item) -> Order:
    pending_shard = item.get("pending_shard")
    limit = item["limit_price"]
    return Order(
        order_id=text(item, "order_id"),
        user=text(item, "user_id"),
        side=text(item, "side"),
        asset_id=text(item, "asset_id"),
        quantity=number(item, "quantity"),
        price=number(item, "price"),
        limit_price=None if limit is None else number(item, "limit_price"),
        amount=number(item, "amount"),
        fee=_optional(item, "fee") or ZERO,
        quote_amount=_optional(item, "quote_amount"),
        sell_all=_typed(item, "sell_all", bool) if "sell_all" in item else False,
        price_seq=_whole(item, "price_seq"),
        price_source=text(item, "price_source"),
        request_id=text(item, "request_id"),
        body=text(item, "body"),
        created_at=_time(item, "created_at"),
        updated_at=text(item, "updated_at"),
        state=text(item, "state"),
        failure_reason=text(item, "failure_reason"),
        failure_message=text(item, "failure_message"),
        failure_facts=_typed(item, "failure_facts", dict),
        version=_whole(item, "version"),
        created_key=text(item, "created_key"),
        asset_key=text(item, "asset_key"),
        pending_shard=None if pending_shard is None else _whole(item, "pending_shard"),
        is_due="due_at" in item,
        quarantine_reason=item.get("quarantine_reason", ""),
    )


def _refusal(item: Item) -> Refusal | None:
    if "refusal" not in item:
        return None
    refusal = _typed(item, "refusal", dict)
    return Refusal(text(refusal, "reason"), text(refusal, "message"), _typed(refusal, "metadata", dict))


def _typed(item: Item, name: str, kind: type[T]) -> T:
    """Returns an attribute. Raises KeyError if it is missing, TypeError if it has another type."""
    value = item[name]
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {value!r}")
    return value


def text(item: Item, name: str) -> str:
    return _typed(item, name, str)


def _time(item: Item, name: str) -> str:
    datetime.fromisoformat(text(item, name))
    return text(item, name)


def number(item: Item, name: str) -> Decimal:
    return _typed(item, name, Decimal)


def _optional(item: Item, name: str) -> Decimal | None:
    """Returns a number that only some items have. It is never 0: 0 is the absence."""
    value = number(item, name) if name in item else None
    if value == 0:
        raise ValueError(f"{name} is 0, which should be missing")
    return value


def _whole(item: Item, name: str) -> int:
    value = number(item, name)
    if value != value.to_integral_value():
        raise ValueError(f"{name} is {value}, not an integer")
    return int(value)
