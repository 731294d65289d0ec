"""What the value of a setting must be, beyond its type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_PORT_MAX = 65_535  # gRPC would take a larger one modulo 65536


@dataclass(frozen=True)
class Rule:
    """What a value must be: `text` follows "must be". `allows` may raise ValueError, too."""

    text: str
    allows: Callable[[Any], bool]


def between(least: float, most: float) -> Rule:
    """Returns the rule of a number. It excludes NaN."""
    return Rule(f"a number from {least:,} to {most:,}", lambda value: least <= value <= most)


def one_of(*words: str) -> Rule:
    """Returns the rule of a word, in upper or lower case."""
    return Rule(f"one of {', '.join(words)}", lambda value: value.lower() in words)


def url(*schemes: str) -> Rule:
    """Returns the rule of an address with one of these schemes."""

    def allows(text: str) -> bool:
        parts = urlsplit(text)
        has_place = bool(parts.path) if parts.scheme == "unix" else bool(parts.hostname) and parts.port != 0
        return parts.scheme in schemes and has_place

    return Rule(f"an address that begins with {' or '.join(f'{one}://' for one in schemes)}", allows)


def _is_address(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return found is not None and 1 <= int(found[1]) <= _PORT_MAX


def _are_addresses(text: str) -> bool:
    return all(map(_is_address, text.split(",")))


ADDRESS = Rule(f"HOST:PORT, with a port from 1 to {_PORT_MAX}", _is_address)
ADDRESSES = Rule(f"{ADDRESS.text}, or several of them, separated by commas", _are_addresses)
INTERVAL = between(0.001, 86_400)  # of repeated work, which would otherwise never pause, and of timeouts
LEVEL = Rule(f"one of {', '.join(_LEVELS)}", lambda value: value.upper() in _LEVELS)

_TEXT = Rule("more than white space", lambda value: bool(str(value).strip()))
_NUMBERS = {
    int: between(0, 1_000_000_000),
    float: between(0, 2_000_000),  # seconds or days; gRPC has 31 bits for milliseconds
    Decimal: between(0, 1_000_000_000_000),
}


def usual(kind: type[Any]) -> Rule:
    """Returns the rule of settings of a type that have none of their own."""
    return _NUMBERS.get(kind, _TEXT)
