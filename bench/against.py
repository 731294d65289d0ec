"""Compares this tree with another commit: python -m bench --against REV."""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

from rich.console import Console
from rich.table import Table

from bench import emulator, ratios, references, side, system, tree
from bench.load import Request
from bench.references import EDGE_PING, GRPC_PING
from bench.scenarios import Scenario, scenarios
from bench.side import Sample, Side
from local.errors import LocalError

WARM_UP_SECONDS, REFERENCE_SECONDS = 3.0, 5.0
PAUSE_SECONDS = 1.0  # the system finishes what the load generator no longer waits for

Turn = Callable[[float], Awaitable[Sample]]
Samples = Mapping[str, list[Sample]]


# What is compared: the heading, the figure of a run, and whether more of it is better.
FIGURES: tuple[tuple[str, Callable[[Sample], float], bool], ...] = (
    ("requests/s", lambda sample: sample.rate, True),
    ("p50 ms", lambda sample: sample.p50_ms, False),
    ("CPU ms/request", lambda sample: sample.cpu_ms, False),
)


async def run(revision: str, only: str, seconds: float, pairs: int) -> None:
    """Compares the scenarios whose names contain `only`, and prints the results."""
    console = Console(width=None if sys.stdout.isatty() else system.WIDTH)
    chosen = [scenario for scenario in scenarios([""]) if only in scenario.name]
    if not chosen:
        sys.exit(f"no scenario has {only!r} in its name")
    try:
        other = tree.at(revision, console)
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(side.running(tree.HERE, console))
            theirs = await stack.enter_async_context(side.running(other, console))
            limit = None
            if any(scenario.is_order for scenario in chosen):
                limit = await stack.enter_async_context(emulator.running())
            await _print_references(ours, console)
            for scenario in chosen:
                turns = {one.name: _turn(one, _request(scenario, await one.sign_in())) for one in (ours, theirs)}
                if limit is not None and scenario.is_order:
                    turns[limit.name] = limit.measure
                console.print(f"measuring: {scenario.name}", style="dim")
                samples = await compare(turns, seconds, pairs, lambda text: console.print(text, style="dim"))
                console.print(_table(scenario, ours.name, theirs.name, samples))
                if limit is not None and scenario.is_order:
                    console.print(_share_of_limit(ours.name, limit.name, samples))
                _print_errors(samples, console)
    except LocalError as error:
        sys.exit(str(error))


async def compare(
    turns: Mapping[str, Turn],
    seconds: float,
    pairs: int,
    report: Callable[[str], None],
    *,
    pause_seconds: float = PAUSE_SECONDS,
) -> Samples:
    """Lets all take turns under load, after a warm-up: the first two in alternating order, then the others.

    `report` is called with the progress.
    """
    for turn in turns.values():
        await turn(WARM_UP_SECONDS)
    samples: dict[str, list[Sample]] = {name: [] for name in turns}
    pair, others = list(turns)[:2], list(turns)[2:]
    for number in range(1, pairs + 1):
        for name in (*pair, *others):
            await asyncio.sleep(pause_seconds)
            samples[name].append(await turns[name](seconds))
        rates = ", ".join(f"{name} {samples[name][-1].rate:,.0f}/s" for name in turns)
        report(f"{number} of {pairs}: {rates}")
        pair.reverse()
    return samples


async def _print_references(ours: Side, console: Console) -> None:
    bare, _ = await references.grpc_ping(REFERENCE_SECONDS)
    edge = await references.edge_ping(ours.edge, REFERENCE_SECONDS)
    for name, outcome in ((GRPC_PING, bare), (EDGE_PING, edge)):
        console.print(f"{name}: {outcome.rate:,.0f} req/s, p50 {outcome.p50_ms:.1f} ms")


def _request(scenario: Scenario, tokens: list[str]) -> Request:
    return next(one.request for one in scenarios(tokens) if one.name == scenario.name)


def _turn(one: Side, request: Request) -> Turn:
    return lambda seconds: one.measure(request, seconds)


def _table(scenario: Scenario, ours: str, theirs: str, samples: Samples) -> Table:
    table = Table(title=f"{scenario.name}: medians of {len(samples[ours])} runs", title_justify="left")
    for column in ("", ours, theirs, "ratio", "95% interval", "verdict"):
        table.add_column(column, justify="left" if column in {"", "verdict"} else "right")
    for what, figure, is_more_better in FIGURES:
        mine, others = ([figure(sample) for sample in samples[name]] for name in (ours, theirs))
        ratio = ratios.paired(mine, others)
        table.add_row(
            what,
            f"{statistics.median(mine):,.2f}",
            f"{statistics.median(others):,.2f}",
            f"{ratio.value:.3f}",
            f"{ratio.low:.3f} to {ratio.high:.3f}",
            _verdict(ratio, is_more_better),
        )
    return table


def _share_of_limit(ours: str, limit: str, samples: Samples) -> str:
    """Says how much of the orders that the emulator itself can take the system fills."""
    mine, most = ([sample.rate for sample in samples[name]] for name in (ours, limit))
    share = ratios.paired(mine, most)
    cpu_ms = statistics.median(sample.cpu_ms for sample in samples[limit])
    return (
        f"{limit}, with the writes of an order and no services: {statistics.median(most):,.1f} orders/s"
        f" ({cpu_ms:.2f} ms of its CPU each); {ours} fills {share.value:.0%} of that"
        f" ({share.low:.0%} to {share.high:.0%})"
    )


def _verdict(ratio: ratios.Ratio, is_more_better: bool) -> str:
    if not ratio.is_clear:
        return "no clear difference"
    return "[green]better[/green]" if (ratio.value > 1) == is_more_better else "[red]worse[/red]"


def _print_errors(samples: Samples, console: Console) -> None:
    for name, runs in samples.items():
        if errors := sum(sample.errors for sample in runs):
            console.print(f"[red]{name}: {errors} answers were errors; its figures do not count[/red]")
