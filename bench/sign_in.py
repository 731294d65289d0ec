"""Measures sign-in: python -m bench --sign-in.

First whether its timing reveals which accounts exist: a wrong password and an unknown name, in turn, with the hashing
cost of production; the medians should be within 5%. Then what a flood of sign-ins takes from other calls: the balance
from 32 connections, alone and while 64 others sign in with correct passwords, each of which is hashed.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Sequence

import httpx
from rich.console import Console

from bench import load, people
from bench.load import Request

RATIO_MAX = 1.05
_SAMPLES = 40
_FLOOD_CONNECTIONS = 64
_BALANCE, _LOGIN = "/api/v1/balance", "/api/v1/auth/login"


async def measure(edge: str, tokens: list[str], seconds: float, console: Console) -> None:
    """Prints both results."""
    wrong, unknown = await _medians_ms(edge, len(tokens))
    ratio = max(wrong, unknown) / min(wrong, unknown)
    console.print(
        f"wrong password {wrong:.1f} ms, unknown name {unknown:.1f} ms (medians of {_SAMPLES}): ratio "
        + (f"{ratio:.3f}" if ratio <= RATIO_MAX else f"[red]{ratio:.3f}[/red]")
    )
    balance = Request("GET", _BALANCE, tokens=tuple(tokens))
    await load.rest(edge, balance, seconds / 2)
    quiet = await load.rest(edge, balance, seconds)
    login = Request(
        "POST",
        _LOGIN,
        json.dumps({"username": "$TOKEN", "password": people.PASSWORD}),
        tuple(people.username(number) for number in range(len(tokens))),
    )
    flood, flooded = await asyncio.gather(
        load.rest(edge, login, seconds + 2, connections=_FLOOD_CONNECTIONS), _later(edge, balance, seconds)
    )
    for name, outcome in (("alone", quiet), (f"while {_FLOOD_CONNECTIONS} connections sign in", flooded)):
        console.print(
            f"balance {name}: {outcome.rate:.0f}/s, p50 {outcome.p50_ms:.1f} ms, p99 {outcome.p99_ms:.1f} ms, "
            f"{outcome.errors} errors"
        )
    signed_in = flood.requests - flood.errors
    console.print(
        f"the flood: {signed_in / flood.seconds:.1f}/s signed in, {flood.errors / flood.seconds:.0f}/s refused"
    )


async def _later(edge: str, request: Request, seconds: float) -> load.Outcome:
    await asyncio.sleep(1.0)
    return await load.rest(edge, request, seconds)


async def _medians_ms(edge: str, users: int) -> tuple[float, float]:
    """Returns the medians for wrong passwords and unknown names. No account is tried often enough to be throttled."""
    wrong: list[float] = []
    unknown: list[float] = []
    async with httpx.AsyncClient(base_url=edge, timeout=30.0, trust_env=False) as client:
        for number in range(_SAMPLES):
            names: Sequence[tuple[list[float], str]] = [
                (wrong, people.username(number % users)),
                (unknown, f"nobody_{number}"),
            ]
            for times, name in names if number % 2 else reversed(names):
                begin = time.perf_counter()
                response = await client.post(_LOGIN, json={"username": name, "password": "not the right one"})
                times.append((time.perf_counter() - begin) * 1e3)
                if response.status_code != httpx.codes.UNAUTHORIZED:
                    raise RuntimeError(f"{name}: {response.status_code} {response.text}")
    return statistics.median(wrong), statistics.median(unknown)
