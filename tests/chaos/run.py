"""A run: load and faults together, then healing, then a check of all that was requested against all that is stored."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from . import frames, injected
from .client import Client, Request, User, channel_to, sign_up
from .dump import Dump
from .faults import Act, Faults, plan, service_names
from .history import History, Kind
from .load import Load
from .report import Report, findings, logged_errors
from .system import FEE_PERCENT, System, supervised
from .waiting import POLL_SECONDS, until

START_DOLLARS = "2000.00"
HEAL_SECONDS_MAX = 30.0
_HEAL_WAIT_SECONDS = 90.0  # longer than allowed, to measure how long it takes
_SETTLE_SECONDS_MAX = 60.0
_ELEVEN_MINUTES = 660.0  # longer than DynamoDB remembers a ClientRequestToken (10 minutes)
_VERIFIED_MIN = 0.9  # of the orders
_BEHIND_SECONDS = -288.0


@dataclass(frozen=True)
class Phase:
    """A part of the load (0 to 1), and the fraction of its requests to DynamoDB that fail (0 to 1)."""

    part: float
    fault_rate: float


@dataclass(frozen=True)
class Settings:
    """The settings of a run. Runs with the same settings make the same choices."""

    seed: str
    orders: int = 10_000
    kills: int = 100
    pauses: int = 35
    publisher_faults: int = 10
    redis_kills: int = 2
    redis_pause_seconds: float = 60.0
    users: int = 32
    replicas: int = 2
    stock_shards: int = 3  # of an asset, so that moves between shards are tested too
    replays: int = 400  # at the end, of requests of the whole run: once with the same clocks, once with others
    phases: tuple[Phase, ...] = (Phase(0.6, 0.01), Phase(0.3, 0.05), Phase(0.1, 0.2))


SHORT = Settings(
    seed="", orders=2000, kills=25, pauses=8, publisher_faults=4, redis_kills=1, redis_pause_seconds=10.0, replays=150
)


class Run:
    """A run in progress."""

    def __init__(self, settings: Settings, system: System, client: Client, users: list[User], faults: Faults) -> None:
        self.settings = settings
        self.phase = settings.phases[0]
        self.load = Load(client, users, settings.orders, settings.seed)
        self.faults = faults
        self.client = client
        self._system = system
        self._began = time.monotonic()

    def line(self) -> str:
        """Returns a line about the progress."""
        seconds = time.monotonic() - self._began
        kills = sum(count for what, count in self.faults.done.items() if what.startswith(Act.KILL))
        return (
            f"{seconds:4.0f} s  orders {self.load.orders_asked}/{self.settings.orders}"
            f" ({self.load.orders_asked / max(seconds, 1):.0f}/s)  without an answer {self.load.unanswered}"
            f"  kills {kills}  faults {self.phase.fault_rate:.0%}"
        )

    async def under_faults(self) -> None:
        """Runs the load while processes are killed and paused, and requests to DynamoDB fail."""
        settings = self.settings
        rng = random.Random(f"{settings.seed}/faults")  # noqa: S311 - choices that can be repeated
        steps = plan(
            rng,
            settings.kills,
            settings.pauses,
            settings.publisher_faults,
            settings.redis_kills,
            settings.redis_pause_seconds,
        )
        try:
            async with asyncio.TaskGroup() as group:
                load = group.create_task(self.load.run())
                faults = group.create_task(self.faults.carry_out(steps, lambda: self.load.progress))
                phases = group.create_task(self._change_phases())
                await until(lambda: self.load.progress >= 1)
                self.faults.kill_all("order")  # while orders are pending, so that there is something to heal
                await load
                faults.cancel()
                phases.cancel()
        finally:
            await self.faults.end()
            await self._system.proxy.use(())
            self.phase = Phase(0.0, 0.0)

    async def _change_phases(self) -> None:
        end = 0.0
        for phase in self.settings.phases:
            self.phase = phase
            end += phase.part
            await self._system.proxy.use(injected.rules_for(phase.fault_rate))
            await until(partial(self._has_come, end))

    def _has_come(self, far: float) -> bool:
        return self.load.progress >= far

    async def healed(self) -> float:
        """Waits until every process is healthy and no order is pending. Returns the seconds that it took."""
        began = time.monotonic()
        while (seconds := time.monotonic() - began) < _HEAL_WAIT_SECONDS:
            if await self._system.is_healthy() and not await self._system.pending():
                break
            await asyncio.sleep(POLL_SECONDS)
        return seconds

    async def replay_all_clocks(self) -> int:
        """Replays requests with the same clocks, and with clocks that are 11 minutes ahead."""
        await self.load.replay(self.settings.replays)
        names = [name for name in service_names(self._system.stack) if name != "ratelimit"]  # which takes no clock
        await asyncio.gather(*(self._system.move_clock(name, _ELEVEN_MINUTES) for name in names))
        await self.healed()
        await self.load.replay(self.settings.replays)
        return await self.load.settle(_SETTLE_SECONDS_MAX)


async def run(
    settings: Settings, folder: Path, say: Callable[[str], None], watch: Callable[[Run], None] = lambda run: None
) -> Report:
    """Makes a run, and calls `watch` when the load begins. Leaves the history, the logs and the dump in the folder."""
    began = time.monotonic()
    history_file, frames_file = folder / "history.jsonl", folder / "frames.jsonl"
    async with supervised(folder, settings.seed, say, settings.replicas, settings.stock_shards) as system:
        with History(history_file) as history:
            async with channel_to(system.settings.edge_port) as channel, recorded(system, frames_file):
                client = Client(channel, history)
                users = await _people(system, client, history, settings.users)
                await _skew(system)
                rng = random.Random(f"{settings.seed}/victims")  # noqa: S311 - choices that can be repeated
                this = Run(settings, system, client, users, Faults(system.stack, rng, say))
                watch(this)
                await this.under_faults()
                pending = await system.pending()
                heal_seconds = await this.healed()
                earlier = await asyncio.to_thread(Dump.read, system.settings.dynamodb_url)
                left = await this.load.settle(_SETTLE_SECONDS_MAX)
                left += await this.replay_all_clocks()
                await this.healed()
        dump = await asyncio.to_thread(Dump.read, system.settings.dynamodb_url)
        counts = await system.proxy.counts()
    dump.save(folder / "dump.json")
    market = await asyncio.to_thread(frames.read, frames_file, Decimal(FEE_PERCENT))
    violations = await asyncio.to_thread(findings, dump, history_file, earlier, market)
    priced = market.verified(int(order["price_seq"]) for order in dump.orders if "price_seq" in order)
    if heal_seconds > HEAL_SECONDS_MAX:
        violations.append(f"healing took {heal_seconds:.1f} s")
    if priced < _VERIFIED_MIN:
        violations.append(f"only {priced:.1%} of the orders have prices of frames that were recorded")
    if left:
        violations.append(f"{left} requests have no final answer")
    return Report(
        seconds=time.monotonic() - began,
        pending=pending,
        heal_seconds=heal_seconds,
        orders=this.load.orders_asked,
        replays=this.load.replays,
        answers=dict(client.answers),
        processes=dict(this.faults.done),
        requests=counts.requests,
        faults=counts.faults,
        errors=logged_errors(folder / "logs"),
        prices=f"{len(market.frames)} frames of {market.publishers} publishers; {priced:.1%} of the orders compared",
        violations=violations,
    )


@asynccontextmanager
async def recorded(system: System, file: Path) -> AsyncIterator[None]:
    """Records the frames of prices that are published."""
    recorder = frames.FrameRecorder(file, system.settings.redis_port, system.dynamodb)
    recording = asyncio.create_task(recorder.run())
    try:
        yield
    finally:
        recording.cancel()
        await asyncio.gather(recording, return_exceptions=True)


async def _people(system: System, client: Client, history: History, count: int) -> list[User]:
    """Registers users and deposits some money for each."""
    users = await sign_up(system.settings.edge_url, count, history)
    paid = [Request(user, Kind.DEPOSIT, "start", {"amount": START_DOLLARS}) for user in users]
    for answer in await asyncio.gather(*(client.send(request, 10.0) for request in paid)):
        assert answer.is_final, f"before any fault a deposit ended with {answer}"
    return users


async def _skew(system: System) -> None:
    """Makes the clocks of second replicas wrong: ahead for user and order, behind for inventory."""
    offsets = {"user-2": _ELEVEN_MINUTES, "order-2": _ELEVEN_MINUTES, "inventory-2": _BEHIND_SECONDS}
    await asyncio.gather(
        *(system.move_clock(name, seconds) for name, seconds in offsets.items() if name in system.stack.programs)
    )
