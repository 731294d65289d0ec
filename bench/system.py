"""The system of this tree with users who have money, for one benchmark."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bench import people
from local.stack import Stack, StackSettings, running

USERS, DOLLARS = 50, "500000.00"
WIDTH = 170

# The load of one user deposits more than people do in a day.
DAILY_DEPOSIT_MAX = "1000000000"

# A benchmark of an edge, with the access tokens of its users.
Measure = Callable[[str, list[str]], Awaitable[None]]


@asynccontextmanager
async def crowded(
    bcrypt_cost: int = 4, *, env: Mapping[str, str] | None = None, prices: str = "fixed"
) -> AsyncIterator[tuple[Stack, list[str]]]:
    """Yields the system, in memory, and the access tokens of its users. By default hashing costs next to nothing.

    `env` has more settings of the services.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = StackSettings.on_free_ports(
            log_dir=Path(folder),
            prices=prices,
            service_env={
                "CNOP_BCRYPT_COST": str(bcrypt_cost),
                "CNOP_DAILY_DEPOSIT_MAX": DAILY_DEPOSIT_MAX,
                **(env or {}),
            },
        )
        async with running(settings) as stack:
            yield stack, await people.sign_up(settings.edge_url, USERS, dollars=DOLLARS)


async def run(measure: Measure, bcrypt_cost: int = 4) -> None:
    """Runs a benchmark on a fresh system."""
    async with crowded(bcrypt_cost) as (stack, tokens):
        await measure(stack.settings.edge_url, tokens)
