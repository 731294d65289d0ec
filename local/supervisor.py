"""Keeps the stack running: restarts programs that die, and reports those that stop answering."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from local.process import StartError, describe_end
from local.stack import Stack

HEALTH_SECONDS = 2.0
FAILURES_MAX = 3  # in a row; a single one may be a pause of a busy machine

# Called with the name of a program and what happened to it.
Report = Callable[[str, str], None]


@dataclass(frozen=True)
class Patience:
    """The delay before a program is restarted, and how many deaths in what time end the restarts."""

    delay_seconds_min: float = 0.5
    delay_seconds_max: float = 10.0
    deaths_max: int = 5
    deaths_seconds: float = 30.0


async def supervise(stack: Stack, report: Report, patience: Patience = Patience()) -> None:
    """Supervises all programs of a running stack, until it is cancelled."""
    async with asyncio.TaskGroup() as group:
        for process in stack.processes:
            group.create_task(_keep(stack, process.program.name, report, patience))
            group.create_task(_watch_health(stack, process.program.name, report))


async def _keep(stack: Stack, name: str, report: Report, patience: Patience) -> None:
    """Restarts a program whenever it dies, after a delay that doubles while it keeps dying."""
    deaths: deque[float] = deque(maxlen=patience.deaths_max)
    while True:
        process = stack[name]
        code = await process.wait()
        if process.stopping:
            report(name, "stopped")
            return
        deaths.append(time.monotonic())
        recent = sum(moment > deaths[-1] - patience.deaths_seconds for moment in deaths)
        how = describe_end(code)
        if recent == patience.deaths_max:
            within = f"{recent} times within {patience.deaths_seconds:.0f} s"
            report(name, f"died {within} and is given up ({how}). {process.last_words()}")
            return
        delay = min(patience.delay_seconds_max, patience.delay_seconds_min * 2 ** (recent - 1))
        report(name, f"died ({how}), starts again in {delay:g} s")
        await asyncio.sleep(delay)
        await _start_again(stack, name, report)


async def _start_again(stack: Stack, name: str, report: Report) -> None:
    """Restarts a program, then the steps that depend on it, because a store in memory restarts empty."""
    try:
        process = await stack.start_one(name)
        for step in stack.dependent_steps(name):
            await stack.start_one(step)
    except StartError as error:
        report(error.name, error.what)
        await stack[name].kill()  # counts as a death like any other
    else:
        report(name, f"runs again (process {process.pid})")


async def _watch_health(stack: Stack, name: str, report: Report) -> None:
    """Reports when a running program stops answering, and when it answers again."""
    failures = 0
    while True:
        await asyncio.sleep(HEALTH_SECONDS)
        process = stack[name]
        if not process.has_been_ready or process.stopping:
            failures = 0
        elif await process.is_ready():
            if failures >= FAILURES_MAX:
                report(name, "is healthy again")
            failures = 0
        else:
            failures += 1
            if failures == FAILURES_MAX:
                report(name, f"is unhealthy: it failed {failures} checks in a row")
