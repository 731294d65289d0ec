"""Checks that the books of a system balance."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from local.settings import StackSettings
from tests.chaos.checker import Market, check
from tests.chaos.checker_market import fixed_prices
from tests.chaos.checker_view import View
from tests.chaos.dump import Dump

_ALL = ((-1, 1 << 63),)  # the frames are not recorded: any may have been published


async def problems(settings: StackSettings) -> list[str]:
    """Returns the violated invariants of the three tables. Call it only while no orders run."""
    dump = await asyncio.to_thread(Dump.read, settings.dynamodb_url)
    fee = Decimal(settings.fee)
    found = check(dump, history=None, market=Market({}, _ALL, fee, fee))
    if settings.spread == "0":
        found += fixed_prices(View(dump))
    return [str(violation) for violation in found]
