"""The ids of audit events (`ids.ordered`): they hold the moment of the event."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(event_id: str) -> datetime:
    """Returns the moment of a UUIDv7, in whole milliseconds. Raises ValueError for any other id."""
    value = uuid.UUID(event_id)
    if value.version != 7:
        raise ValueError("not a UUIDv7")
    try:
        return _EPOCH + timedelta(milliseconds=value.int >> 80)
    except OverflowError:
        raise ValueError("the time in this UUIDv7 is past the calendar's end") from None
