from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from services.common.rpc.errors import Unavailable
from services.ratelimit.limiter import Kind, Limiter, Status, Subject
from services.ratelimit.rules import ClassLimits, Limit, Rules

NOON = 86400.0 * 365 + 43200
USER = Subject("MONEY", Kind.USER, "u-1")
ADDRESS = Subject("MONEY", Kind.ADDRESS, "192.0.2.1")
PER_USER, PER_ADDRESS = Limit(2, "minute"), Limit(5, "day")


class FakeRules:
    @property
    def current(self) -> Rules:
        return {"MONEY": ClassLimits(user=PER_USER, address=PER_ADDRESS), "TRADE": ClassLimits(address=PER_ADDRESS)}


@dataclass
class FakeCounters:
    """Counts calls in memory, or is unavailable."""

    counts: Counter[str] = field(default_factory=Counter)
    is_down: bool = False

    def count(self, key: str, window_end: float) -> int:
        if self.is_down:
            raise Unavailable("COUNTERS_AWAY", "down")
        return self.counts[key]

    def add(self, key: str, hits: int) -> None:
        self.counts[key] += hits


@dataclass
class FakeMetrics:
    calls: list[tuple[str, str]] = field(default_factory=list)

    def count_call(self, rate_class: str, outcome: str) -> None:
        self.calls.append((rate_class, outcome))


@pytest.fixture
def clock() -> list[float]:
    return [NOON]


@pytest.fixture
def counters() -> FakeCounters:
    return FakeCounters()


@pytest.fixture
def metrics() -> FakeMetrics:
    return FakeMetrics()


@pytest.fixture
def limiter(counters: FakeCounters, metrics: FakeMetrics, clock: list[float]) -> Limiter:
    return Limiter(FakeRules(), counters, metrics, lambda: clock[0])


def test_calls_pass_until_the_limit_and_the_status_has_the_remainder(limiter: Limiter, metrics: FakeMetrics) -> None:
    decisions = [limiter.decide([USER, ADDRESS], 1) for _ in range(3)]
    assert [decision.statuses for decision in decisions] == [
        [Status(PER_USER, 1, 60), Status(PER_ADDRESS, 4, 43200)],
        [Status(PER_USER, 0, 60), Status(PER_ADDRESS, 3, 43200)],
        [Status(PER_USER, -1, 60), Status(PER_ADDRESS, 2, 43200)],
    ]
    assert [decision.retry_after_seconds for decision in decisions] == [None, None, 60]
    assert metrics.calls == [("MONEY", "passed"), ("MONEY", "passed"), ("MONEY", "refused")]


def test_a_refused_call_is_not_counted(limiter: Limiter, counters: FakeCounters) -> None:
    for _ in range(20):
        limiter.decide([USER, ADDRESS], 1)
    assert sorted(counters.counts.values()) == [2, 2]


def test_the_longest_wait_of_the_exceeded_limits_applies(limiter: Limiter) -> None:
    assert limiter.decide([ADDRESS, USER], 6).retry_after_seconds == 43200


def test_several_calls_at_once_pass_together_or_not_at_all(limiter: Limiter) -> None:
    assert limiter.decide([USER], 1).retry_after_seconds is None
    assert limiter.decide([USER], 2).retry_after_seconds == 60
    assert limiter.decide([USER], 1).retry_after_seconds is None


def test_a_window_ends_with_the_unit_of_the_clock(limiter: Limiter, clock: list[float]) -> None:
    clock[0] += 59.5
    assert limiter.decide([USER], 2).statuses == [Status(PER_USER, 0, 1)]
    clock[0] += 0.5
    assert limiter.decide([USER], 1).statuses == [Status(PER_USER, 1, 60)]


@pytest.mark.parametrize(
    "subject", [None, Subject("READ", Kind.USER, "u"), Subject("TRADE", Kind.USER, "u"), Subject("?", Kind.USER, "u")]
)
def test_a_subject_without_a_limit_passes_uncounted(
    limiter: Limiter, counters: FakeCounters, metrics: FakeMetrics, subject: Subject | None
) -> None:
    decision = limiter.decide([subject], 1000)
    assert decision.statuses == [None]
    assert not decision.is_counted
    assert counters.counts == {}
    assert metrics.calls == [("OTHER", "passed")]


def test_without_counters_a_call_is_neither_passed_nor_refused(
    limiter: Limiter, counters: FakeCounters, metrics: FakeMetrics
) -> None:
    counters.is_down = True
    with pytest.raises(Unavailable):
        limiter.decide([USER], 1)
    assert metrics.calls == [("MONEY", "uncounted")]
