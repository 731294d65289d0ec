"""Decides which calls pass. Counts in fixed windows of the clock: each minute, say, begins with a count of 0."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from services.common.rpc.errors import Unavailable
from services.ratelimit.rules import SHARED_CLASSES, Limit, Rules


class Kind(StrEnum):
    """What a limit applies to. The names are those that the edge sends."""

    USER = "user"
    ADDRESS = "masked_remote_address"


@dataclass(frozen=True, slots=True)
class Subject:
    """A user or an address that makes a call of a class."""

    rate_class: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Status:
    """How much of a limit is left after a call, and the time until it is reset."""

    limit: Limit
    remaining: int  # below 0 if the call exceeds the limit
    reset_seconds: int

    @property
    def is_over(self) -> bool:
        return self.remaining < 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The status of each subject of a call, None for those without a limit."""

    statuses: list[Status | None]

    @property
    def is_counted(self) -> bool:
        """Whether any limit applies to the call."""
        return any(status is not None for status in self.statuses)

    @property
    def tightest(self) -> Status | None:
        """The status with the fewest calls left, which the client is told; None if no limit applies."""
        return min((one for one in self.statuses if one is not None), key=lambda one: one.remaining, default=None)

    @property
    def retry_after_seconds(self) -> int | None:
        """The time after which no limit refuses the call any more; None if none does."""
        return max((one.reset_seconds for one in self.statuses if one is not None and one.is_over), default=None)


class CurrentRules(Protocol):
    """The limits that are in force."""

    @property
    def current(self) -> Rules:
        """The limits by class."""


class Counters(Protocol):
    """Counts by key."""

    def count(self, key: str, window_end: float) -> int:
        """Returns the count of a key, which is deleted at `window_end`. Raises Unavailable."""

    def add(self, key: str, hits: int) -> None:
        """Adds to a count that `count` has returned."""


class CallMetrics(Protocol):
    """The metrics of calls."""

    def count_call(self, rate_class: str, outcome: str) -> None:
        """Counts a call."""


class Limiter:
    """The use case of the rate limit service."""

    def __init__(
        self, rules: CurrentRules, counters: Counters, metrics: CallMetrics, clock: Callable[[], float] = time.time
    ) -> None:
        self._rules = rules
        self._counters = counters
        self._metrics = metrics
        self._clock = clock

    def decide(self, subjects: Sequence[Subject | None], hits: int) -> Decision:
        """Decides on `hits` calls of some subjects at once; None stands for a subject without a limit.

        Calls that pass are counted for all subjects. Calls that are refused are counted for none: a user who is refused
        must not use up the limit of an address that others share. Raises Unavailable if the counters are unavailable.
        """
        now = self._clock()
        statuses: list[Status | None] = []
        keys: list[str] = []
        rate_class = "OTHER"
        for subject in subjects:
            limit = self._limit(subject)
            if subject is None or limit is None:
                statuses.append(None)
                continue
            rate_class = subject.rate_class
            window = int(now // limit.seconds)
            window_end = (window + 1) * limit.seconds
            key = f"limit:{rate_class}:{subject.kind}:{subject.value}:{limit.unit}:{window}"
            remaining = limit.calls - self._count(rate_class, key, window_end) - hits
            statuses.append(Status(limit, remaining, max(1, math.ceil(window_end - now))))
            keys.append(key)
        decision = Decision(statuses)
        if decision.retry_after_seconds is not None:
            self._metrics.count_call(rate_class, "refused")
            return decision
        for key in keys:
            self._counters.add(key, hits)
        self._metrics.count_call(rate_class, "passed")
        return decision

    def _limit(self, subject: Subject | None) -> Limit | None:
        if subject is None or subject.rate_class not in SHARED_CLASSES:
            return None
        limits = self._rules.current[subject.rate_class]
        return limits.user if subject.kind is Kind.USER else limits.address

    def _count(self, rate_class: str, key: str, window_end: float) -> int:
        try:
            return self._counters.count(key, window_end)
        except Unavailable:
            self._metrics.count_call(rate_class, "uncounted")
            raise
