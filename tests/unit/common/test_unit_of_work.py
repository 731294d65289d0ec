from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from services.common import unit_of_work
from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.common.unit_of_work import ConditionFailed, Conflict, UnitOfWork, retry_on_conflict


class NameTaken(Exception):
    pass


class Database:
    """Keeps the changes that were committed; the conditions at the positions in `failed` do not hold."""

    def __init__(self, *failed: int) -> None:
        self.failed = frozenset(failed)
        self.changes: list[Any] = []

    async def write(self, changes: Sequence[Any]) -> None:
        if self.failed:
            raise ConditionFailed(self.failed)
        self.changes += changes


async def test_changes_are_written_together_in_the_order_they_were_added() -> None:
    database = Database()
    tx = UnitOfWork(database.write)
    for change in ("a", "b", "c"):
        tx.add(change)
    assert database.changes == []
    await tx.commit()
    assert database.changes == ["a", "b", "c"]


async def test_a_failed_condition_raises_the_refusal_of_its_change() -> None:
    tx = UnitOfWork(Database(1).write)
    tx.add("a", LookupError("a"))
    tx.add("b", NameTaken("b"))
    with pytest.raises(NameTaken, match="b"):
        await tx.commit()


@pytest.mark.parametrize("failed", [(1, 2), (2, 1)])
async def test_of_several_failed_conditions_the_change_added_first_decides(failed: tuple[int, int]) -> None:
    tx = UnitOfWork(Database(*failed).write)
    tx.add("a", LookupError)
    tx.add("b", NameTaken)
    tx.add("c", PermissionError)
    with pytest.raises(NameTaken):
        await tx.commit()


async def test_a_change_without_a_refusal_of_its_own_conflicts() -> None:
    tx = UnitOfWork(Database(0).write)
    tx.add("a")
    with pytest.raises(Conflict):
        await tx.commit()


async def test_callbacks_run_in_order_after_the_commit_and_not_before() -> None:
    told: list[str] = []
    tx = UnitOfWork(Database().write)

    async def tell(what: str) -> None:
        told.append(what)

    tx.on_commit(lambda: tell("first"))
    tx.on_commit(lambda: tell("second"))
    assert told == []
    await tx.commit()
    assert told == ["first", "second"]


async def test_callbacks_of_a_refused_commit_run_only_if_its_changes_were_made_after_all() -> None:
    told: list[str] = []
    tx = UnitOfWork(Database(0).write)
    tx.add("change")

    async def tell() -> None:
        told.append("done")

    tx.on_commit(tell)
    with pytest.raises(Conflict):
        await tx.commit()
    assert told == []
    await tx.committed()
    assert told == ["done"]


async def test_other_errors_of_the_database_are_raised_as_they_are() -> None:
    async def write(_: Sequence[Any]) -> None:
        raise ConnectionError("down")

    tx = UnitOfWork(write)
    tx.add("a", NameTaken)
    with pytest.raises(ConnectionError, match="down"):
        await tx.commit()


class Attempts:
    """An attempt that conflicts so many times before it succeeds."""

    def __init__(self, conflicts: float) -> None:
        self.conflicts = conflicts
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.made <= self.conflicts:
            raise Conflict
        return "done"


async def within(seconds: float, work: Callable[[], Awaitable[str]]) -> str:
    """Runs `work` in a call that has `seconds` left."""

    async def serve() -> str:
        call.enter(call.Call("r", time.monotonic() + seconds))
        return await work()

    return await asyncio.create_task(serve(), context=contextvars.Context())


async def test_a_conflict_is_retried_until_the_attempt_succeeds() -> None:
    attempts = Attempts(conflicts=3)
    assert await retry_on_conflict(attempts) == "done"
    assert attempts.made == 4


async def test_other_errors_are_not_retried() -> None:
    made = 0

    async def attempt() -> None:
        nonlocal made
        made += 1
        raise NameTaken

    with pytest.raises(NameTaken):
        await retry_on_conflict(attempt)
    assert made == 1


async def test_retries_end_before_the_deadline_of_the_call() -> None:
    attempts, started = Attempts(conflicts=float("inf")), time.monotonic()
    with pytest.raises(Unavailable) as error:
        await within(0.3, lambda: retry_on_conflict(attempts))
    assert error.value.reason == "CONTENTION"
    assert attempts.made > 1
    assert time.monotonic() - started < 2, "all 50 attempts would take 11 s"


async def test_there_is_no_retry_after_the_deadline() -> None:
    attempts = Attempts(conflicts=1)
    with pytest.raises(Unavailable):
        await within(0, lambda: retry_on_conflict(attempts))
    assert attempts.made == 1


async def test_the_number_of_attempts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_of_work, "_BACKOFF_SECONDS_MAX", 0.0)
    attempts = Attempts(conflicts=float("inf"))
    with pytest.raises(Unavailable) as error:
        await retry_on_conflict(attempts)
    assert (error.value.reason, attempts.made) == ("CONTENTION", 50)


def test_the_pause_before_a_retry_grows_to_half_a_second() -> None:
    pauses = [[unit_of_work.backoff_seconds(attempt) for _ in range(200)] for attempt in (0, 3, 50)]
    assert all(0 <= pause <= most for of, most in zip(pauses, (0.01, 0.08, 0.5), strict=True) for pause in of)
    assert max(pauses[2]) > 0.4
    assert len(set(pauses[2])) > 100, "full jitter"


@pytest.mark.parametrize("exhausted", [None, NameTaken()], ids=["by default", "as the caller says"])
async def test_conflicts_are_given_up_at_the_deadline_of_the_call(exhausted: Exception | None) -> None:
    async def attempt() -> None:
        raise Conflict

    async def work() -> None:
        call.enter(call.Call("r", time.monotonic() + 0.05))
        await retry_on_conflict(attempt, exhausted)

    with pytest.raises(NameTaken if exhausted else Unavailable) as refusal:
        await asyncio.create_task(work())  # in a context of its own
    if isinstance(refusal.value, Unavailable):
        assert refusal.value.reason == "CONTENTION"
