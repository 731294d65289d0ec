"""The tests run in the network of the cluster, against the release that `python -m tests.cluster test` installed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.e2e.users import User, register

from . import release
from .paths import NETNS

PEOPLE = 16  # each call may take a second at 20 calls a second
# What processes wrote is looked at after they have worked. The upgrade installs the release anew.
_LAST = ("test_hardening", "test_upgrade")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts these modules at the end, in this order."""
    items.sort(key=lambda item: _LAST.index(item.path.stem) if item.path.stem in _LAST else -1)


@pytest.fixture(scope="session", autouse=True)
def _inside() -> None:
    """Ends the run at once outside the cluster's network, from which nothing in it can be reached."""
    inside = NETNS.exists() and NETNS.stat().st_ino == NETNS.parent.joinpath("/proc/self/ns/net").stat().st_ino
    if not inside:
        pytest.exit("these tests run inside a cluster: make test-cluster (as root)", returncode=1)


@pytest.fixture
def address() -> str:
    """Returns the address of the edge's Service."""
    return f"{release.service_ip('edge')}:80"


@pytest.fixture
async def http(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=20.0, trust_env=False) as client:
        yield client


@pytest.fixture
async def users(http: httpx.AsyncClient) -> list[User]:
    """Returns new users, who are signed in."""
    return [await register(http) for _ in range(PEOPLE)]
