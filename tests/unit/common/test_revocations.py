from __future__ import annotations

import asyncio
import logging

import pytest

from services.common import settings
from services.common.auth.revocations import LATE_MS_MAX, Feed, Revocations
from services.common.rpc.errors import Unauthenticated, Unavailable

CONFIG = settings.Revocations(age_seconds=0.1, grace_seconds=2.0)
KEPT_SECONDS = 900.0


class Source:
    """Who knows of revocations, and how often it was asked."""

    def __init__(self) -> None:
        self.feed = Feed({}, 1_000_000_000)
        self.away = False
        self.asked: list[int] = []
        self.seconds = 0.0

    async def read(self, since_ms: int) -> Feed:
        self.asked.append(since_ms)
        await asyncio.sleep(self.seconds)
        if self.away:
            raise ConnectionError("away")
        return self.feed


@pytest.fixture
def cache() -> Source:
    return Source()


@pytest.fixture
def origin() -> Source:
    return Source()


@pytest.fixture
def revocations(cache: Source, origin: Source) -> Revocations:
    return Revocations(cache, origin, CONFIG, KEPT_SECONDS)


def ended(*sessions: str, age_seconds: float = 0.0, position: int = 1_000_000_000) -> Feed:
    return Feed(dict.fromkeys(sessions, position), position, age_seconds)


async def is_refused(revocations: Revocations, session: str) -> bool:
    try:
        await revocations.check(session)
    except Unauthenticated as refusal:
        return refusal.reason == "TOKEN_REVOKED"
    return False


async def test_a_session_that_ended_is_refused_and_others_are_not(revocations: Revocations, cache: Source) -> None:
    cache.feed = ended("s-1")
    assert [await is_refused(revocations, one) for one in ("s-1", "s-2")] == [True, False]


async def test_what_is_known_is_asked_for_again_when_it_is_old(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    for _ in range(10):
        assert not await is_refused(revocations, "s-1")
    assert len(cache.asked) == 1
    cache.feed = ended("s-1")
    await asyncio.sleep(0.11)
    assert await is_refused(revocations, "s-1")
    assert cache.asked == [0, 1_000_000_000 - LATE_MS_MAX], "only what is new, and what may come to light late"
    assert not origin.asked


async def test_calls_that_come_together_share_a_question(revocations: Revocations, cache: Source) -> None:
    cache.seconds, cache.feed = 0.02, ended("s-1")
    answers = await asyncio.gather(*(is_refused(revocations, "s-1") for _ in range(50)))
    assert answers == [True] * 50
    assert len(cache.asked) == 1


async def test_a_call_that_goes_away_takes_no_other_with_it(revocations: Revocations, cache: Source) -> None:
    cache.seconds, cache.feed = 0.05, ended("s-1")
    first = asyncio.create_task(revocations.check("s-2"))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(is_refused(revocations, "s-1"))
    first.cancel()
    assert await second
    assert len(cache.asked) == 1


async def test_nobody_is_judged_by_an_answer_older_than_the_limit(revocations: Revocations, cache: Source) -> None:
    """The call comes when a slow question has long been on its way: its answer may lack what ended meanwhile."""
    cache.seconds = 0.15
    slow = asyncio.create_task(revocations.check("s-1"))
    await asyncio.sleep(0.14)
    late = asyncio.create_task(is_refused(revocations, "s-1"))
    await asyncio.sleep(0.005)
    cache.seconds = 0.0
    await slow
    cache.feed = ended("s-1")
    assert await late


@pytest.mark.parametrize("trouble", ["away", "behind"])
async def test_without_the_cache_the_origin_is_asked(
    revocations: Revocations, cache: Source, origin: Source, trouble: str
) -> None:
    origin.feed = ended("s-1")
    if trouble == "away":
        cache.away = True
    else:
        cache.feed = ended(age_seconds=0.2)
    assert await is_refused(revocations, "s-1")


async def test_a_cache_that_is_away_is_left_alone_for_a_second(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    cache.away = True
    for _ in range(3):
        await revocations.check("s-1")
        await asyncio.sleep(0.11)
    assert (len(cache.asked), len(origin.asked)) == (1, 3)
    await asyncio.sleep(0.8)
    cache.away = False
    await revocations.check("s-1")
    assert (len(cache.asked), len(origin.asked)) == (2, 3)


async def test_when_nobody_can_tell_users_are_refused(revocations: Revocations, cache: Source, origin: Source) -> None:
    cache.away = origin.away = True
    with pytest.raises(Unavailable) as refusal:
        await revocations.check("s-1")
    assert refusal.value.reason == "DEPENDENCY_UNAVAILABLE"
    origin.away = False
    await revocations.check("s-1")


async def test_what_was_known_is_no_answer_when_nobody_can_tell(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    await revocations.check("s-1")
    cache.away = origin.away = True
    await asyncio.sleep(0.11)
    with pytest.raises(Unavailable):
        await revocations.check("s-1")


@pytest.mark.parametrize(("age_seconds", "is_good"), [(1.9, True), (2.1, False)])
async def test_the_cache_alone_is_believed_for_a_while(
    revocations: Revocations, cache: Source, origin: Source, *, age_seconds: float, is_good: bool
) -> None:
    cache.feed, origin.away = ended("s-1", age_seconds=age_seconds), True
    if is_good:
        assert [await is_refused(revocations, one) for one in ("s-1", "s-2")] == [True, False]
    else:
        with pytest.raises(Unavailable):
            await revocations.check("s-2")


async def test_a_source_that_is_behind_takes_nothing_back(revocations: Revocations, cache: Source) -> None:
    cache.feed = ended("s-1")
    assert await is_refused(revocations, "s-1")
    cache.feed = ended(position=900_000_000)
    await asyncio.sleep(0.11)
    assert await is_refused(revocations, "s-1")
    assert cache.asked[-1] == 1_000_000_000 - LATE_MS_MAX


async def test_what_no_token_can_need_is_forgotten(revocations: Revocations, cache: Source) -> None:
    cache.feed = ended(*(f"s-{number}" for number in range(100)))
    await revocations.check("other")
    later = 1_000_000_000 + LATE_MS_MAX + int(KEPT_SECONDS * 1000)
    for position, left in ((later, 100), (later + 1, 0)):
        cache.feed = ended(position=position)
        await asyncio.sleep(0.11)
        await revocations.check("other")
        assert sum([await is_refused(revocations, f"s-{number}") for number in range(100)]) == left


async def test_a_change_of_the_source_is_told_once(
    revocations: Revocations, cache: Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "cnop.revocations")
    await revocations.check("s-1")
    cache.away = True
    for _ in range(3):
        await asyncio.sleep(0.11)
        await revocations.check("s-1")
    assert [(vars(record)["source"], record.levelname) for record in caplog.records] == [
        ("cache", "INFO"),
        ("origin", "WARNING"),
    ]


async def test_what_the_cache_alone_says_is_as_new_as_it_was_when_the_origin_failed(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    cache.feed, origin.away, origin.seconds = ended(age_seconds=0.2), True, 0.2
    checking = asyncio.create_task(is_refused(revocations, "s-1"))
    await asyncio.sleep(0.05)
    cache.feed = ended("s-1", age_seconds=0.2)  # it ends while the origin is waited for
    assert await checking
