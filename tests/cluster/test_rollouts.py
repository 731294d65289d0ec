"""Rollouts of every Deployment under load."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e.users import User

from . import release
from .traffic import check, report, traffic


@pytest.mark.timeout(900)
@pytest.mark.parametrize("component", release.COMPONENTS)
async def test_no_call_fails_while_a_deployment_is_restarted(component: str, address: str, users: list[User]) -> None:
    before = release.pods(component)
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.roll_out, component)
        await asyncio.sleep(10)  # calls that come to the new pods alone
    report(f"a rollout of {component}", tally)

    assert not set(before) & set(release.pods(component))
    check(tally)
