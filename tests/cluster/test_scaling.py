"""Replicas that come and go under load."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from tests.e2e.users import User

from . import release
from .traffic import check, report, traffic

REPLICAS = 3
SHARE_MIN = 0.2  # of the calls, for each new replica
EDGE_SECONDS_MAX, MESH_SECONDS_MAX = 15, 90  # from the moment when the last of them is ready
WINDOW_SECONDS = 30


@pytest.fixture(autouse=True)
def _one_again() -> Iterator[None]:
    """Leaves one replica of each, also when a test fails half-way."""
    yield
    for component in release.COMPONENTS:
        release.scale(component, 1)


@pytest.mark.timeout(900)
async def test_new_replicas_take_calls_soon_and_none_fails_when_they_come_and_go(
    address: str, users: list[User]
) -> None:
    [old] = release.pods("user")
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.scale, "user", REPLICAS)
        ready = time.monotonic()
        by_edge = await _shares(ready + EDGE_SECONDS_MAX, old, "AccountService")
        by_mesh = await _shares(ready + MESH_SECONDS_MAX, old, "SettlementService")
        await asyncio.to_thread(release.scale, "user", 1)
        await asyncio.sleep(10)
    report("from 1 to 3 to 1 replicas of user", tally)
    print(f"  shares of the new replicas: {_shown(by_edge)} of calls by the edge, {_shown(by_mesh)} between services")

    check(tally)
    assert min(by_edge) >= SHARE_MIN
    assert min(by_mesh) >= SHARE_MIN


@pytest.mark.timeout(900)
@pytest.mark.parametrize("component", ["inventory", "order", "ratelimit", "edge"])
async def test_no_call_fails_when_replicas_come_and_go(component: str, address: str, users: list[User]) -> None:
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.scale, component, REPLICAS)
        await asyncio.sleep(EDGE_SECONDS_MAX)
        await asyncio.to_thread(release.scale, component, 1)
        await asyncio.sleep(10)
    report(f"from 1 to 3 to 1 replicas of {component}", tally)

    check(tally)


async def _shares(begin: float, old: str, service: str) -> list[float]:
    """Returns the part of the calls of a service that each new replica served in the seconds after `begin`."""
    await asyncio.sleep(begin + WINDOW_SECONDS - time.monotonic())
    calls = await asyncio.to_thread(release.calls, "user", WINDOW_SECONDS)
    served = dict.fromkeys(release.pods("user"), 0)
    for (pod, method), count in calls.items():
        served[pod] += count * (service in method)
    assert sum(served.values()), f"no calls of {service}: {calls}"
    return [count / sum(served.values()) for pod, count in served.items() if pod != old]


def _shown(shares: list[float]) -> str:
    return " and ".join(f"{share:.0%}" for share in shares)
