from __future__ import annotations

import asyncio

import pytest

from services.auth.refusals import try_to_record


async def test_the_number_of_pending_records_is_bounded(caplog: pytest.LogCaptureFixture) -> None:
    started, may_end = 0, asyncio.Event()

    async def slowly() -> None:
        nonlocal started
        started += 1
        await may_end.wait()

    waiting = [asyncio.create_task(try_to_record(slowly())) for _ in range(200)]
    for _ in range(5):  # iterations of the event loop, until all tasks wait or are done
        await asyncio.sleep(0)
    assert started == 32
    assert sum(task.done() for task in waiting) == 168
    assert len(caplog.records) == 168
    may_end.set()
    await asyncio.gather(*waiting)
    await try_to_record(slowly())
    assert started == 33, "there is room again"
