"""The system on one machine: starts it, stops it, and gives access to its parts.

async with running(StackSettings.on_free_ports(log_dir=folder)) as stack:
    ...  # stack.settings.edge_url answers; stack["order"].signal(SIGKILL)
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TextIO

from rich.console import Console

from local import fetch, programs, source_tree
from local.errors import LocalError
from local.process import Process, Program, StartError
from local.settings import StackSettings

__all__ = ["Stack", "StackSettings", "StartError", "running"]

# Called with each program that is ready, or step that is done, and the seconds that it took.
OnReady = Callable[[Program, float], None]


class Stack:
    """The programs of the system, by name."""

    def __init__(self, settings: StackSettings, descriptions: Sequence[Program], state: Path) -> None:
        self.settings = settings
        self.state = state  # the folder of data and secrets
        self.mesh = state / programs.MESH  # the folder of certificates
        self.edge = programs.edge_settings(settings, state)
        self.programs = {program.name: program for program in descriptions}
        self.problems: dict[str, StartError] = {}  # of optional steps that failed, by name
        self._processes: dict[str, Process] = {}

    def __getitem__(self, name: str) -> Process:
        """Returns the newest process of a program, which may have ended."""
        return self._processes[name]

    @property
    def processes(self) -> list[Process]:
        """The processes that run until the stack stops, in the order of their description."""
        return [self._processes[name] for name, program in self.programs.items() if not program.is_step]

    async def start(self, on_ready: OnReady = lambda program, seconds: None) -> None:
        """Starts each program as soon as those before it are ready. Raises the StartError of the first that fails."""
        order = self._order()

        async def start_program(name: str) -> None:
            begin = time.monotonic()
            await self._start_or_do_without(name)
            on_ready(self.programs[name], time.monotonic() - begin)
            order.done(name)
            start_next()

        def start_next() -> None:
            for name in order.get_ready():
                group.create_task(start_program(name))

        failed: Sequence[BaseException] = ()
        try:
            async with asyncio.TaskGroup() as group:
                start_next()
        except* LocalError as errors:
            failed = errors.exceptions
        for error in failed:  # not inside the except*, which would wrap it in a group
            raise error

    async def _start_or_do_without(self, name: str) -> None:
        try:
            await self.start_one(name)
        except StartError as error:
            if not self.programs[name].is_optional:
                raise
            self.problems[name] = error

    async def start_one(self, name: str) -> Process:
        """Starts or restarts one program and waits until it is ready. Raises StartError."""
        if before := self.programs[name].before:
            await asyncio.to_thread(before)
        process = await Process.start(self.programs[name], self.settings.log_dir)
        self._processes[name] = process
        await process.until_ready()
        return process

    async def stop(self) -> None:
        """Stops everything: each program after those that need it."""
        order = self._order()
        levels = []
        while order.is_active():
            levels.append(order.get_ready())
            order.done(*levels[-1])
        for level in reversed(levels):
            await asyncio.gather(*(self._processes[name].stop() for name in level if name in self._processes))

    async def kill(self) -> None:
        """Kills everything at once."""
        await asyncio.gather(*(process.kill() for process in self._processes.values()))

    def dependent_steps(self, name: str) -> list[str]:
        """Returns the steps that depend on a program, in order: to be repeated when it restarts without its data."""
        found = [name]
        for program in self.programs.values():
            if program.is_step and not set(program.after).isdisjoint(found):
                found.append(program.name)
        return found[1:]

    def _order(self) -> TopologicalSorter[str]:
        order = TopologicalSorter({name: program.after for name, program in self.programs.items()})
        order.prepare()
        return order


@contextlib.contextmanager
def prepared(settings: StackSettings) -> Iterator[Stack]:
    """Yields the stack, ready to start. Raises LocalError when a binary is missing or its files cannot be made."""
    with source_tree.in_use(), _state_folder(settings) as state:
        programs.prepare(settings, state)
        yield Stack(settings, programs.describe(settings, state), state)


@contextlib.asynccontextmanager
async def running(settings: StackSettings, on_ready: OnReady = lambda program, seconds: None) -> AsyncIterator[Stack]:
    """Yields the stack, running. Nothing restarts programs that die; the supervisor does that."""
    await asyncio.to_thread(fetch.fetch, Console())
    with prepared(settings) as stack:
        try:
            await stack.start(on_ready)
            yield stack
        finally:
            await stack.stop()


@contextlib.contextmanager
def _state_folder(settings: StackSettings) -> Iterator[Path]:
    """Yields the folder of data and secrets, locked against other runs."""
    if settings.data_dir is None:
        with tempfile.TemporaryDirectory(prefix="cnop-") as folder:
            yield Path(folder)
        return
    with _lock_file(settings.data_dir) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalError(f"another run uses {settings.data_dir}; --data-dir names another folder") from None
        yield settings.data_dir.absolute()


def _lock_file(data_dir: Path) -> TextIO:
    """Opens the file that is locked during a run. Raises LocalError if the folder cannot be used."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (data_dir / ".lock").open("w")
    except OSError as error:
        raise LocalError(
            f"cannot use {data_dir} as the folder of data ({error.strerror}); --data-dir names another folder"
        ) from None
