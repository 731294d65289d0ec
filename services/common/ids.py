"""Ids. Deterministic ids name an effect, so that every replay of a request leads to the same one."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import UTC, datetime, timedelta

import uuid_utils

_NAMESPACE = uuid.UUID("6f1d3f0e-6c7e-5b0a-9a35-0d5a1c0c7d11")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_SEPARATOR = "\x1f"  # never part of an id, so that ("a", "bc") and ("ab", "c") differ


def derive(*parts: str) -> str:
    """Returns the id that `parts` determine: a UUIDv5 (RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join(parts)))


def random() -> str:
    """Returns a random id: a UUIDv4."""
    return str(uuid.uuid4())


def ordered(moment: datetime) -> str:
    """Returns a UUIDv7 (RFC 9562). Such ids sort by their moments, in whole milliseconds; within one, at random.

    The id depends on `moment` and chance alone, not on earlier ids. Raises OverflowError for a moment before 1970.
    """
    return str(uuid_utils.uuid7(nanoseconds=(moment - _EPOCH) // timedelta(milliseconds=1) * 1_000_000))


def canonical(text: str) -> str:
    """Returns an id as it is stored: a UUID in lower case (RFC 9562, section 4), any other text unchanged."""
    lower = text.lower()
    return lower if lower != text and _UUID.fullmatch(text) else text


def fingerprint(*parts: str) -> str:
    """Returns a short digest of a request's body, which tells a replay from another request with the same id."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:32]
