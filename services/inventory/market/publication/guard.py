"""Holds back prices that jump: a source may be wrong, and orders must not be filled at what it says then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from services.common.money import EXACT
from services.inventory.catalogue.domain import Asset

_JUMP = Decimal("0.2")
_AGREE = Decimal("0.02")
AGREEING_MAX = 20  # frames after which a new level is believed


class Judged(NamedTuple):
    """The price to show, and whether trading must stop."""

    middle: Decimal
    is_halted: bool


@dataclass(slots=True)
class _Course:
    """What is known of an asset. `candidate` is set while the asset is halted."""

    trusted: Decimal
    asset: Asset | None = None  # as it was at the last frame, None if another publisher made that
    candidate: Decimal | None = None
    agreeing: int = 0


class JumpGuard:
    """Compares the prices of each frame with those of the one before.

    An asset whose price moves by more than 20% keeps the price before, halted, until an admin changes the asset, or 20
    frames agree on a new level. A price that an admin sets may be any. Since a halted asset shows the price that was
    trusted, the next publisher judges in the same way.
    """

    def __init__(self) -> None:
        self._courses: dict[str, _Course] = {}
        self._began_after: datetime | None = None

    def start(self, middles: Mapping[str, Decimal], as_of: datetime | None = None) -> None:
        """Takes over from another publisher, after its last frame, which was made at `as_of`."""
        self._began_after = as_of
        self._courses = {asset_id: _Course(middle) for asset_id, middle in middles.items()}

    def judge(self, asset: Asset, middle: Decimal | None) -> Judged:
        """Judges the next price of an asset; None if it has none."""
        course = self._courses.get(asset.asset_id)
        if course is None:
            course = self._courses[asset.asset_id] = _Course(middle or asset.price)
        if middle is None:
            return Judged(course.trusted, is_halted=True)
        if self._is_set(course, asset):
            course.candidate = None
        elif course.candidate is not None:
            self._weigh(course, course.candidate, middle)
        elif _differ(course.trusted, middle, _JUMP):
            course.candidate, course.agreeing = middle, 0
        course.asset = asset
        if course.candidate is None:
            course.trusted = middle
        return Judged(course.trusted, is_halted=course.candidate is not None)

    def _is_set(self, course: _Course, asset: Asset) -> bool:
        """Whether an admin has set the price, or has changed the asset while it is halted."""
        before = course.asset
        if before is asset:
            return False
        if before is None:  # set while there was no publisher, as far as the clocks agree
            return self._began_after is not None and asset.priced_at > self._began_after
        is_changed = before.updated_at != asset.updated_at
        return before.priced_at != asset.priced_at or (is_changed and course.candidate is not None)

    @staticmethod
    def _weigh(course: _Course, candidate: Decimal, middle: Decimal) -> None:
        """Counts the frames that agree on a new level, and believes it in the end."""
        if _differ(candidate, middle, _AGREE):
            course.candidate, course.agreeing = middle, 0
            return
        course.agreeing += 1
        if course.agreeing >= AGREEING_MAX:
            course.candidate = None


def _differ(one: Decimal, other: Decimal, part: Decimal) -> bool:
    """Whether two prices differ by more than this part of the first."""
    return EXACT.abs(EXACT.subtract(other, one)) > EXACT.multiply(one, part)
