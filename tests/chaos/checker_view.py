"""Parses a dump. Only this module of the checker knows the format of the items.

It is written from the schemas of the tables and shares no code with the stores.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from .checker_model import ZERO, Entry, Finding, Holding, Order, Profile, Refusal, Step, StoredAccount
from .dump import Dump, Item

_LAYOUT = "#SCHEMA"  # the layout of the table

T = TypeVar("T")
V = TypeVar("V")


class View:
    """The items of a dump, by kind. Those that cannot be parsed are in `unreadable` instead."""

    def __init__(self, dump: Dump) -> None:
        self.profiles: dict[str, Profile] = {}
        self.usernames: dict[str, str] = {}  # the user by name
        self.emails: dict[str, str] = {}
        self.accounts: dict[str, StoredAccount] = {}
        self.holdings: dict[tuple[str, str], Holding] = {}  # by user and asset
        self.entries: dict[tuple[str, str], Entry] = {}  # by user and effect
        self.catalogue: dict[str, Decimal] = {}  # the price of each asset
        self.prices: dict[str, dict[str, Decimal]] = defaultdict(dict)  # by asset and time
        self.shards: dict[str, dict[int, Decimal]] = defaultdict(dict)  # by asset and shard
        self.steps: dict[str, Step] = {}  # by effect
        self.changes: dict[str, str] = {}  # the fingerprints of changes that admins made to assets, by id
        self.orders: dict[str, Order] = {}
        self.unreadable: list[Finding] = []
        for read, items in ((self._user, dump.users), (self._inventory, dump.inventory), (self._order, dump.orders)):
            for item in items:
                if item.get("pk") == _LAYOUT:
                    continue
                try:
                    read(item)
                except KeyError as missing:
                    self.unreadable.append((_place(item), f"has no {missing.args[0]}"))
                except (TypeError, ValueError) as wrong:
                    self.unreadable.append((_place(item), f"is malformed: {wrong}"))
        self._group()

    def _group(self) -> None:
        self.ledgers: dict[str, list[Entry]] = defaultdict(list)  # the posted entries of each account, in order
        self.legs: dict[str, list[Entry]] = defaultdict(list)  # the entries of each order
        self.moves: dict[str, list[Step]] = defaultdict(list)  # the stock steps of each order
        for entry in sorted(self.entries.values(), key=lambda entry: entry.seq):
            if entry.refusal is None:
                self.ledgers[entry.user].append(entry)
            if entry.order_id:
                self.legs[entry.order_id].append(entry)
        for step in self.steps.values():
            if step.order_id:
                self.moves[step.order_id].append(step)

    def stock(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset."""
        return sum(self.shards.get(asset_id, {}).values(), ZERO)

    def moved(self, order: Order) -> Decimal:
        """Returns what an order has added to the stock so far."""
        return sum((step.change for step in self.moves.get(order.order_id, ()) if step.refusal is None), ZERO)

    def _user(self, item: Item) -> None:
        owner, _, who = _text(item, "pk").partition("#")
        what, _, name = _text(item, "sk").partition("#")
        match owner, what:
            case "USER", "PROFILE":
                _put(self.profiles, who, _profile(item))
                if item["user_id"] != who:
                    raise ValueError(f"user_id is {item['user_id']}")
            case "USER", "ACCOUNT":
                _put(self.accounts, who, _account(item))
            case "USER", "HOLDING":
                _put(self.holdings, (who, name), _holding(item))
            case "USER", "ENTRY":
                _put(self.entries, (who, name), _entry(item, who, name))
            case "USER", "SESSION" | "SESSIONS":
                pass  # sessions have nothing to do with money
            case "ENDED" | "GUESSES", _:
                pass
            case "USERNAME", _:
                _put(self.usernames, what, _text(item, "user_id"))
                if who != what[:1]:
                    raise ValueError(f"it is indexed under the prefix {who}")
            case "EMAIL", "UNIQUE":
                _put(self.emails, who, _text(item, "user_id"))
            case (("AUDIT" | "AUDITDAY" | "AUDITDAYS" | "AUDITNOBODY" | "AUDITKIND" | "CHANGE"), _):
                pass  # the audit trail and changes by admins are not part of the books
            case _:
                raise ValueError("unknown key")

    def _inventory(self, item: Item) -> None:
        owner, _, who = _text(item, "pk").partition("#")
        what = _text(item, "sk")
        match owner, what:
            case ("CATALOGUE", "#LOADED" | "#VERSION") | ("VOLUME", _):
                pass
            case "CATALOGUE", _:
                _put(self.catalogue, what, _number(item, "price"))
            case "STOCK", "0":
                asset_id, _, shard = who.partition("#")
                if shard != str(int(shard)):
                    raise ValueError(f"the shard is {shard}")
                _put(self.shards[asset_id], int(shard), _number(item, "available"))
            case "ENTRY", "ENTRY":
                _put(self.steps, who, _step(item, who))
            case "CHANGE", "CHANGE":
                _put(self.changes, who, _text(item, "body"))
            case "PRICE", _:
                _put(self.prices[who], what, _number(item, "price"))
            case _:
                raise ValueError("unknown key")

    def _order(self, item: Item) -> None:
        order = _order(item)
        _put(self.orders, order.order_id, order)
        if (item["pk"], item["sk"]) != (f"USER#{order.user}", f"ORDER#{order.order_id}"):
            raise ValueError(f"user_id is {order.user}, order_id is {order.order_id}")


def _place(item: Item) -> str:
    return f"the item {item.get('pk')} {item.get('sk')}"


def _put(items: dict[T, V], key: T, value: V) -> None:
    if key in items:
        raise ValueError("duplicate")
    items[key] = value


def _profile(item: Item) -> Profile:
    names = ("username", "email", "first_name", "last_name", "phone", "date_of_birth")
    texts = {name: _text(item, name) for name in names}
    consent = _typed(item, "marketing_emails_consent", bool)
    return Profile(
        user_id=_text(item, "user_id"),
        username=texts["username"],
        email=texts["email"],
        request_id=_text(item, "request_id"),
        request_body=_text(item, "request_body"),
        version=_whole(item, "version"),
        fields={**texts, "marketing_emails_consent": consent, "request_id": _text(item, "request_id")},
        role=_text(item, "role"),
        disabled=_typed(item, "disabled", bool),
    )


def _account(item: Item) -> StoredAccount:
    return StoredAccount(
        available=_number(item, "available"),
        held=_number(item, "held"),
        version=_whole(item, "version"),
        days=_days(item),
    )


def _days(item: Item) -> list[tuple[str, Decimal, Decimal]]:
    last = _text(item, "day"), _number(item, "deposited"), _number(item, "withdrawn")
    others = [tuple(other) for other in item.get("other_days", ())]
    return [last, *others] if last != ("", 0, 0) else others


def _holding(item: Item) -> Holding:
    return Holding(
        quantity=_number(item, "quantity"),
        held=_number(item, "held"),
        cost=_number(item, "cost"),
        version=_whole(item, "version"),
    )


def _entry(item: Item, user: str, effect_id: str) -> Entry:
    refusal = _refusal(item)
    return Entry(
        user=user,
        effect_id=effect_id,
        body=_text(item, "body"),
        kind=_text(item, "kind"),
        order_id=_text(item, "order_id"),
        asset_id=_text(item, "asset_id"),
        created_at=_time(item, "created_at"),
        refusal=refusal,
        seq=0 if refusal else _whole(item, "seq"),
        amount=ZERO if refusal else _number(item, "amount"),
        balance_after=ZERO if refusal else _number(item, "balance_after"),
        quantity=ZERO if refusal else _number(item, "quantity"),
    )


def _step(item: Item, effect_id: str) -> Step:
    return Step(
        effect_id=effect_id,
        order_id=_text(item, "order_id"),
        asset_id=_text(item, "asset_id"),
        change=_number(item, "change"),
        refusal=_refusal(item),
        restock=(_text(item, "actor_id"), _text(item, "request_id")) if "actor_id" in item else None,
    )


def _order(item: Item) -> Order:
    shard = item.get("pending_shard")
    limit = item["limit_price"]
    return Order(
        order_id=_text(item, "order_id"),
        user=_text(item, "user_id"),
        side=_text(item, "side"),
        asset_id=_text(item, "asset_id"),
        quantity=_number(item, "quantity"),
        price=_number(item, "price"),
        limit_price=None if limit is None else _number(item, "limit_price"),
        amount=_number(item, "amount"),
        request_id=_text(item, "request_id"),
        body=_text(item, "body"),
        created_at=_time(item, "created_at"),
        updated_at=_text(item, "updated_at"),
        state=_text(item, "state"),
        failure_reason=_text(item, "failure_reason"),
        failure_message=_text(item, "failure_message"),
        failure_facts=_typed(item, "failure_facts", dict),
        version=_whole(item, "version"),
        created_key=_text(item, "created_key"),
        asset_key=_text(item, "asset_key"),
        pending_shard=None if shard is None else _whole(item, "pending_shard"),
        is_due="due_at" in item,
        quarantine_reason=item.get("quarantine_reason", ""),
    )


def _refusal(item: Item) -> Refusal | None:
    if "refusal" not in item:
        return None
    refusal = _typed(item, "refusal", dict)
    if {"seq", "amount", "balance_after", "quantity"} & item.keys():
        raise ValueError("it is refused but has an amount")
    return Refusal(_text(refusal, "reason"), _text(refusal, "message"), _typed(refusal, "metadata", dict))


def _typed(item: Item, name: str, kind: type[T]) -> T:
    """Returns an attribute. Raises KeyError if it is missing, TypeError if it has another type."""
    value = item[name]
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {value!r}")
    return value


def _text(item: Item, name: str) -> str:
    return _typed(item, name, str)


def _time(item: Item, name: str) -> str:
    datetime.fromisoformat(_text(item, name))
    return _text(item, name)


def _number(item: Item, name: str) -> Decimal:
    return _typed(item, name, Decimal)


def _whole(item: Item, name: str) -> int:
    value = _number(item, name)
    if value != value.to_integral_value():
        raise ValueError(f"{name} is {value}, not an integer")
    return int(value)
