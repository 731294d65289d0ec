from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.user.identity.passwords import Passwords
from tests.unit.user.identity.world import CountingCheck, World, make_world


@pytest.fixture
def check() -> CountingCheck:
    return CountingCheck()


@pytest.fixture
def passwords(check: CountingCheck) -> Iterator[Passwords]:
    """Hashes passwords at the lowest cost and counts the checks."""
    made = Passwords(4, check)
    yield made
    made.close()


@pytest.fixture
def world(passwords: Passwords, check: CountingCheck) -> World:
    return make_world(passwords, check)
