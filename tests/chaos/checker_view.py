"""A parsed dump: what the tables hold, by kind.

It is written from the schemas of the tables and shares no code with the stores.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TypeVar

from . import checker_items as items
from .checker_model import ZERO, Entry, Finding, Holding, Line, Order, Profile, Shard, Step, StoredAccount
from .dump import Dump, Item

# Items that are not part of the books: sessions, login attempts, the audit trail, and changes by admins.
_SESSIONS = {"SESSION", "SESSIONS"}
_NO_BOOKS = {
    "ENDED", "GUESSES", "AUDIT", "AUDITDAY", "AUDITDAYS", "AUDITNOBODY", "AUDITKIND", "CHANGE",
}  # fmt: skip

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
        self.chapters: dict[tuple[str, int], list[Line]] = {}  # by user and number
        self.entries: dict[tuple[str, str], Entry] = {}  # by user and effect
        self.catalogue: dict[str, Decimal] = {}  # the price of each asset
        self.prices: dict[str, dict[str, Decimal]] = defaultdict(dict)  # by asset and time
        self.increments: dict[str, Decimal] = {}  # the steps of the quantities of each asset
        self.shards: dict[str, dict[int, Shard]] = defaultdict(dict)  # by asset and number
        self.steps: dict[str, Step] = {}  # by effect
        self.changes: dict[str, str] = {}  # the fingerprints of changes that admins made to assets, by id
        self.orders: dict[str, Order] = {}
        self.unreadable: list[Finding] = []
        for read, rows in ((self._user, dump.users), (self._inventory, dump.inventory), (self._order, dump.orders)):
            for item in rows:
                if item.get("pk") == "#SCHEMA":
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
        return self.house(asset_id).available

    def house(self, asset_id: str) -> Shard:
        """Returns all shards of an asset together."""
        shards = self.shards.get(asset_id, {}).values()
        return Shard(*(sum(column, ZERO) for column in zip(Shard(), *shards, strict=True)))

    def moved(self, order: Order) -> Decimal:
        """Returns what an order has added to the stock so far."""
        return sum((step.change for step in self.moves.get(order.order_id, ()) if step.refusal is None), ZERO)

    def _user(self, item: Item) -> None:
        owner, _, who = items.text(item, "pk").partition("#")
        what, _, name = items.text(item, "sk").partition("#")
        match owner, what:
            case "USER", "PROFILE":
                _put(self.profiles, who, items.profile(item))
                if item["user_id"] != who:
                    raise ValueError(f"user_id is {item['user_id']}")
            case "USER", "ACCOUNT":
                _put(self.accounts, who, items.account(item))
            case "USER", "HOLDING":
                _put(self.holdings, (who, name), items.holding(item))
            case "USER", "CHAPTER":
                _put(self.chapters, (who, int(name)), items.lines(item))
                if name != f"{int(name):015}":
                    raise ValueError(f"the chapter is {name}")
            case "USER", "ENTRY":
                _put(self.entries, (who, name), items.entry(item, who, name))
            case "USERNAME", _:
                _put(self.usernames, what, items.text(item, "user_id"))
                if who != what[:1]:
                    raise ValueError(f"it is indexed under the prefix {who}")
            case "EMAIL", "UNIQUE":
                _put(self.emails, who, items.text(item, "user_id"))
            case _:
                if owner not in _NO_BOOKS and (owner != "USER" or what not in _SESSIONS):
                    raise ValueError("unknown key")

    def _inventory(self, item: Item) -> None:
        owner, _, who = items.text(item, "pk").partition("#")
        what = items.text(item, "sk")
        match owner, what:
            case ("CATALOGUE", "#LOADED" | "#VERSION") | (("PRICES" | "VOLUME" | "CANDLE"), _):
                pass  # the prices of orders are compared with the frames that were published
            case "CATALOGUE", _:
                _put(self.catalogue, what, items.number(item, "price"))
                _put(self.increments, what, items.number(item, "quantity_increment"))
            case "STOCK", "0":
                asset_id, _, shard = who.partition("#")
                if shard != str(int(shard)):
                    raise ValueError(f"the shard is {shard}")
                _put(self.shards[asset_id], int(shard), items.shard(item))
            case "ENTRY", "ENTRY":
                _put(self.steps, who, items.step(item, who))
            case "CHANGE", "CHANGE":
                _put(self.changes, who, items.text(item, "body"))
            case "PRICE", _:
                _put(self.prices[who], what, items.number(item, "price"))
            case _:
                raise ValueError("unknown key")

    def _order(self, item: Item) -> None:
        order = items.order(item)
        _put(self.orders, order.order_id, order)
        if (item["pk"], item["sk"]) != (f"USER#{order.user}", f"ORDER#{order.order_id}"):
            raise ValueError(f"user_id is {order.user}, order_id is {order.order_id}")


def _place(item: Item) -> str:
    return f"the item {item.get('pk')} {item.get('sk')}"


def _put(known: dict[T, V], key: T, value: V) -> None:
    if key in known:
        raise ValueError("duplicate")
    known[key] = value
