"""The steps of the simulated market: a price lasts for 250 ms. Days and steps are counted from 1970 on, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

STEP = timedelta(milliseconds=250)
MINUTE = 240
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def step_at(moment: datetime) -> int:
    """Returns the step in which a moment lies."""
    return (moment - _EPOCH) // STEP


def start_of(step: int) -> datetime:
    """Returns the moment at which a step starts."""
    return _EPOCH + step * STEP
