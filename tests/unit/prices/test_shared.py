from __future__ import annotations

import asyncio

import pytest

from services.prices.shared import SharedRead


class Reads:
    """Counts the reads, each of which lasts until the test ends it."""

    def __init__(self) -> None:
        self.begun = 0
        self.ends: list[asyncio.Future[None]] = []

    async def __call__(self) -> int:
        self.begun += 1
        number = self.begun
        self.ends.append(asyncio.get_running_loop().create_future())
        await self.ends[-1]
        return number


async def turns() -> None:
    """Lets all tasks run until they wait."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_callers_share_a_read_that_begins_after_they_came() -> None:
    reads = Reads()
    shared = SharedRead(reads)
    first = asyncio.create_task(shared())
    await turns()
    others = [asyncio.create_task(shared()) for _ in range(5)]
    await turns()
    assert reads.begun == 1
    reads.ends[0].set_result(None)
    await turns()
    assert reads.begun == 2
    reads.ends[1].set_result(None)
    assert await first == 1
    assert await asyncio.gather(*others) == [2] * 5


async def test_a_caller_that_goes_does_not_end_the_read_of_the_others() -> None:
    reads = Reads()
    shared = SharedRead(reads)
    goes, stays = asyncio.create_task(shared()), asyncio.create_task(shared())
    await turns()
    goes.cancel()
    await turns()
    reads.ends[0].set_result(None)
    assert await stays == 1


async def test_all_callers_get_the_error_and_the_next_read_is_a_new_one() -> None:
    reads = Reads()
    shared = SharedRead(reads)
    callers = [asyncio.create_task(shared()) for _ in range(2)]
    await turns()
    reads.ends[0].set_exception(OSError("away"))
    for caller in callers:
        with pytest.raises(OSError, match="away"):
            await caller
    again = asyncio.create_task(shared())
    await turns()
    reads.ends[1].set_result(None)
    assert await again == 2
