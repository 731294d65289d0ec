"""A running system of a tree: one side of a comparison."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from rich.console import Console

from bench import load, people, system, usage
from bench.load import Request
from bench.tree import LIMITS_FOR_LOAD, Tree
from local import leash, ports
from local.errors import LocalError

START_SECONDS_MAX, STOP_SECONDS_MAX = 120.0, 30.0
POLL_SECONDS = 0.2


@dataclass(frozen=True)
class Sample:
    """What one run saw. CPU milliseconds are those of the system per request."""

    rate: float
    p50_ms: float
    cpu_ms: float
    errors: int = 0


@dataclass(frozen=True)
class Side:
    """A running system, known by its edge and its runner, whose children are its processes."""

    name: str
    edge: str
    runner: psutil.Process

    async def measure(self, request: Request, seconds: float) -> Sample:
        """Loads the edge. Raises RuntimeError when a process was restarted meanwhile."""
        before = self._usage()
        outcome = await load.rest(self.edge, request, seconds)
        after = self._usage()
        if before.cpu_seconds.keys() != after.cpu_seconds.keys():
            raise RuntimeError(f"a process of {self.name} was restarted under load")
        cpu_seconds = sum(after.since(before).values())
        return Sample(outcome.rate, outcome.p50_ms, cpu_seconds / outcome.requests * 1e3, outcome.errors)

    async def sign_in(self) -> list[str]:
        """Returns new access tokens of the users."""
        return await people.sign_in(self.edge, system.USERS)

    def _usage(self) -> usage.Usage:
        return usage.measure((str(child.pid), child.pid) for child in self.runner.children(recursive=True))


@asynccontextmanager
async def running(tree: Tree, console: Console) -> AsyncIterator[Side]:
    """Yields the system of a tree, in memory, with users who have money. Raises LocalError when it does not start."""
    options = tree.port_options()
    chosen = dict(zip(options, ports.claim(len(options)), strict=True))
    edge = f"http://127.0.0.1:{chosen['--edge-port']}"
    with tempfile.TemporaryDirectory() as folder:
        command = tree.run_command(
            *("--in-memory", f"--data-dir={folder}", f"--limits={tree.root / LIMITS_FOR_LOAD}"),
            *(f"{option}={port}" for option, port in chosen.items()),
        )
        log = Path(folder) / "run.log"
        runner = await _start(tree, command, log)
        try:
            console.print(f"starting {tree.name}", style="dim")
            await _until_healthy(tree.name, runner, edge, log)
            await people.sign_up(edge, system.USERS, dollars=system.DOLLARS)
            yield Side(tree.name, edge, psutil.Process(runner.pid))
        finally:
            await _stop(runner)


async def _start(tree: Tree, command: list[str], log: Path) -> asyncio.subprocess.Process:
    cheap = {"CNOP_BCRYPT_COST": "4", "CNOP_DAILY_DEPOSIT_MAX": system.DAILY_DEPOSIT_MAX}
    with log.open("wb") as output:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", leash.__file__, str(int(signal.SIGTERM)), str(os.getpid())),
            *command,
            cwd=tree.root,
            env={**tree.environment(), **cheap},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the benchmark, which stops it
        )


async def _until_healthy(name: str, runner: asyncio.subprocess.Process, edge: str, log: Path) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(START_SECONDS_MAX), httpx.AsyncClient(base_url=edge, trust_env=False) as client:
            while runner.returncode is None:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get("/health")).is_success:
                        return
                await asyncio.sleep(POLL_SECONDS)
    raise LocalError(f"{name} did not start. It said:\n{log.read_text()}")  # noqa: ASYNC240 - a short file, at the end


async def _stop(runner: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        runner.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS_MAX):
            await runner.wait()
    except TimeoutError:
        runner.kill()
        await runner.wait()
