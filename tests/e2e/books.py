"""Checks that the books of a system balance."""

from __future__ import annotations

import asyncio

from local.settings import StackSettings
from tests.chaos.checker import check
from tests.chaos.dump import Dump


async def problems(settings: StackSettings) -> list[str]:
    """Returns the violated invariants of the three tables. Call it only while no orders run."""
    dump = await asyncio.to_thread(Dump.read, settings.dynamodb_url)
    return [str(violation) for violation in check(dump, history=None)]
