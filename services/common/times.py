"""The clock, and times on the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Clock = Callable[[], datetime]


def now() -> datetime:
    """Returns the time, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> Timestamp:
    """Converts a time for the wire."""
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def moment(message: Timestamp) -> datetime:
    """Returns the first moment, in whole microseconds, that is not before a time on the wire.

    Unlike `ToDatetime`, accepts nanos of more than a second, which the validator accepts too.
    """
    return _EPOCH + timedelta(seconds=message.seconds, microseconds=-(-message.nanos // 1000))
