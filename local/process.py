"""Starts a program with its output in a log file, and stops it reliably."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local import leash, log_files
from local.errors import LocalError
from local.paths import ROOT

READY_SECONDS_MAX = 60.0
POLL_SECONDS = 0.05
STOP_SECONDS_MAX = 10.0
TAIL_LINES, TAIL_BYTES_MAX = 20, 64_000


@dataclass(frozen=True)
class Program:
    """What to start, and after what. A program without a readiness check is a step: it runs to completion."""

    name: str
    what: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path = ROOT  # its working directory
    after: tuple[str, ...] = ()  # programs that must be ready, and steps that must be done, before
    port: int | None = None
    address: str = ""  # for display
    ready: Callable[[], Awaitable[bool]] | None = None
    before: Callable[[], None] | None = None  # runs before each start
    drain: Callable[[], Awaitable[None]] | None = None  # runs before SIGTERM
    ready_seconds_max: float = READY_SECONDS_MAX
    is_optional: bool = False  # a step without which the rest still works
    orphan_signal: signal.Signals = signal.SIGKILL  # what it gets if the runner itself is killed

    @property
    def is_step(self) -> bool:
        return self.ready is None


class StartError(LocalError):
    """A program did not start."""

    def __init__(self, process: Process, why: str) -> None:
        self.name = process.program.name
        self.what = f"{why}. {process.last_words()}"
        super().__init__(f"{self.name} {self.what}")


class Process:
    """A program that has been started."""

    def __init__(self, program: Program, process: asyncio.subprocess.Process, log: Path, log_begin: int) -> None:
        self.program = program
        self.log = log
        self.has_been_ready = False
        self.stopping = False  # `stop` has been called
        self._process = process
        self._log_begin = log_begin

    @classmethod
    async def start(cls, program: Program, log_dir: Path) -> Process:
        with log_files.open_log(log_dir / f"{program.name}.log") as output:
            log, begin = Path(output.name), output.tell()
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", leash.__file__, str(int(program.orphan_signal)), str(os.getpid())),
                *program.command,
                cwd=program.folder,
                env=dict(program.env),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for the runner, which stops the programs in order
            )
        return cls(program, process, log, begin)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    @property
    def is_running(self) -> bool:
        return self.returncode is None

    async def wait(self) -> int:
        return await self._process.wait()

    async def until_ready(self) -> None:
        """Waits until the program is ready, or done if it is a step. Raises StartError if it is not in time."""
        begin, seconds_max = time.monotonic(), self.program.ready_seconds_max
        while not await self.is_ready():
            if self.returncode is not None:
                raise StartError(self, f"ended before it was ready ({describe_end(self.returncode)})")
            if time.monotonic() - begin > seconds_max:
                raise StartError(self, f"was not ready after {seconds_max:.0f} s")
            await asyncio.sleep(POLL_SECONDS)
        self.has_been_ready = True

    async def is_ready(self) -> bool:
        """Whether the program is ready now, or done if it is a step."""
        if self.program.ready is None:
            return self.returncode == 0
        return self.is_running and await self.program.ready()

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the program, if it is still running."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    async def stop(self) -> None:
        """Drains the program and ends it with SIGTERM, or with SIGKILL if it is still running after 10 s."""
        self.stopping = True
        if self.is_running and self.program.drain is not None:
            await self.program.drain()
        self.signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS_MAX):
                await self.wait()
        await self.kill()

    async def kill(self) -> None:
        """Kills the program and all that it started."""
        if self.is_running:  # else its id may be that of another process by now
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS denies it for a group of zombies
                os.killpg(self.pid, signal.SIGKILL)
            await self.wait()

    def last_words(self) -> str:
        """Returns the last log lines of this process, for display."""
        lines = list(log_files.last_lines(self.log, self._log_begin, TAIL_LINES, TAIL_BYTES_MAX))
        return "\n".join([f"The end of its log, {self.log}:", *(f"  {line}" for line in lines or ["(nothing)"])])


def describe_end(code: int) -> str:
    """Describes how a program ended, for display: "exit code 1", "killed by SIGSEGV"."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
