"""Starts and controls the fault proxy."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from local import ports, readiness
from local.process import Process, Program

from . import injected
from .injected import Rule


@dataclass(frozen=True)
class Counts:
    """The numbers of requests, by operation, and of faults, by kind."""

    requests: dict[str, int]
    faults: dict[str, int]


@dataclass(frozen=True)
class FaultProxy:
    """A running proxy. `url` is its address for clients of DynamoDB."""

    url: str
    _control: httpx.AsyncClient

    async def use(self, rules: Sequence[Rule]) -> None:
        """Replaces the rules. Without rules there are no faults."""
        (await self._control.put("/rules", content=injected.dumped(rules))).raise_for_status()

    async def counts(self) -> Counts:
        """Returns the numbers so far."""
        return Counts(**(await self._control.get("/counts")).json())


@asynccontextmanager
async def proxied(upstream_port: int, log_dir: Path, seed: str) -> AsyncIterator[FaultProxy]:
    """Starts the proxy in front of a port of this machine. Nothing need listen there yet."""
    listen, control = (f"127.0.0.1:{port}" for port in ports.claim(2))
    addresses = ("--listen", listen, "--upstream", f"127.0.0.1:{upstream_port}", "--control", control)
    program = Program(
        name="fault-proxy",
        what="faults before DynamoDB",
        command=(sys.executable, "-m", "tests.chaos.proxy", *addresses, "--seed", seed),
        env=os.environ,
        ready=partial(readiness.answers_http, f"http://{control}"),
    )
    process = await Process.start(program, log_dir)
    try:
        await process.until_ready()
        async with readiness.plain_http(f"http://{control}") as client:
            yield FaultProxy(f"http://{listen}", client)
    finally:
        await process.kill()
