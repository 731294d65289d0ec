"""How much each of many keys has used of something lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

_PERIOD_SECONDS = 60.0


class RecentUse:
    """Counts by key, each of which is forgotten after one to two minutes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begin = clock()
        self._latest: Counter[str] = Counter()
        self._earlier: Counter[str] = Counter()

    def add(self, key: str) -> None:
        """Adds one to a count."""
        self._forget()
        self._latest[key] += 1

    def of(self, key: str) -> int:
        """Returns a count."""
        self._forget()
        return self._latest[key] + self._earlier[key]

    def _forget(self) -> None:
        seconds = self._clock() - self._begin
        if seconds >= _PERIOD_SECONDS:
            self._begin += seconds
            self._earlier = self._latest if seconds < 2 * _PERIOD_SECONDS else Counter()
            self._latest = Counter()
