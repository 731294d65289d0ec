"""Invariant 5: between two dumps, what is final does not change, and versions only go up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from .checker_model import Finding, Violation, violations
from .dump import Dump, Item

Key = tuple[str, str]

# The attributes of an order that may change while it waits, and with its state. Entries, prices and final orders never
# change.
_ORDER_WAITS = frozenset({"pending_shard", "due_at", "failures", "quarantine_reason", "releases"})
_ORDER_MOVES = _ORDER_WAITS | {"state", "version", "updated_at", "failure_reason", "failure_message", "failure_facts"}
_COME_AND_GO = ("#SCHEMA", "ENDED#", "GUESSES#", "PRICES", "VOLUME", "CANDLE")
_PROFILE_KEEPS = ("pk", "sk", "user_id", "username", "request_id", "request_body", "created_at")


def changes(earlier: Dump | None, later: Dump) -> list[Violation]:
    """5. The later dump contains the earlier one: the same entries, no lower versions, nothing missing."""
    if earlier is None:
        return []
    pairs = (
        (earlier.users, later.users, _user),
        (earlier.inventory, later.inventory, _inventory),
        (earlier.orders, later.orders, _order),
    )
    return violations(5, list(chain.from_iterable(_table(*pair) for pair in pairs)))


Compare = Callable[[Item, Item], str]


def _table(before: list[Item], after: list[Item], compare: Compare) -> Iterator[Finding]:
    now = {(item["pk"], item["sk"]): item for item in after}
    for item in before:
        key = item["pk"], item["sk"]
        if _passes(item):
            continue
        if key in now:
            wrong = compare(item, now[key])
        elif key[0].startswith("EMAIL#"):  # addresses change
            wrong = ""
        else:
            wrong = "has disappeared"
        if wrong:
            yield "the item {} {}".format(*key), wrong


def _passes(item: Item) -> bool:
    """Tells whether an item is about sessions, login attempts or prices: they come and go, and are not in the books."""
    return bool(item["sk"].startswith("SESSION") or item["pk"].startswith(_COME_AND_GO))


def _user(before: Item, after: Item) -> str:
    what = before["sk"].partition("#")[0]
    if what == "PROFILE":
        return _rewritten(before, after, _PROFILE_KEEPS) or _version(before, after)
    if what in ("ACCOUNT", "HOLDING"):
        return _version(before, after)
    if before["pk"].startswith("EMAIL#"):
        return ""
    return _rewritten(before, after, before.keys() | after.keys())


def _inventory(before: Item, after: Item) -> str:
    is_state = before["pk"] == "CATALOGUE" or before["pk"].startswith("STOCK#")
    return "" if is_state else _rewritten(before, after, before.keys() | after.keys())


def _order(before: Item, after: Item) -> str:
    names = before.keys() | after.keys()
    if before["state"] == "PENDING":
        return _rewritten(before, after, names - _ORDER_MOVES) or _version(before, after, _ORDER_WAITS)
    return _rewritten(before, after, names)


def _rewritten(before: Item, after: Item, names: Iterable[str]) -> str:
    """Describes which of the attributes `names`, which must not change, have changed."""
    changed = [
        f"{name}: {before.get(name)} to {after.get(name)}" for name in sorted(names) if _differ(before, after, name)
    ]
    return f"was final but has changed: {'; '.join(changed)}" if changed else ""


def _version(before: Item, after: Item, free: frozenset[str] = frozenset()) -> str:
    """Describes a version that went down, or did not go up with a change of an attribute that is not in `free`."""
    if after["version"] < before["version"]:
        return f"went from version {before['version']} back to {after['version']}"
    changed = [name for name in before.keys() | after.keys() if name not in free and _differ(before, after, name)]
    if changed and after["version"] == before["version"]:
        return f"changed {sorted(changed)} without a new version"
    return ""


def _differ(before: Item, after: Item, name: str) -> bool:
    missing = object()
    return bool(before.get(name, missing) != after.get(name, missing))
