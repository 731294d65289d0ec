from __future__ import annotations

import pytest

from services.common.rpc.errors import ResourceExhausted
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshToken


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def limit(clock: list[float]) -> RefreshLimit:
    return RefreshLimit(30, lambda: clock[0])


def token(session_id: str = "s-1", generation: int = 0) -> RefreshToken:
    return RefreshToken("u-1", session_id, generation, b"")


def refused_seconds(limit: RefreshLimit, token: RefreshToken) -> int:
    with pytest.raises(ResourceExhausted) as refusal:
        limit.count(token)
    assert refusal.value.reason == "RATE_LIMITED"
    return int(refusal.value.metadata["retry_after_seconds"])


def test_a_session_is_refreshed_30_times_a_minute(limit: RefreshLimit, clock: list[float]) -> None:
    for generation in range(30):
        limit.count(token(generation=generation))
    latest = token(generation=30)
    assert refused_seconds(limit, latest) == 2
    clock[0] += 1
    assert refused_seconds(limit, latest) == 1, "a refused refresh must not prolong the wait"
    clock[0] += 1
    limit.count(latest)
    assert refused_seconds(limit, token(generation=31)) == 2
    clock[0] += 60
    for generation in range(31, 61):
        limit.count(token(generation=generation))


def test_sessions_do_not_limit_each_other(limit: RefreshLimit) -> None:
    for _ in range(30):
        limit.count(token())
    limit.count(token("s-2"))


def test_a_thief_who_refreshes_all_the_time_does_not_hide_the_used_token_of_the_owner(limit: RefreshLimit) -> None:
    for generation in range(1, 31):
        limit.count(token(generation=generation))
    assert refused_seconds(limit, token(generation=31))
    for _ in range(30):
        limit.count(token(generation=0))
    assert refused_seconds(limit, token(generation=0)) == 2, "used tokens are limited too"


def test_only_the_latest_sessions_are_remembered(limit: RefreshLimit) -> None:
    for _ in range(30):
        limit.count(token())
    for number in range(100_000):
        limit.count(token(f"others-{number}"))
    limit.count(token())
