"""The system on one machine: starts it, stops it, gives access to its parts.

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
from pathlib import Path

from rich.console import Console

from local import fetch, programs
from local.errors import LocalError
from local.process import Process, Program, StartError
from local.settings import StackSettings

__all__ = ["Stack", "StackSettings", "StartError", "running"]

# Told that a program is ready (or a step done), and after how many seconds.
OnReady = Callable[[Program, float], None]


class Stack:
    """The programs of the system, by name."""

    def __init__(self, settings: StackSettings, descriptions: Sequence[Program], state: Path) -> None:
        self.settings = settings
        self.mesh = state / programs.MESH  # a folder with a certificate for each part
        self.edge = state / programs.EDGE  # a folder with the files of the edge
        self.programs = {program.name: program for program in descriptions}
        self._processes: dict[str, Process] = {}

    def __getitem__(self, name: str) -> Process:
        """The process that runs, or last ran, a program."""
        return self._processes[name]

    @property
    def processes(self) -> list[Process]:
        """The processes that are to run as long as the stack does, in the order of the description."""
        return [self._processes[name] for name, program in self.programs.items() if not program.is_step]

    async def start(self, on_ready: OnReady = lambda program, seconds: None) -> None:
        """Starts each program as soon as what it needs is ready. Raises StartError for the first that does not come."""
        ready = {name: asyncio.Event() for name in self.programs}

        async def start_in_turn(program: Program) -> None:
            for name in program.after:
                await ready[name].wait()
            begin = time.monotonic()
            await self.start_one(program.name)
            on_ready(program, time.monotonic() - begin)
            ready[program.name].set()

        failed: Sequence[BaseException] = ()
        try:
            async with asyncio.TaskGroup() as group:
                for program in self.programs.values():
                    group.create_task(start_in_turn(program))
        except* LocalError as errors:
            failed = errors.exceptions
        for error in failed:  # out here: what an except* raises comes out in a group
            raise error

    async def start_one(self, name: str) -> Process:
        """Starts one program, (again), and waits until it is ready. Raises StartError."""
        process = await Process.start(self.programs[name], self.settings.log_dir)
        self._processes[name] = process
        await process.until_ready()
        return process

    async def stop(self) -> None:
        """Ends everything: each program after those that need it."""
        for level in reversed(self._levels()):
            await asyncio.gather(*(self._processes[name].stop() for name in level if name in self._processes))

    async def kill(self) -> None:
        """Ends everything at once."""
        await asyncio.gather(*(process.kill() for process in self._processes.values()))

    def dependent_steps(self, name: str) -> list[str]:
        """The steps that build on a program, in their order: what to do again when it comes back empty."""
        found = [name]
        for program in self.programs.values():
            if program.is_step and not set(program.after).isdisjoint(found):
                found.append(program.name)
        return found[1:]

    def _levels(self) -> list[list[str]]:
        """The programs by how many others stand between them and the ground."""
        depth: dict[str, int] = {}
        for name, program in self.programs.items():
            depth[name] = 1 + max((depth[needed] for needed in program.after), default=-1)
        return [[name for name in depth if depth[name] == level] for level in range(max(depth.values()) + 1)]


@contextlib.contextmanager
def prepared(settings: StackSettings) -> Iterator[Stack]:
    """The stack with everything ready for its start. Raises LocalError when a binary or its data cannot be had."""
    with _state_folder(settings) as state:
        programs.prepare(settings, state)
        yield Stack(settings, programs.describe(settings, state), state)


@contextlib.asynccontextmanager
async def running(settings: StackSettings, on_ready: OnReady = lambda program, seconds: None) -> AsyncIterator[Stack]:
    """The stack, running. Programs that die are not started again: for that, see the supervisor."""
    await asyncio.to_thread(fetch.fetch, Console())
    with prepared(settings) as stack:
        try:
            await stack.start(on_ready)
            yield stack
        finally:
            await stack.stop()


@contextlib.contextmanager
def _state_folder(settings: StackSettings) -> Iterator[Path]:
    """The folder of data and secrets, for this run alone."""
    if settings.data_dir is None:
        with tempfile.TemporaryDirectory(prefix="cnop-") as folder:
            yield Path(folder)
        return
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.data_dir / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalError(f"another run uses {settings.data_dir}; --data-dir names another folder") from None
        yield settings.data_dir.absolute()
