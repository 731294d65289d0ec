"""The clock, and times on the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def clock(offset_seconds: float) -> Callable[[], datetime]:
    """A clock that is so far ahead of the machine's."""
    offset = timedelta(seconds=offset_seconds)
    return lambda: now() + offset


def timestamp(moment: datetime) -> Timestamp:
    """A time on the wire."""
    message = Timestamp()
    message.FromDatetime(moment)
    return message
