"""The simulated prices of an asset over all its anchors. Prices are in units of 10^-8 dollars, times are steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.inventory.market.simulation.courses import Course
from services.inventory.market.simulation.steps import DAY

_DAYS_BEFORE = 365


class Bar(NamedTuple):
    open: int
    high: int
    low: int
    close: int


class _Piece(NamedTuple):
    """Steps of one day, both ends included, that follow one course."""

    course: Course
    day: int
    first: int
    last: int


class Timeline:
    """Follows the course of the first anchor until the second is set, and so on. History begins at `begin`."""

    def __init__(self, starts: Sequence[int], courses: Sequence[Course]) -> None:
        self._starts = starts
        self._courses = courses
        self.begin = (starts[0] // DAY - _DAYS_BEFORE) * DAY

    def course(self, step: int) -> Course:
        """Returns the course of a step."""
        return self._courses[self._index(step)]

    def _index(self, step: int) -> int:
        return max(bisect_right(self._starts, step) - 1, 0)

    def price(self, step: int) -> int:
        """Returns the price at a step."""
        day = step // DAY
        course = self.course(step)
        return course.satoshis(day, course.path.value(course.day(day), step))

    def bar(self, first: int, last: int) -> Bar:
        """Returns the prices from one step to another, both included."""
        opened, closed = self.price(first), self.price(last)
        high, low = max(opened, closed), min(opened, closed)
        for course, day, begin, end in self._pieces(first, last):
            extremes = course.path.extremes(course.day(day), begin, end)
            high = max(high, course.satoshis(day, extremes.high))
            low = min(low, course.satoshis(day, extremes.low))
        return Bar(opened, high, low, closed)

    def _pieces(self, first: int, last: int) -> Iterator[_Piece]:
        while True:
            index, day = self._index(first), first // DAY
            is_newest = index + 1 == len(self._starts)
            end = min(last, (day + 1) * DAY, last if is_newest else self._starts[index + 1] - 1)
            yield _Piece(self._courses[index], day, first, end)
            if end == last:
                return
            first = end if end == (day + 1) * DAY else end + 1

    def bars(self, first: int, last: int, length: int) -> list[Bar]:
        """Returns the bars of a length that lie in a part of a day. They must follow one course."""
        course, day = self.course(first), first // DAY
        return [
            Bar(*(course.satoshis(day, value) for value in (cell.open, cell.high, cell.low, cell.close)))
            for cell in course.path.cells(course.day(day), length, first, last)
        ]

    def day(self, day: int) -> Bar:
        """Returns the bar of a day."""
        first, last = day * DAY, (day + 1) * DAY
        return self.bars(first, last, DAY)[0] if self.is_one_course(first, last) else self.bar(first, last)

    def is_one_course(self, first: int, last: int) -> bool:
        """Returns whether no anchor was set after one step, up to another."""
        return self._index(first) == self._index(last)
