"""The limits file (envoy/limits.toml): how many calls of each class one user and one address may make."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Counted by this service for all edges together. While it is unavailable, each edge applies the fallback limits.
SHARED_CLASSES = ("AUTH", "MONEY", "TRADE")
# Counted by each edge on its own. FLOOD is all requests, ALL those that the edge does not answer from memory, DOCS the
# API reference and its files, WEB those of the web client.
EDGE_CLASSES = ("FLOOD", "ALL", "READ", "HISTORY", "SESSION", "DOCS", "WEB")
_ADDRESS_CLASSES = ("FLOOD", "ALL", "DOCS", "WEB")  # applied before the token is verified, or need none

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_WORDS = re.compile(rf"(\d{{1,7}})/({'|'.join(_UNITS)})")
_CALLS_MAX = 1_000_000


@dataclass(frozen=True)
class Limit:
    """A number of calls per unit of time."""

    calls: int
    unit: str  # "second", "minute", "hour", "day"

    @property
    def seconds(self) -> int:
        """The length of the unit."""
        return _UNITS[self.unit]


@dataclass(frozen=True)
class ClassLimits:
    """The limits of a class; None means unlimited."""

    user: Limit | None = None
    address: Limit | None = None
    fallback_user: Limit | None = None
    fallback_address: Limit | None = None


Rules = Mapping[str, ClassLimits]


def read(file: Path) -> Rules:
    """Reads the limits by class.

    Raises ValueError if the file is missing or incomplete, or has unknown names: a forgotten class or a misspelt key
    would silently remove a limit.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:  # RecursionError: brackets nested a thousand deep
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
