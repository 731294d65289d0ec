"""How long a hash takes at the moment, and when workers will be free."""

from __future__ import annotations

from collections.abc import Callable

_LATEST_SHARE = 0.25  # of the latest hash in the average


class Forecast:
    """Predicts from the latest hashes and the running ones. `hash_seconds` is the first estimate."""

    def __init__(self, workers: int, hash_seconds: float, clock: Callable[[], float]) -> None:
        self._workers = workers
        self._average_seconds = hash_seconds
        self._clock = clock
        self._begun: list[float] = []  # when the hashes that run began, the oldest first

    def begin(self) -> float:
        """Notes that a hash begins, and returns the time."""
        now = self._clock()
        self._begun.append(now)
        return now

    def end(self, begun: float) -> None:
        """Notes that the hash which began at that time has ended."""
        self._begun.remove(begun)
        self._average_seconds = _averaged(self._average_seconds, self._clock() - begun)

    @property
    def hash_seconds(self) -> float:
        """How long a hash takes now.

        One that has run for longer than the average counts as if it ended now: on a machine that has just become busy,
        the next ones will not be faster.
        """
        now, seconds = self._clock(), self._average_seconds
        for begun in self._begun:
            seconds = max(seconds, _averaged(seconds, now - begun))
        return seconds

    def wait_seconds(self, ahead: int) -> float:
        """Returns when a worker is free for a call with `ahead` others before it, in seconds. All must be busy."""
        rounds, worker = divmod(ahead, self._workers)
        now, seconds = self._clock(), self.hash_seconds
        begun = self._begun[worker] if worker < len(self._begun) else now  # else it is about to begin
        return max(0.0, begun + seconds - now) + rounds * seconds


def _averaged(average_seconds: float, seconds: float) -> float:
    return average_seconds + _LATEST_SHARE * (seconds - average_seconds)
