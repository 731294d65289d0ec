"""Finds secrets in logs by their format. No log may contain a secret of any test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CANARY = "canary"  # the prefix of all passwords in tests

_LOOKS = {
    "a password": re.compile(rf"{CANARY}[ -][0-9a-f]{{16}}"),
    "a token": re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    "a refresh token, or a signature": re.compile(r"[A-Za-z0-9_-]{80,}"),
    "a hash of a password": re.compile(r"\$2[aby]\$\d\d\$"),
    "a private key": re.compile("PRIVATE KEY"),
}


def secrets_in(text: str) -> Iterator[str]:
    """Yields the kinds of secrets that a text contains."""
    return (what for what, looks in _LOOKS.items() if looks.search(text))


def secrets_in_logs(folder: Path) -> Iterator[str]:
    """Yields each secret in the logs of a system, with its line."""
    logs = sorted(folder.rglob("*.log"))
    assert logs, f"there is no log in {folder}"
    for log in logs:
        for number, line in enumerate(log.read_text(errors="replace").splitlines(), start=1):
            for what in secrets_in(line):
                yield f"{log.name}:{number} contains {what}"
