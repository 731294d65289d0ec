"""The forecast of waits, with a clock that the test sets."""

from __future__ import annotations

import pytest

from services.user.identity.hashing.forecast import Forecast


class World:
    def __init__(self) -> None:
        self.time = 100.0
        self.forecast = Forecast(2, 1.0, lambda: self.time)


@pytest.fixture
def world() -> World:
    return World()


def test_workers_become_free_in_the_order_in_which_they_began(world: World) -> None:
    world.forecast.begin()
    world.time += 0.75
    world.forecast.begin()
    waits = [world.forecast.wait_seconds(ahead) for ahead in range(5)]
    assert waits == [0.25, 1.0, 1.25, 2.0, 2.25]


def test_a_worker_that_is_about_to_begin_is_busy_for_a_whole_hash(world: World) -> None:
    world.forecast.begin()
    world.time += 0.75
    assert [world.forecast.wait_seconds(ahead) for ahead in range(3)] == [0.25, 1.0, 1.25]


def test_a_quarter_of_the_latest_hash_is_in_the_average(world: World) -> None:
    for seconds, average in ((3.0, 1.5), (1.5, 1.5), (0.5, 1.25)):
        begun = world.forecast.begin()
        world.time += seconds
        world.forecast.end(begun)
        assert world.forecast.hash_seconds == average


def test_a_hash_that_runs_for_longer_than_the_average_counts_as_if_it_ended_now(world: World) -> None:
    begun = world.forecast.begin()
    world.time += 1.0
    assert world.forecast.hash_seconds == 1.0, "a hash that may yet be as long as the others tells nothing"
    world.time += 2.0
    assert world.forecast.hash_seconds == 1.5
    assert world.forecast.wait_seconds(0) == 0.0, "it may end at any moment"
    assert world.forecast.wait_seconds(2) == 1.5
    world.forecast.end(begun)
    assert world.forecast.hash_seconds == 1.5


def test_every_hash_that_runs_counts(world: World) -> None:
    world.forecast.begin()
    world.forecast.begin()
    world.time += 3.0
    assert world.forecast.hash_seconds == 1.875
