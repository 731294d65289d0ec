"""Replicas that come and go under load."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import pytest

from tests.e2e.users import User

from . import release
from .traffic import check, report, traffic

REPLICAS = 3
SHARE_MIN = 0.2  # of the calls, for the new replicas together
EDGE_SECONDS_MAX, MESH_SECONDS_MAX = 15, 90
WINDOW_SECONDS = 20


@pytest.mark.timeout(900)
async def test_new_replicas_take_calls_soon_and_none_fails_when_they_come_and_go(
    address: str, users: list[User]
) -> None:
    [old] = release.pods("user")
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.scale, "user", REPLICAS)
        ready = time.monotonic()
        await asyncio.sleep(EDGE_SECONDS_MAX + WINDOW_SECONDS)
        by_edge = _share(release.calls("user", WINDOW_SECONDS), old, "AccountService")
        await asyncio.sleep(max(0.0, ready + MESH_SECONDS_MAX + WINDOW_SECONDS - time.monotonic()))
        by_mesh = _share(release.calls("user", WINDOW_SECONDS), old, "LedgerService")
        await asyncio.to_thread(release.scale, "user", 1)
        await asyncio.sleep(10)
    report("from 1 to 3 to 1 replicas of user", tally)
    print(f"  share of the new replicas: {by_edge:.0%} of calls by the edge, {by_mesh:.0%} of calls between services")

    check(tally)
    assert by_edge >= SHARE_MIN
    assert by_mesh >= SHARE_MIN


def _share(calls: Counter[tuple[str, str]], old: str, service: str) -> float:
    """Returns the part of the calls of a service's methods that pods other than `old` served."""
    of_service = {pod: 0 for pod, _ in calls}
    for (pod, method), count in calls.items():
        of_service[pod] += count * (service in method)
    total = sum(of_service.values())
    assert total, f"no calls of {service}: {calls}"
    return 1 - of_service.get(old, 0) / total
