from __future__ import annotations

import pytest

from services.user.identity.hashing.recent_use import RecentUse


class World:
    def __init__(self) -> None:
        self.time = 1000.0
        self.use = RecentUse(lambda: self.time)


@pytest.fixture
def world() -> World:
    return World()


def test_use_is_counted_by_key(world: World) -> None:
    for key in ("a", "b", "a"):
        world.use.add(key)
    assert [world.use.of(key) for key in ("a", "b", "c")] == [2, 1, 0]


def test_use_is_remembered_for_a_minute_after_the_one_in_which_it_was(world: World) -> None:
    world.use.add("a")
    world.time = 1060.0
    world.use.add("a")
    world.time = 1119.0
    assert world.use.of("a") == 2
    world.time = 1120.0
    assert world.use.of("a") == 1
    world.time = 1180.0
    assert world.use.of("a") == 0


@pytest.mark.parametrize("seconds", [120.0, 179.0, 10_000.0])
def test_use_is_forgotten_after_two_minutes_in_which_nobody_asked(world: World, seconds: float) -> None:
    world.use.add("a")
    world.time += seconds
    assert world.use.of("a") == 0
