"""Measures each scenario and compares it with its marks."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench import load, references, system, usage
from bench.load import Outcome
from bench.references import EDGE_PING, GRPC_PING, WARM_UP_SECONDS
from bench.scenarios import PING, Scenario, scenarios
from local.settings import PROGRAMS
from local.stack import Stack

RESIDENT_MIB_MAX = 110  # of a service process


@dataclass(frozen=True)
class Result:
    """The result of a scenario, with the CPU milliseconds per request of each process."""

    scenario: Scenario
    outcome: Outcome
    cpu_ms: Mapping[str, float]

    @property
    def is_too_costly(self) -> bool:
        mark = self.scenario.cpu_ms_max
        return mark is not None and sum(self.cpu_ms.values()) > mark


async def run(seconds: float, only: str) -> None:
    """Measures the scenarios whose names contain `only` and prints the results."""
    console = Console(width=system.WIDTH)
    before = loop_seconds()
    results = []
    if only in GRPC_PING:
        outcome, cpu_seconds = await references.grpc_ping(seconds)
        results.append(Result(Scenario(GRPC_PING, PING), outcome, {"ping": cpu_seconds / outcome.requests * 1e3}))
    async with system.crowded() as (stack, tokens):
        for scenario in [Scenario(EDGE_PING, PING), *scenarios(tokens)]:
            if only in scenario.name:
                console.print(f"measuring: {scenario.name}", style="dim")
                results.append(await measure(stack, scenario, seconds))
        resident = usage.measure(_pids(stack)).resident_mib
    console.print(_table(results))
    console.print(f"a fixed loop took {before:.2f} s of CPU time before, {loop_seconds():.2f} s after")
    console.print(f"resident MiB at the end (mark for a service process: {RESIDENT_MIB_MAX}): {_memory(resident)}")


async def measure(stack: Stack, scenario: Scenario, seconds: float) -> Result:
    """Measures one scenario, after a warm-up."""
    pids = _pids(stack)
    await load.rest(stack.settings.edge_url, scenario.request, WARM_UP_SECONDS)
    before = usage.measure(pids)
    outcome = await load.rest(stack.settings.edge_url, scenario.request, seconds)
    used = usage.measure(pids).since(before)
    return Result(scenario, outcome, {name: value / outcome.requests * 1e3 for name, value in used.items()})


def loop_seconds() -> float:
    """Returns the CPU seconds of a fixed loop: the speed of a shared machine differs from hour to hour."""
    begin = time.process_time()
    total = 0
    for number in range(6_000_000):
        total += number * number % 7
    return time.process_time() - begin


def _pids(stack: Stack) -> list[tuple[str, int]]:
    return [(process.program.name, process.pid) for process in stack.processes]


def _table(results: list[Result]) -> Table:
    table = Table(title=f"{load.CONNECTIONS} connections; CPU milliseconds per request, all on this machine")
    for column in ("", "req/s", "mark", "p50 ms", "p99 ms", "errors", "CPU", "mark ", "of which", "load tool"):
        table.add_column(column, justify="left" if column in {"", "of which"} else "right")
    for result in results:
        scenario, outcome = result.scenario, result.outcome
        parts = sorted(result.cpu_ms.items(), key=lambda part: -part[1])
        table.add_row(
            scenario.name,
            _marked(f"{outcome.rate:,.0f}", is_good=outcome.rate >= (scenario.rate_min or 0)),
            f"{scenario.rate_min:,.0f}" if scenario.rate_min else "",
            f"{outcome.p50_ms:.1f}",
            f"{outcome.p99_ms:.1f}",
            _marked(str(outcome.errors), is_good=not outcome.errors),
            _marked(f"{sum(result.cpu_ms.values()):.2f}", is_good=not result.is_too_costly),
            f"{scenario.cpu_ms_max:.0f}" if scenario.cpu_ms_max else "",
            " ".join(f"{name} {value:.2f}" for name, value in parts if value >= 0.01),
            f"{outcome.tool_cpu_seconds / outcome.requests * 1e3:.2f}",
        )
    return table


def _memory(resident_mib: Mapping[str, float]) -> str:
    return ", ".join(
        f"{name} {_marked(f'{value:.0f}', is_good=name not in PROGRAMS or value <= RESIDENT_MIB_MAX)}"
        for name, value in resident_mib.items()
    )


def _marked(text: str, *, is_good: bool) -> str:
    return text if is_good else f"[red]{text}[/red]"
