"""The clock, and times on the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

Clock = Callable[[], datetime]


def now() -> datetime:
    """Returns the time, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> Timestamp:
    """Converts a time for the wire."""
    message = Timestamp()
    message.FromDatetime(moment)
    return message
