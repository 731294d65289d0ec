from __future__ import annotations

import asyncio

import pytest

from services.common.auth.refusals import try_to_record


async def test_no_more_than_a_few_wait_for_a_trail_that_is_slow(caplog: pytest.LogCaptureFixture) -> None:
    begun, may_end = 0, asyncio.Event()

    async def slowly() -> None:
        nonlocal begun
        begun += 1
        await may_end.wait()

    waiting = [asyncio.create_task(try_to_record(slowly())) for _ in range(200)]
    for _ in range(5):  # turns of the loop, until all have come as far as they get
        await asyncio.sleep(0)
    assert begun == 32
    assert sum(task.done() for task in waiting) == 168
    assert len(caplog.records) == 168
    may_end.set()
    await asyncio.gather(*waiting)
    await try_to_record(slowly())
    assert begun == 33, "there is room again"
