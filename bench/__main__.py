"""Measures the system on one machine: python -m bench (make bench).

Starts everything with the emulator in memory, and asks the edge for each kind of request in turn over 32 connections.
Prints requests a second, p50 and p99, the CPU of the whole system for a request (and whose it is), what the tool that
makes the load takes itself, and the resident memory of each process after all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import load, overload, people, ping, sign_in, tools, usage
from bench.load import Outcome, Request
from local import ports
from local.stack import Stack, StackSettings, running

USERS = 50
RESIDENT_MIB_MAX = 110
SERVICES = ("user", "inventory", "order")
_WARM_UP_SECONDS = 3.0


@dataclass(frozen=True)
class Scenario:
    """One kind of request, and the rate that is expected of it at least."""

    name: str
    request: Request
    rate_min: float | None = None
    cpu_ms_max: float | None = None


@dataclass(frozen=True)
class Result:
    """What a scenario saw, with the CPU milliseconds of a request by process."""

    scenario: Scenario
    outcome: Outcome
    cpu_ms: dict[str, float]


def scenarios(tokens: list[str]) -> list[Scenario]:
    """What is measured."""
    all_users, one_user = tuple(tokens), (tokens[0],)
    deposit = '{"amount":"0.01"}'
    order = '{"side":"BUY","asset_id":"ADA","quantity":"0.1"}'
    return [
        Scenario("50 assets", Request("GET", "/api/v1/inventory/assets?page_size=50"), 1500),
        Scenario("balance", Request("GET", "/api/v1/balance", tokens=all_users), 1000),
        Scenario("deposit, 50 users", Request("POST", "/api/v1/balance/deposit", deposit, all_users), 450),
        Scenario("order, 50 users", Request("POST", "/api/v1/orders", order, all_users), 150, cpu_ms_max=12.0),
        Scenario("balance, 1 user", Request("GET", "/api/v1/balance", tokens=one_user)),
        Scenario("deposit, 1 user", Request("POST", "/api/v1/balance/deposit", deposit, one_user)),
        Scenario("order, 1 user", Request("POST", "/api/v1/orders", order, one_user)),
    ]


async def measure_ping(seconds: float) -> Result:
    """The bare server, without edge, contract and data."""
    [port] = ports.claim(1)
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.ping", str(port))
    try:
        await asyncio.sleep(1.0)
        target = f"127.0.0.1:{port}", f"/{ping.SERVICE}/{ping.METHOD}", b""
        await load.grpc(*target, seconds=_WARM_UP_SECONDS)
        before = usage.measure([("ping", process.pid)])
        outcome = await load.grpc(*target, seconds=seconds)
        used = usage.measure([("ping", process.pid)]).since(before)
    finally:
        process.kill()
        await process.wait()
    scenario = Scenario("bare grpc.aio ping", Request("POST", target[1]))
    return Result(scenario, outcome, {name: value / outcome.requests * 1e3 for name, value in used.items()})


async def measure(stack: Stack, scenario: Scenario, seconds: float) -> Result:
    """One scenario, after a warm-up."""
    pids = [(process.program.name, process.pid) for process in stack.processes]
    await load.rest(stack.settings.edge_url, scenario.request, _WARM_UP_SECONDS)
    before = usage.measure(pids)
    outcome = await load.rest(stack.settings.edge_url, scenario.request, seconds)
    used = usage.measure(pids).since(before)
    return Result(scenario, outcome, {name: value / max(1, outcome.requests) * 1e3 for name, value in used.items()})


def show(console: Console, results: list[Result]) -> None:
    """Prints the figures."""
    table = Table(title=f"{load.CONNECTIONS} connections; CPU in ms a request, everything on this machine")
    for column in ("", "req/s", "mark", "p50 ms", "p99 ms", "errors", "CPU", "mark ", "of which", "load tool"):
        table.add_column(column, justify="left" if column in {"", "of which"} else "right")
    for result in results:
        scenario, outcome = result.scenario, result.outcome
        parts = sorted(result.cpu_ms.items(), key=lambda part: -part[1])
        table.add_row(
            scenario.name,
            _marked(outcome.rate, outcome.rate >= (scenario.rate_min or 0), "{:,.0f}"),
            f"{scenario.rate_min:,.0f}" if scenario.rate_min else "",
            f"{outcome.p50_ms:.1f}",
            f"{outcome.p99_ms:.1f}",
            _marked(outcome.errors, not outcome.errors, "{}"),
            _marked(sum(result.cpu_ms.values()), not _is_too_costly(result), "{:.2f}"),
            f"{scenario.cpu_ms_max:.0f}" if scenario.cpu_ms_max else "",
            " ".join(f"{name} {value:.2f}" for name, value in parts if value >= 0.01),
            f"{outcome.tool_cpu_seconds / outcome.requests * 1e3:.2f}",
        )
    console.print(table)


def _is_too_costly(result: Result) -> bool:
    mark = result.scenario.cpu_ms_max
    return mark is not None and sum(result.cpu_ms.values()) > mark


def _marked(value: float, good: bool, form: str) -> str:
    text = form.format(value)
    return text if good else f"[red]{text}[/red]"


@asynccontextmanager
async def crowded(bcrypt_cost: int = 4) -> AsyncIterator[tuple[Stack, list[str]]]:
    """The system, in memory, and the tokens of users with money. By default hashing costs next to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        settings = StackSettings.on_free_ports(
            log_dir=Path(folder),
            # The load of one user takes in more than people do on a day.
            service_env={"CNOP_BCRYPT_COST": str(bcrypt_cost), "CNOP_DAILY_DEPOSIT_MAX": "1000000000"},
        )
        async with running(settings) as stack:
            yield stack, await people.sign_up(settings.edge_url, USERS, dollars="500000.00")


async def run_overload(seconds: float) -> None:
    """Measures what is left of the peak at three times the load."""
    console = Console(width=170)
    async with crowded() as (stack, tokens):
        await overload.measure(stack.settings.edge_url, tokens, seconds, console)


async def run_sign_in(seconds: float) -> None:
    """Measures whether sign-in tells of accounts by its time, and what a flood of it takes from others."""
    async with crowded(bcrypt_cost=12) as (stack, tokens):
        await sign_in.measure(stack.settings.edge_url, tokens, seconds, Console(width=170))


def loop_seconds() -> float:
    """The CPU seconds of a fixed loop: how fast the machine is now. One that is shared differs from hour to hour."""
    begin = time.process_time()
    total = 0
    for number in range(6_000_000):
        total += number * number % 7
    return time.process_time() - begin


async def run(seconds: float, only: str) -> None:
    """Measures all scenarios whose name holds `only`, and prints the figures."""
    console = Console(width=170)
    before = loop_seconds()
    results = [await measure_ping(seconds)] if only in "bare grpc.aio ping" else []
    async with crowded() as (stack, tokens):
        for scenario in scenarios(tokens):
            if only in scenario.name:
                console.print(f"measuring: {scenario.name}", style="dim")
                results.append(await measure(stack, scenario, seconds))
        pids = [(process.program.name, process.pid) for process in stack.processes]
        resident = usage.measure(pids).resident_mib
    show(console, results)
    console.print(f"a fixed loop takes {before:.2f} s of CPU before, {loop_seconds():.2f} s after all of it")
    memory = ", ".join(
        f"{name} {_marked(value, name not in SERVICES or value <= RESIDENT_MIB_MAX, '{:.0f}')}"
        for name, value in resident.items()
    )
    console.print(f"resident MiB after all of it (mark for a service: {RESIDENT_MIB_MAX}): {memory}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each kind is asked for (default: 10)")
    parser.add_argument("--only", default="", help="only the kinds whose name holds this text")
    parser.add_argument("--overload", action="store_true", help="measure what is left at three times the load instead")
    parser.add_argument("--sign-in", action="store_true", help="measure sign-in instead: its times, and a flood of it")
    options = parser.parse_args()
    tools.check()
    if options.sign_in:
        asyncio.run(run_sign_in(options.seconds))
    elif options.overload:
        asyncio.run(run_overload(options.seconds))
    else:
        asyncio.run(run(options.seconds, options.only))


if __name__ == "__main__":
    main()
