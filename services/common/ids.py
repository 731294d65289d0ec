"""Deterministic ids: the same request names the same effect, whoever computes the id and however often."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import UTC, datetime, timedelta

_NAMESPACE = uuid.UUID("6f1d3f0e-6c7e-5b0a-9a35-0d5a1c0c7d11")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEPARATOR = "\x1f"  # in no id, so that ("a", "bc") and ("ab", "c") stay apart


def derive(*parts: str) -> str:
    """The id that `parts` name: a UUID of version 5 (RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join(parts)))


def random() -> str:
    """An id that nothing names."""
    return str(uuid.uuid4())


def ordered(moment: datetime) -> str:
    """An id that nothing names, of a moment: a UUID of version 7 (RFC 9562). Such ids sort by their moments."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def moment_of(ordered_id: str) -> datetime:
    """The moment of an `ordered` id, in whole milliseconds. Raises ValueError when it is none."""
    value = uuid.UUID(ordered_id)
    if value.version != 7:
        raise ValueError("this is no UUID of version 7")
    try:
        return _EPOCH + timedelta(milliseconds=value.int >> 80)
    except OverflowError:
        raise ValueError("no calendar has the moment of this id") from None


def fingerprint(*parts: str) -> str:
    """A short digest of a request's body, to tell a replay from another request with the same id."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:32]
