"""Candles and statistics of past prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum

from services.common.money import EXACT

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HUNDRED = Decimal(100)


class Interval(Enum):
    """The length of a candle. Candles start at whole minutes, hours and days in UTC."""

    MINUTE = timedelta(minutes=1)
    HOUR = timedelta(hours=1)
    DAY = timedelta(days=1)

    def floor(self, moment: datetime) -> datetime:
        """Returns the start of the interval in which a moment lies."""
        return moment - (moment - _EPOCH) % self.value

    def ceiling(self, moment: datetime) -> datetime:
        """Returns the first start that is not before a moment. Raises OverflowError at the end of the year 9999."""
        return moment + (_EPOCH - moment) % self.value

    def starts(self, start: datetime, end: datetime, now: datetime) -> tuple[datetime, datetime]:
        """Returns the first start in a span that is not in the future, and a start that is after all of them."""
        after_now = self.floor(now) + self.value
        return self.ceiling(min(start, after_now)), self.ceiling(min(end, after_now))


@dataclass(frozen=True, slots=True)
class Candle:
    """The prices of an interval: of one unit, in dollars. The close is the open of the next interval."""

    start: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal

    def extended(self, later: Candle) -> Candle:
        """Returns the candle of this and a later part of the same interval."""
        return Candle(self.start, self.open, max(self.high, later.high), min(self.low, later.low), later.close)


def merged(start: datetime, parts: Sequence[Candle]) -> Candle | None:
    """Returns the candle of an interval from those of its parts, None without any."""
    if not parts:
        return None
    whole = replace(parts[0], start=start)
    for part in parts[1:]:
        whole = whole.extended(part)
    return whole


@dataclass(frozen=True, slots=True)
class Statistics:
    """Changes in percent, None without so much history, and extreme prices."""

    change_24h: Decimal | None
    change_7d: Decimal | None
    change_30d: Decimal | None
    high_24h: Decimal
    low_24h: Decimal
    history_high: Decimal
    history_low: Decimal


def change(before: Decimal | None, after: Decimal) -> Decimal | None:
    """Returns the change of a price in percent, to 2 decimals."""
    if before is None:
        return None
    percent = EXACT.divide(EXACT.multiply(EXACT.subtract(after, before), _HUNDRED), before)
    return percent.quantize(Decimal("0.01"), context=EXACT)
