"""Write units as AWS counts them, from the items before and after a write and the indexes of their table.

The rules are those of the DynamoDB developer guide ("Capacity unit consumption", "Item sizes", "Local secondary
indexes", "Global secondary indexes", "Transactions"):
- a write costs a unit per started KiB of the item, as it was before or is after, whichever is larger;
- an index costs its own unit per started KiB of the projected item: once when the item enters or leaves it or a
  projected attribute changes, twice when a key of the index changes, never when nothing that it has changes;
- in a transaction everything counts twice. The guide says so of items. It does not say whether of index entries too;
  they are counted twice here, so that a figure is never too low;
- a write whose condition fails costs what it would cost the item as it is.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Item = Mapping[str, Mapping[str, Any]]  # as on the wire: {"name": {"S": "text"}}

_KIB = 1024
_COLLECTION_BYTES, _ELEMENT_BYTES = 3, 1


def item_bytes(item: Item) -> int:
    """Returns the size of an item: its names and its values."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def value_bytes(value: Mapping[str, Any]) -> int:
    """Returns the size of a value."""
    [(kind, content)] = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return _number_bytes(Decimal(content))
        case "B":
            return len(base64.b64decode(content))
        case "BOOL" | "NULL":
            return 1
        case "L":
            return _COLLECTION_BYTES + sum(_ELEMENT_BYTES + value_bytes(part) for part in content)
        case "M":
            return _COLLECTION_BYTES + _ELEMENT_BYTES * len(content) + item_bytes(content)
    raise ValueError(f"no service writes attributes of the type {kind}")


def _number_bytes(number: Decimal) -> int:
    """Returns the size of a number: a byte for two significant digits, and one; one more if it is negative."""
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return 1 + (len(digits) + 1) // 2 + (number < 0)


@dataclass(frozen=True)
class Index:
    """A secondary index: its keys, and the attributes that it has (None: all)."""

    name: str
    keys: tuple[str, ...]
    projected: frozenset[str] | None

    @classmethod
    def of(cls, description: Mapping[str, Any], table_keys: tuple[str, ...]) -> Index:
        """Returns the index that a part of a table's description describes."""
        keys = _key_names(description)
        projection = description["Projection"]
        names = frozenset((*table_keys, *keys, *projection.get("NonKeyAttributes", ())))
        return cls(description["IndexName"], keys, None if projection["ProjectionType"] == "ALL" else names)

    def entry(self, item: Item) -> Item | None:
        """Returns what the index has of an item, None if it lacks a key of the index."""
        if not all(key in item for key in self.keys):
            return None
        return item if self.projected is None else {name: item[name] for name in item.keys() & self.projected}

    def units(self, before: Item | None, after: Item | None) -> int:
        """Returns the units that a write costs the index."""
        old, new = self.entry(before or {}), self.entry(after or {})
        if old == new:
            return 0
        if old is None or new is None:
            return _kib(old, new)
        if any(old[key] != new[key] for key in self.keys):
            return _kib(old) + _kib(new)
        return _kib(old, new)


@dataclass(frozen=True)
class Table:
    """A table: its keys and its indexes."""

    keys: tuple[str, ...]
    indexes: tuple[Index, ...]

    @classmethod
    def of(cls, description: Mapping[str, Any]) -> Table:
        """Returns the table that a description, as for CreateTable, describes."""
        keys = _key_names(description)
        names = "LocalSecondaryIndexes", "GlobalSecondaryIndexes"
        return cls(keys, tuple(Index.of(one, keys) for name in names for one in description.get(name, ())))

    def units(self, before: Item | None, after: Item | None, *, in_transaction: bool) -> dict[str, int]:
        """Returns the units of a write, by index; those of the table itself under "". None: there is no item."""
        factor = 2 if in_transaction else 1
        units = {"": _kib(before, after)} | {index.name: index.units(before, after) for index in self.indexes}
        return {name: count * factor for name, count in units.items() if count}


def _key_names(description: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key["AttributeName"] for key in description["KeySchema"])


def _kib(*items: Item | None) -> int:
    """Returns the started KiB of the largest item, at least 1."""
    return max([1, *(-(-item_bytes(item) // _KIB) for item in items if item is not None)])
