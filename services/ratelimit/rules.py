"""The file of limits (envoy/limits.toml): how many calls of which class may come from one user or one address."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Counted once for all edges, and by buckets of each edge when that cannot be.
SHARED_CLASSES = ("AUTH", "MONEY", "TRADE")
# Counted by buckets of each edge alone: FLOOD is every request there is, ALL those that the edge does more for than
# answer from memory, DOCS the reference and its files.
EDGE_CLASSES = ("FLOOD", "ALL", "READ", "DOCS")
_ADDRESS_CLASSES = ("FLOOD", "ALL", "DOCS")  # they come before a token is looked at, or want none

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_WORDS = re.compile(rf"(\d{{1,7}})/({'|'.join(_UNITS)})")
_CALLS_MAX = 1_000_000


@dataclass(frozen=True)
class Limit:
    """So many calls in a unit of time."""

    calls: int
    unit: str  # "second", "minute", "hour", "day"

    @property
    def seconds(self) -> int:
        """How long the unit is."""
        return _UNITS[self.unit]


@dataclass(frozen=True)
class ClassLimits:
    """The limits of a class; None where there is none."""

    user: Limit | None = None
    address: Limit | None = None
    fallback_user: Limit | None = None
    fallback_address: Limit | None = None


Rules = Mapping[str, ClassLimits]


def read(file: Path) -> Rules:
    """The limits by class. Raises ValueError for a file that is missing, incomplete or says what nobody knows.

    A class that was forgotten, or a word that was mistyped, would be a limit that is not there.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:  # the second for brackets in brackets, a thousand deep
        raise ValueError(f"{file}: {error}") from None
    classes = (*EDGE_CLASSES, *SHARED_CLASSES)
    if set(tables) != set(classes):
        raise ValueError(f"{file} must have the classes {', '.join(classes)}, and no others")
    return {name: _class(file, name, tables[name]) for name in classes}


def _class(file: Path, name: str, table: Any) -> ClassLimits:
    allowed = {"address"} if name in _ADDRESS_CLASSES else {"user", "address"}
    if name in SHARED_CLASSES:
        allowed |= {f"fallback_{kind}" for kind in allowed}
    if not isinstance(table, dict) or not set(table) <= allowed:
        raise ValueError(f"{file}: [{name}] may have {', '.join(sorted(allowed))}, and nothing else")
    needed = {"address"} | ({"fallback_address"} if name in SHARED_CLASSES else set())
    if not needed <= set(table):
        raise ValueError(f"{file}: [{name}] must have {', '.join(sorted(needed))}")
    return ClassLimits(**{key: _limit(f"{file}: [{name}] {key}", value) for key, value in table.items()})


def _limit(where: str, value: Any) -> Limit:
    found = _WORDS.fullmatch(value) if isinstance(value, str) else None
    if found is None or not 1 <= int(found[1]) <= _CALLS_MAX:
        raise ValueError(f'{where} must be like "20/minute" (1 to {_CALLS_MAX}), not {value!r}')
    return Limit(int(found[1]), found[2])
