"""Mutants: falsified copies of a correct dump, each of which the checker must detect.

A change that leaves a possible run is not a mutant: `checker_scope` lists the attributes where that is so, and why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from .checker_market import Market
from .checker_scope import Knowledge, effect_of, is_empty, is_out_of_scope, is_untold, sort_of, stands_alone
from .dump import Dump, Item
from .history import Call

TABLES = ("users", "inventory", "orders")
SATOSHI = Decimal("0.00000001")


@dataclass(frozen=True)
class World:
    """The input of the checker."""

    dump: Dump
    history: Sequence[Call]
    earlier: Dump | None = None
    market: Market | None = None

    def with_item(self, table: str, index: int | None, item: Item | None) -> World:
        """Replaces an item. Adds one if the index is None; removes one if the item is None."""
        items = list(getattr(self.dump, table))
        if index is not None:
            del items[index]
        return replace(self, dump=replace(self.dump, **{table: items if item is None else [*items, item]}))

    def with_items(self, table: str, items: dict[int, Item]) -> World:
        """Replaces items, by index."""
        after = [items.get(index, item) for index, item in enumerate(getattr(self.dump, table))]
        return replace(self, dump=replace(self.dump, **{table: after}))

    def with_call(self, index: int | None, call: Call | None) -> World:
        """Replaces a call. Appends one if the index is None; removes one if the call is None."""
        calls = list(self.history)
        if index is None:
            index = len(calls)
        calls[index : index + 1] = [] if call is None else [call]
        return replace(self, history=calls)

    def items(self) -> Iterator[tuple[str, int, Item]]:
        for table in TABLES:
            for index, item in enumerate(getattr(self.dump, table)):
                yield table, index, item


@dataclass(frozen=True)
class Mutant:
    kind: str
    what: str
    make: Callable[[], World]


def gone(world: World) -> Iterator[Mutant]:
    """An item is missing."""
    known = Knowledge(world.dump, world.history)
    for table, index, item in world.items():
        sort = sort_of(table, item)
        is_needed = effect_of(item) in known.sure or not stands_alone(sort, item)
        if sort == "PRICE":
            is_needed = (item["pk"], item["sk"]) in known.current_prices
        if sort and is_needed and not is_empty(sort, item):  # an empty shard may be missing
            yield Mutant("an item is missing", place(item), partial(world.with_item, table, index, None))


def twice(world: World) -> Iterator[Mutant]:
    """An item exists a second time, under another key."""
    keys = {
        "ENTRY": "sk",
        "STEP": "pk",
        "USERNAME": "sk",
        "ORDER": "sk",
        "HOLDING": "sk",
        "STOCK": "pk",
        "CATALOGUE": "sk",
        "CHAPTER": "sk",
    }
    for table, index, item in world.items():
        sort = sort_of(table, item)
        key = keys.get(sort, "pk")
        if sort in ("", "PRICE") or is_empty(sort, item):
            continue  # the same price at another time, or an empty shard, is possible
        again = {**item, key: f"{item[key]}9"}
        if sort == "ORDER":
            again["order_id"] = again["sk"].removeprefix("ORDER#")
        yield Mutant("an item is duplicated", place(item), partial(world.with_item, table, None, again))
        if "seq" in item:
            next_one = {**again, "seq": item["seq"] + 1}
            yield Mutant("an item is duplicated", place(item), partial(world.with_item, table, None, next_one))
        elif index and sort in ("ENTRY", "ORDER"):
            same = dict(item)
            yield Mutant("an item is duplicated", place(item), partial(world.with_item, table, None, same))


def altered(world: World) -> Iterator[Mutant]:
    """An attribute has another value."""
    known = Knowledge(world.dump, world.history)
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for table, _, item in world.items():
        for name, value in flat(item).items():
            pool = pools[sort_of(table, item), name]
            if isinstance(value, str) and value not in pool:
                pool.append(value)
    for table, index, item in world.items():
        sort = sort_of(table, item)
        for name, value in flat(item).items() if sort else ():
            if is_out_of_scope(sort, name) or is_untold(sort, item, name, known):
                continue
            pool = pools[sort, name]
            others = other_stocks(value) if (sort, name) == ("STOCK", "pk") else other_values(name, value, pool)
            for other in others:
                what = f"{place(item)}: {name} {value} -> {other}"
                items = {index: with_value(item, name, other)}
                yield Mutant(f"{sort} has another {name}", what, partial(world.with_items, table, items))


def extra(world: World) -> Iterator[Mutant]:
    """A final order is in the index of pending orders, or an order in quarantine lacks its reason."""
    for index, item in enumerate(world.dump.orders):
        if "pending_shard" not in item:
            for more in ({"pending_shard": Decimal(3)}, {"due_at": item["updated_at"]}):
                yield Mutant(
                    "an order is misplaced",
                    place(item),
                    partial(world.with_items, "orders", {index: item | more}),
                )
        for name in ("pending_shard", "due_at", "quarantine_reason"):
            if name in item:
                less = {key: value for key, value in item.items() if key != name}
                yield Mutant("an order is misplaced", place(item), partial(world.with_items, "orders", {index: less}))


def rewritten(world: World, earlier: Dump) -> Iterator[Mutant]:
    """What was final in an earlier dump has changed, or the earlier dump is ahead."""
    before = {(item["pk"], item["sk"]): item for table in TABLES for item in getattr(earlier, table)}
    world = replace(world, earlier=earlier)
    for table, index, item in world.items():
        sort, old = sort_of(table, item), before.get((item["pk"], item["sk"]))
        if old is None or (sort == "ORDER" and old["state"] == "PENDING"):
            continue
        if sort in ("ENTRY", "STEP", "PRICE", "ORDER"):
            for name, value in flat(item).items():
                if is_out_of_scope(sort, name) and name != "sk":
                    items = {index: with_value(item, name, f"{value}9")}
                    what = f"{place(item)}: {name}"
                    yield Mutant("rewritten since an earlier dump", what, partial(world.with_items, table, items))
        if sort in ("PROFILE", "ACCOUNT", "HOLDING"):
            ahead = {**old, "version": item["version"] + 1}
            changed = {**item, "updated_at": "later", "cost": item.get("cost", 0), "held": Decimal(1)}
            for one in (ahead, changed):
                olds = [one if other is old else other for other in getattr(earlier, table)]
                make = partial(replace, world, earlier=replace(earlier, **{table: olds}))
                yield Mutant("an earlier dump is ahead", place(item), make)


def place(item: Item) -> str:
    return f"{item['pk']} {item['sk']}"


def flat(item: Item) -> Item:
    """Returns the attributes, with those of a refusal and the facts of a failure one by one."""
    values = {name: value for name, value in item.items() if name not in ("refusal", "failure_facts")}
    values.update({f"failure_facts.{key}": text for key, text in item.get("failure_facts", {}).items()})
    for name, value in item.get("refusal", {}).items():
        if name == "metadata":
            values.update({f"refusal.metadata.{key}": text for key, text in value.items()})
        else:
            values[f"refusal.{name}"] = value
    return values


def with_value(item: Item, name: str, value: Any) -> Item:
    first, _, rest = name.partition(".")
    return {**item, first: with_value(item[first], rest, value) if rest else value}


def other_stocks(key: str) -> list[str]:
    """Returns the keys of other assets. (Another shard would be possible: their number is a setting.)"""
    _, asset_id, shard = key.split("#")
    return [f"STOCK#{other}#{shard}" for other in ("NEW", "AAA", "BBB") if other != asset_id]


def _other_lines(data: bytes) -> list[bytes]:
    """Returns other lists of entries: without one, with one more, in another order, or with another kind."""
    size = 17
    lines = [data[start : start + size] for start in range(0, len(data), size)]
    others = [[*lines, bytes(16) + b"D"], lines[1:], lines[:-1], lines[::-1]]
    if lines:
        others.append([*lines[:-1], lines[-1][:-1] + (b"D" if lines[-1][-1:] != b"D" else b"W")])
    return [b"".join(other) for other in others if other != lines]


def other_values(name: str, value: Any, pool: Sequence[str]) -> list[Any]:
    """Returns other values for an attribute."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Decimal):
        least = 1 if name in ("version", "seq", "pending_shard", "price_seq") else SATOSHI
        more = [-value, value * 2, Decimal(0)] if value else []
        return [value + least, value - least, *more, *([None] if name == "limit_price" else [])]
    if value is None:
        return [Decimal(5)]
    if isinstance(value, bytes):
        return _other_lines(value)
    if isinstance(value, list):
        return [value[1:]] if value else [["2026-01-01", Decimal(1), Decimal(0)]]
    at = pool.index(value)
    near = {pool[at - 1], pool[(at + 1) % len(pool)]} - {value}
    return [f"{value}9", *sorted(near)]
