"""Rolling restarts of all replicas of all services under load: no call fails.

CNOP_ROLLING_ROUNDS is the number of rollouts per service (100 in `make rolling`).
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from statistics import median

import httpx
import pytest

from local.readiness import plain_http
from local.settings import SERVICES
from local.stack import Stack, StackSettings, running

from .books import problems
from .conftest import CHEAP_PASSWORDS, client_of
from .replicas import Rollout
from .replicas_load import Tally, load
from .users import register

ROUNDS = int(os.environ.get("CNOP_ROLLING_ROUNDS", "3"))
PEOPLE = 8
ROUND_SECONDS_MAX = 30  # on a busy machine
LONG_TOKENS = {"CNOP_TOKEN_SECONDS": str(2 * 3600)}


@pytest.fixture
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Runs a system with two replicas of each service."""
    settings = StackSettings.on_free_ports(
        log_dir=tmp_path_factory.mktemp("logs"), replicas=2, service_env={**CHEAP_PASSWORDS, **LONG_TOKENS}
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture
async def rollout(system: Stack) -> AsyncIterator[Rollout]:
    async with plain_http(system.settings.edge_admin_url) as admin:
        rollout = Rollout(system, admin)
        for service in SERVICES:
            for name in rollout.replicas(service):
                await rollout.until_in_use(name)
        yield rollout


@pytest.fixture
async def client(system: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(system.settings) as client:
        yield client


@pytest.mark.timeout(90 + ROUNDS * ROUND_SECONDS_MAX)
async def test_no_call_fails_while_the_replicas_of_every_service_are_restarted(
    system: Stack, rollout: Rollout, client: httpx.AsyncClient
) -> None:
    users = [await register(client) for _ in range(PEOPLE)]
    begin = time.monotonic()
    async with load(f"127.0.0.1:{system.settings.edge_port}", users) as tally, asyncio.TaskGroup() as group:
        for service in SERVICES:
            group.create_task(roll(rollout, service))
    report(rollout, tally, time.monotonic() - begin)

    assert not tally.failures, "\n".join(tally.failures[:20])
    assert not list(errors(system.settings.log_dir))
    assert not await problems(system.settings)
    for service in SERVICES:
        for name in rollout.replicas(service):
            assert calls_of(system[name].log), f"{name} served no calls"


async def roll(rollout: Rollout, service: str) -> None:
    for done in range(ROUNDS):
        if done and done % 10 == 0:
            print(f"{time.strftime('%H:%M:%S')} {service}: {done} of {ROUNDS} rounds")
        await rollout.restart_all(service)


def report(rollout: Rollout, tally: Tally, seconds: float) -> None:
    """Prints the figures; pytest shows them with -s."""
    stops, starts = sorted(rollout.stop_seconds), sorted(rollout.start_seconds)
    print(f"\n{len(stops)} restarts in {seconds:.0f} s, {ROUNDS} of each of {len(stops) // ROUNDS} replicas")
    print(f"a stop took {median(stops):.2f} s, at most {stops[-1]:.2f} s")
    print(f"a start took {median(starts):.2f} s, at most {starts[-1]:.2f} s")
    print(f"{tally.calls.total()} calls, {tally.calls.total() / seconds:.0f} a second: {dict(tally.calls)}")
    print(f"{len(tally.failures)} failed, {tally.retried} were retried by REST, {tally.pending} orders were PENDING")
    print(f"the slowest call took {tally.seconds_max:.2f} s")


def lines(log: Path) -> Iterator[dict[str, str]]:
    for line in log.read_text().splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def errors(folder: Path) -> Iterator[dict[str, str]]:
    """Yields the errors in the logs of services, except gRPC's own error when a health watcher disconnects."""
    for service in SERVICES:
        for log in folder.glob(f"{service}*.log*"):
            for line in lines(log):
                if line["level"] in ("ERROR", "CRITICAL") and "grpc.health.v1.Health/Watch" not in line["message"]:
                    yield line


def calls_of(log: Path) -> Counter[str]:
    """Counts the calls that a replica served, by method."""
    return Counter(line["method"] for line in lines(log) if line["message"] == "call")
