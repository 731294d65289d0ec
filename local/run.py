"""`python -m local run`: runs the whole system until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console

from edge_config.keep import keep
from local import authority, log_files, page_step, ports
from local.display import Display
from local.errors import LocalError
from local.settings import StackSettings, option_of, variable_of
from local.stack import Stack, prepared
from local.supervisor import supervise

FOLLOW_SECONDS = 0.2


async def run(settings: StackSettings, console: Console, *, follow_logs: bool) -> int:
    """Starts everything, keeps it running until SIGINT or SIGTERM, and stops it. Returns the exit code.

    Raises LocalError if it cannot start.
    """
    display = Display(console)
    with prepared(settings) as stack:
        check_ports(settings)
        stop = _on_signals(stack)
        try:
            await _until(stop, _start(stack, display))
            if not stop.is_set():
                display.up(stack)
                await _until(stop, _watch(stack, display, follow_logs=follow_logs))
        finally:
            if stop.is_set():
                display.line("stopping; press Ctrl-C again to kill everything")
            await stack.stop()
    display.line("stopped")
    return 0


def check_ports(settings: StackSettings) -> None:
    """Raises LocalError if a port cannot be used, with the reason and the option that sets another."""
    obstacles: list[str] = []
    names: dict[int, str] = {}
    for name in settings.port_names():
        port = getattr(settings, name)
        twin = names.setdefault(port, name)
        why = f"port {port} is given to {option_of(twin)} too" if twin != name else ports.obstacle(port)
        if why:
            obstacles.append(f"{why}; {option_of(name)} or {variable_of(name)} sets another")
    if obstacles:
        raise LocalError("\n".join(obstacles))


async def _start(stack: Stack, display: Display) -> None:
    with display.starting(stack) as progress:
        building = asyncio.create_task(_show_build(stack, display))
        try:
            await stack.start(progress.done)
        finally:
            building.cancel()


async def _show_build(stack: Stack, display: Display) -> None:
    """Shows how the web client is built, if it is: the first time that takes longer than the rest of the start."""
    if page_step.NAME in stack.programs:
        log = stack.settings.log_dir / f"{page_step.NAME}.log"
        log.touch()
        await _follow(page_step.NAME, log, display)


async def _watch(stack: Stack, display: Display, *, follow_logs: bool) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(supervise(stack, display.event))
        group.create_task(log_files.keep_bounded(stack.settings.log_dir))
        group.create_task(authority.keep_fresh(stack.mesh, display.event))
        group.create_task(keep(stack.edge, display.event))
        if follow_logs:
            for process in stack.processes:
                group.create_task(_follow(process.program.name, process.log, display))


async def _follow(name: str, log: Path, display: Display) -> None:
    """Shows new lines of a log."""
    position = log_files.end(log)
    while True:
        lines, position = log_files.new_lines(log, position)
        for line in lines:
            display.line(f"{name} | {line}")
        await asyncio.sleep(FOLLOW_SECONDS)


def _on_signals(stack: Stack) -> asyncio.Event:
    """Returns an event that the first SIGINT or SIGTERM sets. The second one kills all programs."""
    stop = asyncio.Event()
    urgent: set[asyncio.Task[None]] = set()

    def on_signal() -> None:
        if stop.is_set():
            urgent.add(asyncio.create_task(stack.kill()))
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    return stop


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Runs the work until it is done or `stop` is set. Raises what the work raises."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, stopping):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
