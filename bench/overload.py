"""Measures what remains of the peak at three times its load: python -m bench --overload.

First the peak: orders from 32 connections that wait for each answer. Then three times that rate from clients that do
not wait (open loop), and right after it 32 connections again. A robust system keeps most of its peak through the storm,
because it rejects early what it cannot serve, and recovers within seconds.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench import load
from bench.load import Request
from bench.scenarios import ORDER

TIMES = 3
KEPT_MIN = 0.8
RECOVERY_SECONDS_MAX = 10.0
_STORMS = 8  # processes of the load generator, each for one user
_CLIENTS = 4  # connections of each process


@dataclass(frozen=True)
class Storm:
    """The answers by HTTP status, and the p99 latency of the orders that were filled."""

    seconds: float
    statuses: Counter[int]
    p99_ms: float

    @property
    def filled_rate(self) -> float:
        """Orders filled per second."""
        return self.statuses[200] / self.seconds


async def measure(edge: str, tokens: list[str], seconds: float, console: Console) -> None:
    """Prints the peak, the storm and the recovery."""
    orders = Request("POST", "/api/v1/orders", ORDER, tuple(tokens))
    await load.rest(edge, orders, seconds / 2)
    peak = (await load.rest(edge, orders, seconds)).rate
    console.print(f"peak: {peak:.0f} orders/s")
    storm = await _storm(edge, tokens[:_STORMS], TIMES * peak, seconds)
    kept = storm.filled_rate / peak
    others = ", ".join(f"{count} x {status}" for status, count in sorted(storm.statuses.items()) if status != 200)
    console.print(
        f"{TIMES * peak:.0f} orders/s sent: {storm.filled_rate:.0f}/s filled, {_mark(kept, KEPT_MIN)} of the peak"
        f" (mark {KEPT_MIN:.0%}), p99 {storm.p99_ms:.0f} ms; other answers: {others or 'none'}",
        soft_wrap=True,
    )
    after = (await load.rest(edge, orders, RECOVERY_SECONDS_MAX)).rate
    console.print(
        f"the next {RECOVERY_SECONDS_MAX:.0f} s: {after:.0f} orders/s, {_mark(after / peak, KEPT_MIN)} of the peak"
    )


async def _storm(edge: str, tokens: list[str], rate: float, seconds: float) -> Storm:
    with tempfile.TemporaryDirectory() as folder:
        logs = [Path(folder) / str(number) for number in range(len(tokens))]
        per_client = max(1, round(rate / len(tokens) / _CLIENTS))
        await asyncio.gather(
            *(_ask(edge, token, per_client, seconds, log) for token, log in zip(tokens, logs, strict=True))
        )
        rows = [line.split("\t") for log in logs for line in log.read_text().splitlines()]
    statuses = Counter(int(row[1]) for row in rows)
    micros = sorted(int(row[2]) for row in rows if row[1] == "200")
    return Storm(seconds, statuses, micros[len(micros) * 99 // 100] / 1e3 if micros else 0.0)


async def _ask(edge: str, token: str, per_client: int, seconds: float, log: Path) -> None:
    body = log.with_suffix(".json")
    await asyncio.to_thread(body.write_text, ORDER)
    process = await asyncio.create_subprocess_exec(
        *("h2load", "--clients", str(_CLIENTS), "--max-concurrent-streams", "100", "--rps", str(per_client)),
        *("--duration", f"{seconds:.0f}", "--log-file", str(log), "--data", str(body)),
        *("--header", f"authorization: Bearer {token}", "--header", "content-type: application/json"),
        f"{edge}/api/v1/orders",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await process.wait()


def _mark(share: float, least: float) -> str:
    return f"{share:.0%}" if share >= least else f"[red]{share:.0%}[/red]"
