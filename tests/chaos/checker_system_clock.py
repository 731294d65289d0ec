"""The clock of the correct run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that advances a little whenever it is read."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(microseconds=137_211)
        return self.time
