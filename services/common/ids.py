"""Deterministic ids: the same request names the same effect, whoever computes the id and however often."""

from __future__ import annotations

import hashlib
import uuid

_NAMESPACE = uuid.UUID("6f1d3f0e-6c7e-5b0a-9a35-0d5a1c0c7d11")
_SEPARATOR = "\x1f"  # in no id, so that ("a", "bc") and ("ab", "c") stay apart


def derive(*parts: str) -> str:
    """The id that `parts` name: a UUID of version 5 (RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join(parts)))


def random() -> str:
    """An id that nothing names."""
    return str(uuid.uuid4())


def fingerprint(*parts: str) -> str:
    """A short digest of a request's body, to tell a replay from another request with the same id."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:32]
