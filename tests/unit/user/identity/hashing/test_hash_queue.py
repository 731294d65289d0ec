"""The queue of hashes over workers and a clock that the test controls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from services.common.rpc.call import Call
from services.user.identity.hashing.queue import HashQueue
from services.user.identity.hashing.source import Overloaded, Source
from tests.unit.user.fakes import during

HOME = Source("192.0.2.1", "192.0.2.0/24")


class Workers:
    """Runs hashes until the test says so. With two workers that take turns, each takes a second of `time`."""

    def __init__(self) -> None:
        self.time = 0.0
        self.running: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._timeouts: list[tuple[float, asyncio.Timeout]] = []

    def __call__(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.running.append((work, done))
        return done

    def timeout(self, seconds: float) -> asyncio.Timeout:
        """Returns a timeout that fires by `time`."""
        timeout = asyncio.timeout(None)
        self._timeouts.append((self.time + seconds, timeout))
        return timeout

    async def finish(self, seconds: float = 0.5) -> None:
        """Finishes the hash that has run longest, after some time, and lets everybody who waits for it go on."""
        self.time += seconds
        work, done = self.running.pop(0)
        done.set_result(work())
        await settle()
        await self.advance(0.0)

    async def advance(self, seconds: float) -> None:
        """Lets time pass, in which no hash ends."""
        self.expire(seconds)
        await settle()

    def expire(self, seconds: float) -> None:
        """Lets time pass, and nobody notices yet."""
        self.time += seconds
        due = [timeout for at, timeout in self._timeouts if at <= self.time]
        self._timeouts = [(at, timeout) for at, timeout in self._timeouts if at > self.time]
        for timeout in due:
            with suppress(RuntimeError):  # it is no longer waited for
                timeout.reschedule(0.0)


async def settle() -> None:
    """Lets all tasks go on."""
    for _ in range(5):
        await asyncio.sleep(0)


class Bench:
    """A queue of two workers, and the names of the hashes in the order in which they were done."""

    def __init__(self, hash_seconds: float = 1.0) -> None:
        self.workers = Workers()
        self.queue = HashQueue(self.workers, 2, hash_seconds, lambda: self.workers.time, self.workers.timeout)
        self.done: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *names: str, address: str = "192.0.2.1", is_known: bool = False) -> None:
        """Asks for hashes."""
        found = Source.of(address)
        for name in names:
            run = self.queue.run(lambda name=name: self.done.append(name), Source(*_places(found), is_known))  # type: ignore[misc]
            self.tasks[name] = asyncio.create_task(run)
        await settle()

    async def refused(self, name: str) -> str:
        """Returns when a hash that was refused may be asked for again."""
        assert self.tasks[name].done()
        with pytest.raises(Overloaded) as refusal:
            await self.tasks[name]
        return refusal.value.metadata["retry_after_seconds"]

    async def finish_all(self) -> None:
        while self.workers.running:
            await self.workers.finish()

    async def close(self) -> None:
        """Ends what still runs or waits."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


def _places(source: Source) -> tuple[str, str]:
    return source.address, source.network


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    yield made
    await made.close()


@pytest.fixture
async def slow_bench() -> AsyncIterator[Bench]:
    """Two workers of which one will be free in 0.1 s, and the other one only in 3.2 s."""
    made = Bench(hash_seconds=3.2)
    await made.ask("a")
    await made.workers.advance(3.1)
    await made.ask("b")
    yield made
    await made.close()


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
    for number in range(7):  # two run, and the others begin within two and a half seconds
        await bench.ask(f"s{number}", address=f"198.51.{number}.1")
    await bench.ask("last", address="203.0.113.1")
    for name in ("refused", "refused too"):
        with pytest.raises(Overloaded) as refusal:
            await bench.queue.run(lambda: None, Source.of("203.0.114.1"))
        assert refusal.value.reason == "OVERLOADED", name
        assert refusal.value.metadata == {"retry_after_seconds": "1"}
    bench.queue.require_room(replace(HOME, is_known=True))
    await bench.finish_all()
    assert len(bench.done) == 8


async def test_the_known_wait_for_half_of_the_strangers_at_most(bench: Bench) -> None:
    await bench.ask("runs", "runs too", address="198.51.99.1")
    for number in range(6):
        await bench.ask(f"s{number}", address=f"198.51.{number}.1")
    home = replace(HOME, is_known=True)
    for number in range(3):  # half a second for each of its own, and as long for a stranger before it
        bench.queue.require_room(home)
        await bench.ask(f"k{number}", is_known=True)
    with pytest.raises(Overloaded):
        bench.queue.require_room(home)
    await bench.finish_all()
    assert bench.done[2:8] == ["k0", "s0", "k1", "s1", "k2", "s2"]


async def test_the_forecast_knows_that_the_known_come_first(slow_bench: Bench) -> None:
    await slow_bench.ask("s1")
    await slow_bench.ask("k1", is_known=True)
    assert not slow_bench.tasks["k1"].done()
    with pytest.raises(Overloaded, match=r"^too many sign-ins at once; try again after the seconds in retry_after_"):
        slow_bench.queue.require_room(replace(HOME, is_known=True))


async def test_the_forecast_knows_that_strangers_come_after_the_known(slow_bench: Bench) -> None:
    await slow_bench.ask("k1", is_known=True)
    with pytest.raises(Overloaded):
        slow_bench.queue.require_room(HOME)


async def test_who_gives_up_is_no_longer_waited_for(bench: Bench) -> None:
    await bench.ask(*(f"s{number}" for number in range(8)))
    with pytest.raises(Overloaded):
        bench.queue.require_room(Source.of(HOME.address))
    for number in range(2, 8):
        bench.tasks[f"s{number}"].cancel()
    await settle()
    bench.queue.require_room(Source.of(HOME.address))


async def test_a_crowd_of_one_network_does_not_make_others_wait(bench: Bench) -> None:
    for number in range(8):
        await bench.ask(f"crowd{number}", address=f"198.51.100.{number}")
    with pytest.raises(Overloaded):
        bench.queue.require_room(Source.of("198.51.100.99"))
    await bench.ask("other", address="192.0.2.1")
    await bench.finish_all()
    assert bench.done.index("other") == 2


async def test_the_time_of_a_hash_is_measured(bench: Bench) -> None:
    for _ in range(20):
        await bench.ask("slow")
        await bench.workers.finish(seconds=9.0)
    await bench.ask("a", "b")
    with pytest.raises(Overloaded) as refusal:
        await bench.queue.run(lambda: None, HOME)
    assert refusal.value.metadata == {"retry_after_seconds": "6"}
    await bench.finish_all()
    for _ in range(20):
        await bench.ask("fast")
        await bench.workers.finish(seconds=0.1)
    await bench.ask("a", "b", "c")
    await bench.finish_all()


async def test_hashes_that_run_for_long_show_that_all_have_become_slower(bench: Bench) -> None:
    await bench.ask("a", "b")
    await bench.workers.advance(4.0)
    await bench.ask("c", "d", "e", "f", "g")  # the last has to wait for two more hashes on each worker
    assert await bench.refused("g") == "2"
    await bench.finish_all()
    assert bench.done == ["a", "b", "c", "d", "e", "f"]


async def test_who_has_waited_for_three_seconds_is_refused_and_the_next_keeps_its_turn(bench: Bench) -> None:
    await bench.ask("a", "b", "waits")
    await bench.workers.advance(0.9)
    await bench.ask("waits, too", address=HOME.address)
    await bench.workers.advance(2.0)
    assert not bench.tasks["waits"].done()
    await bench.workers.advance(0.1)
    assert await bench.refused("waits") == "1"
    await bench.finish_all()
    assert bench.done == ["a", "b", "waits, too"]


async def test_who_is_overtaken_for_three_seconds_is_refused(bench: Bench) -> None:
    await bench.ask("a", "b", "overtaken", address="198.51.100.1")
    for number in range(6):  # who has had nothing comes first
        await bench.ask(f"s{number}", address=f"203.0.{number}.1")
        await bench.workers.finish()
    assert await bench.refused("overtaken") == "1"
    await bench.finish_all()
    assert bench.done == ["a", "b", *(f"s{number}" for number in range(6))]


async def test_who_is_refused_just_when_its_turn_has_come_passes_it_on(bench: Bench) -> None:
    await bench.ask("a", "b", "refused")
    await bench.workers.advance(2.0)
    await bench.ask("d", address=HOME.address)
    work, done = bench.workers.running.pop(0)
    done.set_result(work())
    bench.workers.expire(1.0)  # before the third has noticed that it is its turn
    await settle()
    assert await bench.refused("refused") == "1"
    await bench.finish_all()
    assert bench.done == ["a", "b", "d"]


@pytest.mark.parametrize(("seconds_left", "is_admitted"), [(1.9, False), (2.5, True)])
async def test_nobody_waits_until_too_little_time_is_left_for_the_hash(
    bench: Bench, seconds_left: float, is_admitted: bool
) -> None:
    await bench.ask("a", "b")
    call = Call("r", time.monotonic() + seconds_left)  # a second to wait, and one for the hash
    waiting = asyncio.create_task(during(call, lambda: bench.queue.run(lambda: "done", HOME)))
    await settle()
    assert waiting.done() is not is_admitted
    await bench.finish_all()
    [outcome] = await asyncio.gather(waiting, return_exceptions=True)
    assert outcome == "done" if is_admitted else isinstance(outcome, Overloaded)


async def test_an_idle_worker_serves_even_who_has_little_time(bench: Bench) -> None:
    """Otherwise nobody would ever measure that hashes have become faster again."""
    await bench.ask("slow")
    await bench.workers.finish(seconds=100.0)
    call = Call("r", time.monotonic() + 1.0)
    running = asyncio.create_task(during(call, lambda: bench.queue.run(lambda: "done", HOME)))
    await settle()
    await bench.finish_all()
    assert await running == "done"


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
