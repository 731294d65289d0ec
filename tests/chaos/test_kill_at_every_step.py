"""An order service may die at any step of an order: another one completes the order, once."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from local import ports, readiness
from local.process import Process

from .client import Answer, Client, Request, User, channel_to, channel_to_order, sign_up
from .dump import Dump, Item
from .history import History, Kind, Outcome
from .report import findings
from .run import HEAL_SECONDS_MAX
from .system import System, supervised

pytestmark = pytest.mark.timeout(300)

_AT_ONCE = 4
_CALL_SECONDS = 10.0

# The steps of an order, in the order in which the saga makes them, and its final state.
SAGAS = {
    "a buy": (("add", "take", "settle", "move"), "COMPLETED", ""),
    "a sell": (("add", "settle", "add_sold", "move"), "COMPLETED", ""),
    "a buy without the money": (("add", "take", "settle", "undo_take", "move"), "FAILED", "INSUFFICIENT_FUNDS"),
    "a buy by a clock far ahead": (("add", "take"), "COMPLETED", ""),
}
_AHEAD_SECONDS = {"a buy by a clock far ahead": 288}
BODIES = {
    "a buy": {"side": "BUY", "asset_id": "ADA", "quantity": "100"},
    "a sell": {"side": "SELL", "asset_id": "ADA", "quantity": "40"},
    "a buy without the money": {"side": "BUY", "asset_id": "BTC", "quantity": "1"},
    "a buy by a clock far ahead": {"side": "BUY", "asset_id": "ADA", "quantity": "10"},
}
DEATHS = [(saga, f"{when} {step}") for saga in SAGAS for step in SAGAS[saga][0] for when in ("before", "after")]


@dataclass(frozen=True)
class Death:
    """What happened to an order whose service died, and to replays of its request."""

    exit_code: int
    seen: Answer
    died_at: float  # time.time()
    stored: Item | None  # after all orders were final
    replay: Answer
    is_replay_the_same: bool


@dataclass(frozen=True)
class Aftermath:
    """All deaths, and the violations after them."""

    deaths: dict[tuple[str, str], Death]
    violations: list[str]


@pytest.fixture(scope="module")
async def aftermath(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Aftermath]:
    folder = tmp_path_factory.mktemp("deaths")
    async with supervised(folder, "deaths", lambda line: None) as system:
        with History(folder / "history.jsonl") as history:
            yield await _die_everywhere(system, history, folder)


async def _die_everywhere(system: System, history: History, folder: Path) -> Aftermath:
    async with channel_to(system.settings.edge_port) as channel:
        edge = Client(channel, history)
        users = await sign_up(system.settings.edge_url, len(DEATHS), history)
        requests = await asyncio.gather(*(_prepared(edge, user, at) for user, at in zip(users, DEATHS, strict=True)))
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def die(request: Request, at: tuple[str, str]) -> None:
            async with at_once:
                ends[at] = await _killed(system, history, request, at[1], folder, _AHEAD_SECONDS.get(at[0], 0))

        ends: dict[tuple[str, str], tuple[int, Answer, float]] = {}
        all_deaths = list(zip(requests, DEATHS, strict=True))
        await asyncio.gather(*(die(*one) for one in all_deaths if one[1][0] not in _AHEAD_SECONDS))
        await _healed(system)
        for request, at in all_deaths:
            if at[0] in _AHEAD_SECONDS:  # alone: such a process would complete other orders too, at a wrong time
                await die(request, at)
        await _healed(system)
        healed = await asyncio.to_thread(Dump.read, system.settings.dynamodb_url)
        stored = {item["request_id"]: item for item in healed.orders if "request_id" in item}
        first = await asyncio.gather(*(edge.send(request, _CALL_SECONDS) for request in requests))
        second = await asyncio.gather(*(edge.send(request, _CALL_SECONDS) for request in requests))
    dump = await asyncio.to_thread(Dump.read, system.settings.dynamodb_url)
    deaths = {
        at: Death(*ends[at], stored.get(request.request_id), replay, replay == again)
        for at, request, replay, again in zip(DEATHS, requests, first, second, strict=True)
    }
    return Aftermath(deaths, await asyncio.to_thread(findings, dump, folder / "history.jsonl"))


async def _healed(system: System) -> None:
    async with asyncio.timeout(2 * HEAL_SECONDS_MAX):
        await system.until_none_is_pending()


async def _prepared(edge: Client, user: User, death: tuple[str, str]) -> Request:
    """Prepares what an order needs, and returns its request."""
    saga, point = death
    before = [Request(user, Kind.DEPOSIT, "start", {"amount": "1000.00"})]
    if saga == "a sell":
        before.append(Request(user, Kind.BUY, "first", BODIES["a buy"]))
    for request in before:
        assert (await edge.send(request, _CALL_SECONDS)).outcome is Outcome.ACKNOWLEDGED
    kind = Kind[BODIES[saga]["side"]]
    return Request(user, kind, "-".join((saga, point)).replace(" ", "_"), BODIES[saga])


async def _killed(  # noqa: PLR0917 - all of them say what happens
    system: System, history: History, request: Request, point: str, folder: Path, ahead_seconds: int
) -> tuple[int, Answer, float]:
    """Sends a request to an order service that dies of it. Returns the exit code, the answer, and the time of death."""
    [port] = ports.claim(1)
    program = system.stack.programs["order"]
    mortal = replace(
        program,
        name=f"mortal-{request.request_id}",
        command=(sys.executable, "-m", "tests.chaos.mortal_order"),
        env={
            **program.env,
            "CNOP_LISTEN": f"127.0.0.1:{port}",
            "CNOP_TEST_DEATH": point,
            "CNOP_TEST_REQUEST_ID": request.request_id,
            "CNOP_TEST_AHEAD_SECONDS": str(ahead_seconds),
        },
        ready=partial(readiness.serves_grpc, f"127.0.0.1:{port}", "order", system.stack.mesh / "operator"),
    )
    async with AsyncExitStack() as ending:
        process = await Process.start(mortal, folder / "logs")
        ending.push_async_callback(process.kill)
        await process.until_ready()
        channel = await ending.enter_async_context(channel_to_order(port, system.stack.mesh / "operator"))
        seen = await Client(channel, history).send(request, _CALL_SECONDS)
        async with asyncio.timeout(_CALL_SECONDS):
            return await process.wait(), seen, time.time()


@pytest.mark.parametrize(("saga", "point"), DEATHS)
async def test_an_order_whose_service_dies_ends_as_if_it_had_lived(aftermath: Aftermath, saga: str, point: str) -> None:
    _, state, reason = SAGAS[saga]
    death = aftermath.deaths[saga, point]
    assert death.exit_code == -signal.SIGKILL
    assert death.seen.outcome is Outcome.UNKNOWN
    if point == "before add":
        assert death.stored is None
    else:
        assert death.stored is not None
        assert (death.stored["state"], death.stored["failure_reason"]) == (state, reason)
        took = datetime.fromisoformat(death.stored["updated_at"]).timestamp() - death.died_at
        assert took < HEAL_SECONDS_MAX, f"it took {took:.1f} s"
    assert (death.replay.status or "FAILED", death.replay.reason) == (state, reason)
    assert death.is_replay_the_same


def test_the_books_balance_after_all_deaths(aftermath: Aftermath) -> None:
    assert not aftermath.violations
