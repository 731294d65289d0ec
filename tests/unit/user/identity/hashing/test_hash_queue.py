"""The queue of hashes over workers and a clock that the test controls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from services.user.identity.hashing.queue import HashQueue
from services.user.identity.hashing.source import Overloaded, Source


class Workers:
    """Runs a hash when the test says so. A hash takes a second of `time`, unless the test says otherwise."""

    def __init__(self) -> None:
        self.time = 0.0
        self.running: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    def __call__(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.running.append((work, done))
        return done

    async def finish(self, seconds: float = 1.0) -> None:
        """Finishes the hash that has run longest, and lets everybody who waits for it go on."""
        self.time += seconds
        work, done = self.running.pop(0)
        done.set_result(work())
        for _ in range(5):
            await asyncio.sleep(0)


class Bench:
    """A queue of two workers, and the names of the hashes in the order in which they were done."""

    def __init__(self) -> None:
        self.workers = Workers()
        self.queue = HashQueue(self.workers, 2, 1.0, lambda: self.workers.time)
        self.done: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *names: str, address: str = "192.0.2.1", is_known: bool = False) -> None:
        """Asks for hashes."""
        found = Source.of(address)
        for name in names:
            run = self.queue.run(lambda name=name: self.done.append(name), Source(*_places(found), is_known))  # type: ignore[misc]
            self.tasks[name] = asyncio.create_task(run)
        await asyncio.sleep(0)

    async def finish_all(self) -> None:
        while self.workers.running:
            await self.workers.finish()


def _places(source: Source) -> tuple[str, str]:
    return source.address, source.network


@pytest.fixture
async def bench() -> Bench:
    return Bench()


async def test_one_address_uses_all_idle_workers(bench: Bench) -> None:
    await bench.ask("first", "second", "third")
    assert len(bench.workers.running) == 2
    await bench.finish_all()
    assert bench.done == ["first", "second", "third"]


async def test_who_has_had_less_comes_first_while_others_wait(bench: Bench) -> None:
    await bench.ask("a1", "a2", "a3", "a4", address="198.51.100.1")
    await bench.ask("b1", address="192.0.2.1")
    await bench.finish_all()
    assert bench.done == ["a1", "a2", "b1", "a3", "a4"]


async def test_half_of_the_hashes_are_kept_for_the_known(bench: Bench) -> None:
    for number in range(6):
        await bench.ask(f"s{number}", address=f"198.51.{number}.1")
    await bench.ask("k1", "k2", is_known=True)
    await bench.finish_all()
    assert bench.done == ["s0", "s1", "k1", "s2", "k2", "s3", "s4", "s5"]


async def test_the_known_do_not_shut_out_strangers(bench: Bench) -> None:
    for number in range(5):
        await bench.ask(f"k{number}", address=f"198.51.{number}.1", is_known=True)
    await bench.ask("s1")
    await bench.finish_all()
    assert bench.done.index("s1") <= 3


async def test_who_would_wait_longer_than_three_seconds_is_refused_at_once(bench: Bench) -> None:
    for number in range(7):  # two run, and the other five take two and a half seconds
        await bench.ask(f"s{number}", address=f"198.51.{number}.1")
    await bench.ask("last", address="203.0.113.1")
    for name in ("refused", "refused too"):
        with pytest.raises(Overloaded) as refusal:
            await bench.queue.run(lambda: None, Source.of("203.0.114.1"))
        assert refusal.value.reason == "OVERLOADED", name
        assert refusal.value.metadata == {"retry_after_seconds": "1"}
    bench.queue.require_room(Source("192.0.2.1", "192.0.2.0/24", is_known=True))
    await bench.finish_all()
    assert len(bench.done) == 8


async def test_the_known_wait_for_half_of_the_strangers_at_most(bench: Bench) -> None:
    await bench.ask("runs", "runs too", address="198.51.99.1")
    for number in range(6):
        await bench.ask(f"s{number}", address=f"198.51.{number}.1")
    home = Source("192.0.2.1", "192.0.2.0/24", is_known=True)
    for number in range(3):  # half a second for each of its own, and as long for a stranger before it
        bench.queue.require_room(home)
        await bench.ask(f"k{number}", is_known=True)
    with pytest.raises(Overloaded):
        bench.queue.require_room(home)
    await bench.finish_all()
    assert bench.done[2:8] == ["k0", "s0", "k1", "s1", "k2", "s2"]


async def test_a_crowd_of_one_network_does_not_make_others_wait(bench: Bench) -> None:
    for number in range(8):
        await bench.ask(f"crowd{number}", address=f"198.51.100.{number}")
    with pytest.raises(Overloaded):
        bench.queue.require_room(Source.of("198.51.100.99"))
    await bench.ask("other", address="192.0.2.1")
    await bench.finish_all()
    assert bench.done.index("other") == 2


async def test_the_time_of_a_hash_is_measured(bench: Bench) -> None:
    for _ in range(40):
        await bench.ask("slow")
        await bench.workers.finish(seconds=10.0)
    await bench.ask("a", "b")
    with pytest.raises(Overloaded) as refusal:
        await bench.queue.run(lambda: None, Source.of("192.0.2.1"))
    assert refusal.value.metadata == {"retry_after_seconds": "2"}
    await bench.finish_all()
    for _ in range(40):
        await bench.ask("fast")
        await bench.workers.finish(seconds=0.1)
    await bench.ask("a", "b", "c")
    await bench.finish_all()


async def test_who_gives_up_leaves_the_queue_and_its_work_is_not_done(bench: Bench) -> None:
    await bench.ask("a", "b", "gives up", "d")
    bench.tasks["gives up"].cancel()
    await bench.finish_all()
    assert bench.done == ["a", "b", "d"]


async def test_who_gives_up_in_its_turn_passes_it_on(bench: Bench) -> None:
    await bench.ask("a", "b", "gives up", "d")
    _, done = bench.workers.running.pop(0)
    done.set_result(None)
    await asyncio.sleep(0)  # now it is the turn of the third, which has not noticed yet
    bench.tasks["gives up"].cancel()
    await asyncio.sleep(0)
    await bench.finish_all()
    assert bench.done == ["b", "d"]
    await bench.ask("e", "f")
    assert len(bench.workers.running) == 2, "both workers must be free again"
    await bench.finish_all()


async def test_a_hash_that_has_begun_keeps_its_worker_even_if_nobody_waits_for_it(bench: Bench) -> None:
    await bench.ask("a", "b", "c")
    bench.tasks["a"].cancel()
    await asyncio.sleep(0)
    assert len(bench.workers.running) == 2
    await bench.finish_all()
    assert bench.done == ["a", "b", "c"]
