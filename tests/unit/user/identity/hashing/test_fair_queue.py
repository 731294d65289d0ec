from __future__ import annotations

import random

import pytest

from services.user.identity.hashing.fair_queue import FairQueue
from services.user.identity.hashing.source import Source


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def queue(clock: list[float]) -> FairQueue[str]:
    return FairQueue(lambda: clock[0])


def add(queue: FairQueue[str], *addresses: str) -> None:
    """Adds an item for each address, with the address as its text."""
    for address in addresses:
        queue.add(Source.of(address), address)


def take_all(queue: FairQueue[str]) -> list[str]:
    return [queue.take() for _ in range(len(queue))]


def test_items_of_one_address_come_in_order(queue: FairQueue[str]) -> None:
    for item in ("first", "second", "third"):
        queue.add(Source.of("192.0.2.1"), item)
    assert take_all(queue) == ["first", "second", "third"]


def test_networks_take_turns_and_in_a_network_its_addresses(queue: FairQueue[str]) -> None:
    add(queue, *["198.51.100.1"] * 3, "198.51.100.2", "192.0.2.1", "192.0.2.1")
    assert take_all(queue) == [
        *("198.51.100.1", "192.0.2.1"),
        *("198.51.100.2", "192.0.2.1"),
        *("198.51.100.1", "198.51.100.1"),
    ]


def test_a_crowd_of_one_network_counts_as_one(queue: FairQueue[str]) -> None:
    add(queue, *(f"198.51.100.{host}" for host in range(40)), "192.0.2.1")
    queue.take()
    assert queue.take() == "192.0.2.1"
    add(queue, *(f"2001:db8:1:{subnet:x}::1" for subnet in range(40)), "2001:db8:2::1")
    assert "2001:db8:2::1" in [queue.take() for _ in range(4)]


def test_who_has_had_less_lately_comes_first(queue: FairQueue[str], clock: list[float]) -> None:
    for _ in range(3):
        queue.count(Source.of("198.51.100.1"))
    add(queue, "198.51.100.1", "192.0.2.1", "192.0.2.1")
    assert take_all(queue) == ["192.0.2.1", "192.0.2.1", "198.51.100.1"]
    clock[0] += 60
    add(queue, "198.51.100.1", "192.0.2.1")
    assert take_all(queue) == ["192.0.2.1", "198.51.100.1"]
    clock[0] += 60
    add(queue, "198.51.100.1", "192.0.2.1")
    assert take_all(queue) == ["198.51.100.1", "192.0.2.1"], "use is forgotten after two minutes"


def test_addresses_that_keep_asking_do_not_hold_up_one_that_has_not_asked(queue: FairQueue[str]) -> None:
    crowd = [f"198.51.{network}.1" for network in range(40)]
    add(queue, *crowd)
    take_all(queue)
    add(queue, *crowd, "192.0.2.1")
    assert queue.ahead_of_next(Source.of("203.0.113.1")) == 1
    assert queue.take() == "192.0.2.1"


def test_in_a_network_who_was_served_at_once_comes_later(queue: FairQueue[str]) -> None:
    queue.count(Source.of("192.0.2.1"))
    add(queue, "192.0.2.1", "192.0.2.2")
    assert take_all(queue) == ["192.0.2.2", "192.0.2.1"]


def test_an_item_can_give_up(queue: FairQueue[str]) -> None:
    add(queue, "192.0.2.1", "198.51.100.1")
    queue.remove(Source.of("192.0.2.1"), "192.0.2.1")
    queue.remove(Source.of("203.0.113.1"), "never added")
    assert take_all(queue) == ["198.51.100.1"]
    assert len(queue) == 0


def test_the_last_item_of_an_address_gives_up_and_others_of_its_network_stay(queue: FairQueue[str]) -> None:
    add(queue, "192.0.2.1", "192.0.2.2")
    queue.remove(Source.of("192.0.2.1"), "192.0.2.1")
    assert queue.ahead_of_next(Source.of("192.0.2.3")) == 1
    assert take_all(queue) == ["192.0.2.2"]


@pytest.mark.parametrize("seed", range(100))
def test_the_items_that_come_before_the_next_one_are_known(queue: FairQueue[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    sources = [Source.of(f"10.0.{network}.{host}") for network in range(3) for host in range(3)]
    for _ in range(chance.randrange(40)):
        match chance.choice(["add", "add", "add", "take", "count"]):
            case "take" if len(queue):
                queue.take()
            case "count":
                queue.count(chance.choice(sources))
            case _:
                queue.add(chance.choice(sources), "another")
    source = chance.choice(sources)
    expected = queue.ahead_of_next(source)
    queue.add(source, "mine")
    assert take_all(queue).index("mine") == expected
