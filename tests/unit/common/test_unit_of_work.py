from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import pytest

from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, Unavailable
from services.common.unit_of_work import ConditionFailed, Conflict, UnitOfWork, retry_on_conflict


class Taken(Exception):
    """The refusal of a change."""


def refusing(*positions: int) -> UnitOfWork:
    """Returns a unit of work in which the conditions at these positions do not hold."""

    async def write(changes: Sequence[str]) -> None:
        if positions:
            raise ConditionFailed(frozenset(positions))

    return UnitOfWork(write)


async def test_all_changes_are_written_at_once_in_order() -> None:
    written: list[Sequence[str]] = []

    async def write(changes: Sequence[str]) -> None:
        written.append(list(changes))

    tx = UnitOfWork(write)
    tx.add("first")
    tx.add("second")
    assert written == []
    await tx.commit()
    assert written == [["first", "second"]]


@pytest.mark.parametrize(("positions", "refusal"), [((1,), Taken), ((2, 1), Taken), ((0, 1), Conflict)], ids=str)
async def test_a_commit_raises_the_refusal_of_the_first_refused_change(
    positions: tuple[int, ...], refusal: type[Exception]
) -> None:
    tx = refusing(*positions)
    tx.add("by default a conflict")
    tx.add("named", Taken)
    tx.add("last", AlreadyExists("LAST", "the last one"))
    with pytest.raises(refusal):
        await tx.commit()


async def test_callbacks_run_in_order_after_the_commit_and_not_before() -> None:
    told: list[str] = []
    tx = refusing()

    async def tell(what: str) -> None:
        told.append(what)

    tx.on_commit(lambda: tell("first"))
    tx.on_commit(lambda: tell("second"))
    assert told == []
    await tx.commit()
    assert told == ["first", "second"]


async def test_callbacks_of_a_refused_commit_run_only_if_its_changes_were_made_after_all() -> None:
    told: list[str] = []
    tx = refusing(0)
    tx.add("change")

    async def tell() -> None:
        told.append("done")

    tx.on_commit(tell)
    with pytest.raises(Conflict):
        await tx.commit()
    assert told == []
    await tx.committed()
    assert told == ["done"]


async def test_a_conflict_is_retried_until_there_is_none() -> None:
    attempts = 0

    async def attempt() -> int:
        nonlocal attempts
        attempts += 1
        if attempts < 4:
            raise Conflict
        return attempts

    assert await retry_on_conflict(attempt) == 4


@pytest.mark.parametrize("exhausted", [None, Taken()], ids=["by default", "as the caller says"])
async def test_conflicts_are_given_up_at_the_deadline_of_the_call(exhausted: Exception | None) -> None:
    async def attempt() -> None:
        raise Conflict

    async def work() -> None:
        call.enter(call.Call("r", time.monotonic() + 0.05))
        await retry_on_conflict(attempt, exhausted)

    with pytest.raises(Taken if exhausted else Unavailable) as refusal:
        await asyncio.create_task(work())  # in a context of its own
    if isinstance(refusal.value, Unavailable):
        assert refusal.value.reason == "CONTENTION"


async def test_another_error_is_not_retried() -> None:
    attempts = 0

    async def attempt() -> None:
        nonlocal attempts
        attempts += 1
        raise Taken

    with pytest.raises(Taken):
        await retry_on_conflict(attempt)
    assert attempts == 1
