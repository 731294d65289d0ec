"""Kills and pauses processes of the system while the load runs, at certain points of its progress."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from local.process import Process
from local.stack import Stack

from .waiting import POLL_SECONDS, until

_PAUSE_SECONDS = (0.2, 1.0, 3.0, 8.0)  # shorter than every deadline to longer than all
_LONG_PAUSE_SECONDS = 6.0  # another replica publishes meanwhile, and the paused one wakes
PUBLISHER = "inventory"  # the service of which a replica publishes the prices

_LAST = 0.97  # of the load; faults after that would meet no calls


class Act(StrEnum):
    """What to do to a process."""

    KILL = "kill"
    PAUSE = "pause"


@dataclass(frozen=True)
class Step:
    """What to do at a point of the load (0 to 1). The target is a program, a service or, if "", any service."""

    at: float
    act: Act
    target: str = ""
    seconds: float = 0.0


def plan(  # noqa: PLR0917 - the kinds of faults
    rng: random.Random, kills: int, pauses: int, publisher_faults: int, redis_kills: int, redis_pause_seconds: float
) -> list[Step]:
    """Plans what happens to processes in a run: spread evenly, each at a random moment of its share.

    A fault of the publisher of prices hits a replica of its service: of two, each second time the one that publishes.
    """
    steps = [Step(at, Act.KILL) for at in _moments(rng, kills)]
    steps += [
        rng.choice((Step(at, Act.KILL, PUBLISHER), Step(at, Act.PAUSE, PUBLISHER, _LONG_PAUSE_SECONDS)))
        for at in _moments(rng, publisher_faults)
    ]
    steps += [Step(at, Act.PAUSE, seconds=rng.choice(_PAUSE_SECONDS)) for at in _moments(rng, pauses)]
    steps += [Step(at, Act.KILL, "valkey") for at in _moments(rng, redis_kills)]
    if redis_pause_seconds:
        steps.append(Step(rng.uniform(0.2, 0.5), Act.PAUSE, "valkey", redis_pause_seconds))
    return sorted(steps, key=lambda step: step.at)


def _moments(rng: random.Random, count: int) -> Iterator[float]:
    return ((number + rng.random()) * _LAST / count for number in range(count))


def _has_come(progress: Callable[[], float], far: float) -> bool:
    return progress() >= far


def service_names(stack: Stack) -> list[str]:
    """Returns the names of the programs that are services, with all replicas."""
    return [
        name
        for name, program in stack.programs.items()
        if not program.is_step and any(part.startswith("services.") for part in program.command)
    ]


class Faults:
    """Carries out a plan."""

    def __init__(self, stack: Stack, rng: random.Random, say: Callable[[str], None]) -> None:
        self.done: Counter[str] = Counter()
        self._stack = stack
        self._random = rng
        self._say = say
        self._pauses: dict[asyncio.Task[None], Process] = {}

    async def carry_out(self, steps: list[Step], progress: Callable[[], float]) -> None:
        """Makes each step when the load reaches its point."""
        for step in steps:
            await until(partial(_has_come, progress, step.at))
            is_one = step.target in self._stack.programs and step.target != PUBLISHER
            self._take(step, step.target if is_one else await self._victim(step.target))

    async def _victim(self, service: str) -> str:
        """Chooses a process of a service (any if "") that is ready and not paused. Waits until there is one."""
        while True:
            paused = {process.program.name for process in self._pauses.values()}
            names = [
                name
                for name in service_names(self._stack)
                if service in ("", name.split("-")[0])
                and name not in paused
                and self._stack[name].is_running
                and self._stack[name].has_been_ready
            ]
            if names:
                return self._random.choice(names)
            await asyncio.sleep(POLL_SECONDS)

    def kill_all(self, service: str) -> None:
        """Kills every replica of a service at once."""
        for name in service_names(self._stack):
            if name.split("-")[0] == service:
                self._take(Step(1.0, Act.KILL), name)

    def _take(self, step: Step, name: str) -> None:
        process = self._stack[name]
        self.done[f"{step.act} {name}"] += 1
        if step.act is Act.KILL:
            self._say(f"{step.at:6.1%} killed {name} (process {process.pid})")
            process.signal(signal.SIGKILL)
            return
        self._say(f"{step.at:6.1%} paused {name} for {step.seconds:g} s (process {process.pid})")
        process.signal(signal.SIGSTOP)
        pause = asyncio.create_task(asyncio.sleep(step.seconds))
        self._pauses[pause] = process
        pause.add_done_callback(self._continue)

    def _continue(self, pause: asyncio.Task[None]) -> None:
        self._pauses.pop(pause).signal(signal.SIGCONT)

    async def end(self) -> None:
        """Ends all pauses."""
        pauses = list(self._pauses)
        for pause in pauses:
            pause.cancel()
        await asyncio.gather(*pauses, return_exceptions=True)
