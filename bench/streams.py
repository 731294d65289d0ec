"""Measures streams of prices: python -m bench --streams.

Prices move (the simulated market), and 1,000 clients at one address watch them through the edge as server-sent events,
one message a second each. Printed are the CPU time of the inventory service and of the edge per message (all that they
use, also for the prices themselves, and for health checks), and how old the prices are when they arrive, by the clock
of this machine. Then the same beside orders from 32 connections, whose rate is compared with that before and after.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bench import load, system, usage
from bench.load import Request
from bench.references import WARM_UP_SECONDS
from bench.scenarios import ORDER
from bench.watchers import Received, Watchers, watching
from local.stack import Stack

STREAMS, INTERVAL_MS = 1000, 1000
CPU_US_MAX, AGE_MS_MAX, ORDERS_MIN = 200.0, 1500.0, 0.5
_ASSETS = ("ADA", "AVAX", "BNB", "BTC", "DOGE", "DOT", "ETH", "LINK", "SOL", "XRP")
_SERVING = ("inventory", "edge")

T = TypeVar("T")


@dataclass(frozen=True)
class Sample:
    """What was received in some time, and the CPU seconds that each process took."""

    name: str
    seconds: float
    received: Received
    cpu_seconds: Mapping[str, float]

    def cpu_us(self, process: str) -> float:
        """CPU microseconds of a process per message."""
        return self.cpu_seconds[process] / max(1, self.received.messages) * 1e6


@dataclass(frozen=True)
class Result:
    """The streams without other load and beside orders, and the orders per second before, beside and after them."""

    samples: tuple[Sample, Sample]
    order_rates: tuple[float, float, float]
    order_errors: int

    @property
    def kept(self) -> float:
        """How much of the rate of orders is left beside the streams."""
        before, beside, after = self.order_rates
        return beside / ((before + after) / 2)


async def run(seconds: float, console: Console) -> None:
    """Prints the results for the prices of some assets, and for those of all."""
    env = {"CNOP_STREAMS_PER_ADDRESS": str(STREAMS)}
    async with system.crowded(env=env, prices="simulated") as (stack, tokens):
        orders = Request("POST", "/api/v1/orders", ORDER, tuple(tokens))
        await load.rest(stack.settings.edge_url, orders, WARM_UP_SECONDS)
        _, used = await _cpu_seconds(stack, asyncio.sleep(seconds))
        idle = ", ".join(f"{name} {used[name] / seconds * 1e3:.0f}" for name in _SERVING)
        console.print(f"CPU milliseconds per second without any load: {idle}")
        for title, assets in ((f"{len(_ASSETS)} assets", _ASSETS), ("all assets", ())):
            result = await _measure(stack, assets, orders, seconds)
            console.print(_table(f"{STREAMS} streams of {title}", result.samples))
            console.print(_orders(result))


async def _measure(stack: Stack, assets: tuple[str, ...], orders: Request, seconds: float) -> Result:
    edge = stack.settings.edge_url
    query = "&".join([f"min_interval_ms={INTERVAL_MS}", *(f"asset_ids={one}" for one in assets)])
    before = await load.rest(edge, orders, seconds)
    async with watching(f"{edge}/api/v1/inventory/prices:watch?{query}", STREAMS) as watchers:
        await asyncio.sleep(WARM_UP_SECONDS)
        _, alone = await _sample("alone", stack, watchers, asyncio.sleep(seconds))
        beside, busy = await _sample("beside orders", stack, watchers, load.rest(edge, orders, seconds))
    after = await load.rest(edge, orders, seconds)
    errors = before.errors + beside.errors + after.errors
    return Result((alone, busy), (before.rate, beside.rate, after.rate), errors)


async def _sample(name: str, stack: Stack, watchers: Watchers, work: Awaitable[T]) -> tuple[T, Sample]:
    await watchers.take()
    begin = time.monotonic()
    result, used = await _cpu_seconds(stack, work)
    seconds = time.monotonic() - begin
    return result, Sample(name, seconds, await watchers.take(), used)


async def _cpu_seconds(stack: Stack, work: Awaitable[T]) -> tuple[T, Mapping[str, float]]:
    """Returns the result of some work, and the CPU seconds that each process took meanwhile."""
    pids = [(process.program.name, process.pid) for process in stack.processes]
    before = usage.measure(pids)
    result = await work
    return result, usage.measure(pids).since(before)


def _table(title: str, samples: tuple[Sample, Sample]) -> Table:
    table = Table(title=f"{title}: CPU microseconds per message (mark: {CPU_US_MAX:.0f})", title_justify="left")
    ages = ("age ms p50", "p99", "longest")
    for column in ("", "messages/s", "MiB/s", *_SERVING, "both", *ages, "open", "CPU s/s of the clients"):
        table.add_column(column, justify="left" if not column else "right")
    for sample in samples:
        got, cpu_us = sample.received, [sample.cpu_us(name) for name in _SERVING]
        is_busy = sample is not samples[0]  # then they serve orders too
        table.add_row(
            sample.name,
            f"{got.messages / sample.seconds:,.0f}",
            f"{got.mib / sample.seconds:.1f}",
            *(f"{value:.0f}" for value in cpu_us),
            _marked(f"{sum(cpu_us):.0f}", is_good=is_busy or sum(cpu_us) <= CPU_US_MAX),
            f"{got.age_ms_p50:.0f}",
            _marked(f"{got.age_ms_p99:.0f}", is_good=got.age_ms_p99 <= AGE_MS_MAX),
            f"{got.age_ms_max:.0f}",
            _marked(f"{got.open}", is_good=got.open == STREAMS),
            f"{got.cpu_seconds / sample.seconds:.2f}",
        )
    return table


def _orders(result: Result) -> str:
    before, beside, after = result.order_rates
    kept = _marked(f"{result.kept:.0%}", is_good=result.kept >= ORDERS_MIN)
    errors = _marked(f"{result.order_errors} errors", is_good=not result.order_errors)
    return (
        f"orders/s: {before:.0f} before, {beside:.0f} beside the streams, {after:.0f} after, {errors}; "
        f"kept {kept} (mark {ORDERS_MIN:.0%})"
    )


def _marked(text: str, *, is_good: bool) -> str:
    return text if is_good else f"[red]{text}[/red]"
