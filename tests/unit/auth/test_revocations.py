from __future__ import annotations

import asyncio
import logging

import pytest

from services.auth.revocations import LATE_MS_MAX, Feed, Revocations
from services.common import settings
from services.common.rpc.errors import Unauthenticated, Unavailable

CONFIG = settings.Revocations(age_seconds=0.1, grace_seconds=2.0)
KEPT_SECONDS = 900.0


class Source:
    """A source of revocations. Keeps the positions that it was read from."""

    def __init__(self) -> None:
        self.feed = Feed({}, 1_000_000_000)
        self.is_down = False
        self.reads: list[int] = []
        self.delay_seconds = 0.0

    async def read(self, since_ms: int) -> Feed:
        self.reads.append(since_ms)
        await asyncio.sleep(self.delay_seconds)
        if self.is_down:
            raise ConnectionError("down")
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


def revoked(*sessions: str, age_seconds: float = 0.0, position: int = 1_000_000_000) -> Feed:
    return Feed(dict.fromkeys(sessions, position), position, age_seconds)


async def is_refused(revocations: Revocations, session: str) -> bool:
    try:
        await revocations.check(session)
    except Unauthenticated as refusal:
        return refusal.reason == "TOKEN_REVOKED"
    return False


async def test_a_revoked_session_is_refused_and_others_are_not(revocations: Revocations, cache: Source) -> None:
    cache.feed = revoked("s-1")
    assert [await is_refused(revocations, one) for one in ("s-1", "s-2")] == [True, False]


async def test_old_knowledge_is_renewed(revocations: Revocations, cache: Source, origin: Source) -> None:
    for _ in range(10):
        assert not await is_refused(revocations, "s-1")
    assert len(cache.reads) == 1
    cache.feed = revoked("s-1")
    await asyncio.sleep(0.11)
    assert await is_refused(revocations, "s-1")
    assert cache.reads == [0, 1_000_000_000 - LATE_MS_MAX], "only what is new, or may have appeared late"
    assert not origin.reads


async def test_concurrent_calls_share_a_renewal(revocations: Revocations, cache: Source) -> None:
    cache.delay_seconds, cache.feed = 0.02, revoked("s-1")
    refusals = await asyncio.gather(*(is_refused(revocations, "s-1") for _ in range(50)))
    assert refusals == [True] * 50
    assert len(cache.reads) == 1


async def test_a_cancelled_call_does_not_cancel_the_renewal_for_others(revocations: Revocations, cache: Source) -> None:
    cache.delay_seconds, cache.feed = 0.05, revoked("s-1")
    first = asyncio.create_task(revocations.check("s-2"))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(is_refused(revocations, "s-1"))
    first.cancel()
    assert await second
    assert len(cache.reads) == 1


async def test_a_call_does_not_rely_on_a_renewal_that_began_before_the_age_limit(
    revocations: Revocations, cache: Source
) -> None:
    """The call arrives late in a slow renewal, whose result may lack sessions that were revoked meanwhile."""
    cache.delay_seconds = 0.15
    slow = asyncio.create_task(revocations.check("s-1"))
    await asyncio.sleep(0.14)
    late = asyncio.create_task(is_refused(revocations, "s-1"))
    await asyncio.sleep(0.005)
    cache.delay_seconds = 0.0
    await slow
    cache.feed = revoked("s-1")
    assert await late


@pytest.mark.parametrize("failure", ["down", "behind"])
async def test_the_origin_is_read_if_the_cache_fails(
    revocations: Revocations, cache: Source, origin: Source, failure: str
) -> None:
    origin.feed = revoked("s-1")
    if failure == "down":
        cache.is_down = True
    else:
        cache.feed = revoked(age_seconds=0.2)
    assert await is_refused(revocations, "s-1")


async def test_a_cache_that_fails_is_not_read_for_a_second(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    cache.is_down = True
    for _ in range(3):
        await revocations.check("s-1")
        await asyncio.sleep(0.11)
    assert (len(cache.reads), len(origin.reads)) == (1, 3)
    await asyncio.sleep(0.8)
    cache.is_down = False
    await revocations.check("s-1")
    assert (len(cache.reads), len(origin.reads)) == (2, 3)


async def test_users_are_refused_if_no_source_answers(revocations: Revocations, cache: Source, origin: Source) -> None:
    cache.is_down = origin.is_down = True
    with pytest.raises(Unavailable) as refusal:
        await revocations.check("s-1")
    assert refusal.value.reason == "DEPENDENCY_UNAVAILABLE"
    origin.is_down = False
    await revocations.check("s-1")


async def test_old_knowledge_is_not_enough_if_no_source_answers(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    await revocations.check("s-1")
    cache.is_down = origin.is_down = True
    await asyncio.sleep(0.11)
    with pytest.raises(Unavailable):
        await revocations.check("s-1")


@pytest.mark.parametrize(("age_seconds", "is_trusted"), [(1.9, True), (2.1, False)])
async def test_the_cache_alone_is_trusted_for_the_grace_period(
    revocations: Revocations, cache: Source, origin: Source, *, age_seconds: float, is_trusted: bool
) -> None:
    cache.feed, origin.is_down = revoked("s-1", age_seconds=age_seconds), True
    if is_trusted:
        assert [await is_refused(revocations, one) for one in ("s-1", "s-2")] == [True, False]
    else:
        with pytest.raises(Unavailable):
            await revocations.check("s-2")


async def test_a_source_that_is_behind_does_not_undo_revocations(revocations: Revocations, cache: Source) -> None:
    cache.feed = revoked("s-1")
    assert await is_refused(revocations, "s-1")
    cache.feed = revoked(position=900_000_000)
    await asyncio.sleep(0.11)
    assert await is_refused(revocations, "s-1")
    assert cache.reads[-1] == 1_000_000_000 - LATE_MS_MAX


async def test_revocations_are_forgotten_when_all_tokens_of_the_session_have_expired(
    revocations: Revocations, cache: Source
) -> None:
    cache.feed = revoked(*(f"s-{number}" for number in range(100)))
    await revocations.check("other")
    later = 1_000_000_000 + LATE_MS_MAX + int(KEPT_SECONDS * 1000)
    for position, left in ((later, 100), (later + 1, 0)):
        cache.feed = revoked(position=position)
        await asyncio.sleep(0.11)
        await revocations.check("other")
        assert sum([await is_refused(revocations, f"s-{number}") for number in range(100)]) == left


async def test_a_change_of_the_source_is_logged_once(
    revocations: Revocations, cache: Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "cnop.revocations")
    await revocations.check("s-1")
    cache.is_down = True
    for _ in range(3):
        await asyncio.sleep(0.11)
        await revocations.check("s-1")
    assert [(vars(record)["source"], record.levelname) for record in caplog.records] == [
        ("cache", "INFO"),
        ("origin", "WARNING"),
    ]


async def test_the_cache_is_read_again_after_the_origin_has_failed(
    revocations: Revocations, cache: Source, origin: Source
) -> None:
    cache.feed, origin.is_down, origin.delay_seconds = revoked(age_seconds=0.2), True, 0.2
    checking = asyncio.create_task(is_refused(revocations, "s-1"))
    await asyncio.sleep(0.05)
    cache.feed = revoked("s-1", age_seconds=0.2)  # it is revoked while the origin is waited for
    assert await checking
