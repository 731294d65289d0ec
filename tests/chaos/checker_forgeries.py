"""Mutants whose books still balance: only other facts, such as the history, can expose them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import pairwise, permutations
from typing import Any
from uuid import UUID

from services.common import ids

from .checker_lines import CHAPTER_SIZE
from .checker_model import ZERO, share
from .checker_mutants import SATOSHI, Mutant, World, place
from .checker_requests import Told, Verdict
from .dump import Item


def mutants(world: World) -> Iterator[Mutant]:
    """Yields all mutants."""
    yield from _cash_again(world)
    yield from _cash_undone(world)
    yield from _orders_undone(world)
    yield from _swapped(world)
    yield from _moved(world)
    yield from _orders_nobody_made(world)
    yield from _seeded_otherwise(world)


def _entries(world: World) -> Iterator[Item]:
    return (item for item in world.dump.users if "seq" in item)


def _sure(world: World) -> set[str]:
    """Returns the effects and orders that the client knows to be done."""
    groups = Told(world.history).groups()
    return {effect for (_, effect), group in groups if any(one.verdict is Verdict.DONE for one in group)}


def _cash_again(world: World) -> Iterator[Mutant]:
    """A deposit or a withdrawal has happened twice, and the balance agrees."""
    for item in _entries(world):
        if not item["order_id"] and item["amount"] != Decimal("77.77"):  # two calls for it have an unknown outcome
            again = {**item, "sk": f"ENTRY#{ids.derive('again', item['sk'])}", "seq": item["seq"] + Decimal("0.5")}
            make = partial(rebooked, world, item["pk"], partial(_with, again))
            yield Mutant("an effect happened twice", place(item), make)


def _cash_undone(world: World) -> Iterator[Mutant]:
    """An acknowledged deposit or withdrawal is missing, and the balance agrees."""
    sure = _sure(world)
    for item in _entries(world):
        if item["sk"].removeprefix("ENTRY#") in sure:
            make = partial(rebooked, world, str(item["pk"]), partial(_without, {item["sk"]}))
            yield Mutant("an effect is undone", place(item), make)


def _orders_undone(world: World) -> Iterator[Mutant]:
    """An acknowledged order is missing with all its legs, or failed without legs, and the balances agree."""
    sure = _sure(world)
    for index, order in enumerate(world.dump.orders):
        if order["order_id"] in sure and order["state"] == "COMPLETED":
            yield Mutant("an order is undone", place(order), partial(_undone, world, index, None))
            failed = {
                "state": "FAILED",
                "failure_reason": "PRICE_OUT_OF_BOUNDS",
                "failure_message": "x",
                "failure_facts": {},
                "version": Decimal(1),
            }
            yield Mutant("an order is undone", f"{place(order)} failed", partial(_undone, world, index, order | failed))


def _undone(world: World, index: int, after: Item | None) -> World:
    order = world.dump.orders[index]
    steps = [item for item in world.dump.inventory if item.get("order_id") == order["order_id"]]
    for step in steps:
        made = "refusal" not in step
        dollars = (-step.get(name, ZERO) if made else ZERO for name in ("amount", "fee"))
        world = _restocked(world, order["asset_id"], -step["change"], *dollars)
        world = world.with_item("inventory", world.dump.inventory.index(step), None)
    legs = {item["sk"] for item in _entries(world) if item["order_id"] == order["order_id"]}
    return rebooked(world.with_item("orders", index, after), order["pk"], partial(_without, legs))


def _restocked(world: World, asset_id: str, change: Decimal, amount: Decimal = ZERO, fee: Decimal = ZERO) -> World:
    """Adds a change to the fullest shard, and what the house has earned by it."""
    shards = [
        (item["available"], index)
        for index, item in enumerate(world.dump.inventory)
        if item["pk"].startswith(f"STOCK#{asset_id}#")
    ]
    available, index = max(shards)
    item = world.dump.inventory[index]
    dollars = {"turnover": item.get("turnover", ZERO) + amount, "fees": item.get("fees", ZERO) + fee}
    return world.with_items("inventory", {index: {**item, "available": available + change, **dollars}})


def _swapped(world: World) -> Iterator[Mutant]:
    """A trade that was acknowledged before another was requested comes after it in the ledger."""
    calls = {effect: [one.call for one in group] for (_, effect), group in Told(world.history).groups()}
    sure = _sure(world)
    ledgers: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(_entries(world), key=lambda item: item["seq"]):
        ledgers[item["pk"]].append(item)
    for user, ledger in ledgers.items():
        for one, two in pairwise(ledger):
            if not {one["order_id"], two["order_id"]} <= sure or one["asset_id"] == two["asset_id"]:
                continue
            ended = min(call.ended for call in calls[one["order_id"]])
            if ended < min(call.started for call in calls[two["order_id"]]):
                swap = {one["sk"]: two["seq"], two["sk"]: one["seq"]}
                make = partial(rebooked, world, user, partial(_renumbered, swap))
                yield Mutant("effects are reordered", place(one), make)


def _moved(world: World) -> Iterator[Mutant]:
    """Something has moved from one owner to another."""
    sorts: dict[tuple[str, str], list[tuple[int, Item]]] = defaultdict(list)
    for index, item in enumerate(world.dump.users):
        if item["sk"] == "ACCOUNT" or item["sk"].startswith("HOLDING#"):
            sorts["users", item["sk"]].append((index, item))
    for index, item in enumerate(world.dump.inventory):
        if item["pk"].startswith("STOCK#"):
            sorts["inventory", item["pk"].partition("#")[2][-1]].append((index, item))
    for (table, sort), items in sorts.items():
        name = "quantity" if sort.startswith("HOLDING#") else "available"
        for (i, one), (j, two) in permutations(items, 2):
            after = {i: {**one, name: one[name] - SATOSHI}, j: {**two, name: two[name] + SATOSHI}}
            yield Mutant("something has another owner", place(one), partial(world.with_items, table, after))
    for (_, sort), items in sorts.items():
        for (i, one), (j, two) in permutations(items, 2) if not sort.startswith(("ACCOUNT", "HOLDING#")) else ():
            if one["pk"].split("#")[1] == two["pk"].split("#")[1]:
                x = one["available"] + SATOSHI
                after = {i: {**one, "available": -SATOSHI}, j: {**two, "available": two["available"] + x}}
                yield Mutant("a shard is negative", place(one), partial(world.with_items, "inventory", after))


def _orders_nobody_made(world: World) -> Iterator[Mutant]:
    """A copy of an order that was refused at once exists under another request id."""
    for order in world.dump.orders:
        if order["state"] == "FAILED" and order["version"] == 1:
            user = order["user_id"]
            order_id = ids.derive("order", user, "made-up")
            text = {
                name: order[name].replace(order["order_id"], order_id) for name in ("sk", "created_key", "asset_key")
            }
            again = {**order, **text, "order_id": order_id, "request_id": "made-up"}
            yield Mutant("an order that no call created", place(order), partial(world.with_item, "orders", None, again))


def _seeded_otherwise(world: World) -> Iterator[Mutant]:
    """Another quantity was seeded, and the stock agrees."""
    for index, item in enumerate(world.dump.inventory):
        if item.get("order_id") == "":
            for change in (SATOSHI, -SATOSHI, Decimal(1)):
                seeded = world.with_items("inventory", {index: {**item, "change": item["change"] + change}})
                make = partial(_restocked, seeded, item["asset_id"], change)
                yield Mutant("an asset was seeded differently", place(item), make)


def _with(entry: Item, entries: Iterable[Item]) -> list[Item]:
    return [*entries, entry]


def _without(keys: set[str], entries: Iterable[Item]) -> list[Item]:
    return [item for item in entries if item["sk"] not in keys]


def _renumbered(numbers: Mapping[str, Decimal], entries: Iterable[Item]) -> list[Item]:
    return [{**item, "seq": numbers.get(item["sk"], item["seq"])} for item in entries]


def rebooked(world: World, user: str, change: Callable[[list[Item]], Iterable[Item]]) -> World:
    """Changes the entries of a user, and makes the account and the holdings agree with them."""
    own = [item for item in world.dump.users if item["pk"] == user]
    booked: list[Item] = []
    account: dict[str, Any] = {"available": ZERO}
    days: dict[str, list[Decimal]] = {}
    holdings: dict[str, Item] = {}
    for entry in sorted(change([item for item in own if "seq" in item]), key=lambda item: item["seq"]):
        account["available"] += entry["amount"]
        if entry["kind"] in ("DEPOSIT", "WITHDRAWAL"):
            date = entry["created_at"][:10]
            days[date] = days.pop(date, [ZERO, ZERO])  # goes to the end
            days[date][entry["kind"] == "WITHDRAWAL"] += abs(entry["amount"])
        if entry["asset_id"]:
            _trade(holdings, entry)
        booked.append({**entry, "seq": Decimal(len(booked) + 1), "balance_after": account["available"]})
    last, *others = [[date, *sums] for date, sums in reversed(days.items())][:4] or [["", ZERO, ZERO]]
    account |= dict(zip(("day", "deposited", "withdrawn"), last, strict=True)) | {"other_days": others}
    account["lines"] = _lines(booked[(len(booked) - 1) // CHAPTER_SIZE * CHAPTER_SIZE :]) if booked else b""
    kept = [
        {**item, **account, "version": Decimal(len(booked))} if item["pk"] == user and item["sk"] == "ACCOUNT" else item
        for item in world.dump.users
        if item["pk"] != user or ("seq" not in item and not item["sk"].startswith(("HOLDING#", "CHAPTER#")))
    ]
    chapters = [
        {"pk": user, "sk": f"CHAPTER#{number:015}", "lines": _lines(booked[number * CHAPTER_SIZE :][:CHAPTER_SIZE])}
        for number in range(len(booked) // CHAPTER_SIZE)
    ]
    stored = [{"pk": user, "sk": f"HOLDING#{asset_id}", **holding} for asset_id, holding in holdings.items()]
    return replace(world, dump=replace(world.dump, users=[*kept, *booked, *chapters, *stored]))


def _lines(entries: Iterable[Item]) -> bytes:
    """Returns a list of entries, as accounts and chapters have it."""
    kinds = {"DEPOSIT": b"D", "WITHDRAWAL": b"W", "ORDER_PAYMENT": b"P", "ORDER_SALE": b"S"}
    return b"".join(UUID(entry["sk"].removeprefix("ENTRY#")).bytes + kinds[entry["kind"]] for entry in entries)


def _trade(holdings: dict[str, Item], entry: Item) -> None:
    empty = {"quantity": ZERO, "held": ZERO, "cost": ZERO, "version": Decimal(0)}
    before = holdings.get(entry["asset_id"], empty)
    quantity = before["quantity"] + entry["quantity"]
    is_buy = entry["quantity"] > 0 or not before["quantity"]
    cost = before["cost"] - entry["amount"] if is_buy else share(quantity, before["quantity"], before["cost"])
    holdings[entry["asset_id"]] = {**before, "quantity": quantity, "cost": cost, "version": before["version"] + 1}
