"""Limits that are low enough for a test to reach, and new addresses and users that have not used any of them."""

from __future__ import annotations

import itertools
from pathlib import Path

import httpx

from tests.edge.mesh import Edge

LIMITS = """
[FLOOD]
address = "{flood}"
[ALL]
address = "{all}"
[DOCS]
address = "2/day"
[WEB]
address = "2/day"
[READ]
user = "3/day"
address = "5/day"
[HISTORY]
address = "2/day"
[SESSION]
user = "3/day"
address = "4/day"
[AUTH]
user = "3/day"
address = "4/day"
fallback_address = "2/day"
[MONEY]
user = "3/day"
address = "5/day"
fallback_user = "2/day"
fallback_address = "4/day"
[TRADE]
user = "3/day"
address = "5/day"
fallback_user = "2/day"
fallback_address = "4/day"
"""
ORIGIN = "http://localhost:5173"

_numbers = itertools.count(1)


def limits(all_requests: str = "1000/second", flood: str = "10000/second") -> str:
    return LIMITS.format(all=all_requests, flood=flood)


def limits_file(folder: Path, text: str = "") -> Path:
    file = folder / "limits.toml"
    file.write_text(text or limits())
    return file


def new_address() -> str:
    return f"10.1.{next(_numbers)}.1"


def new_user() -> str:
    return f"u-{next(_numbers)}"


async def health(edge: Edge, address: str) -> httpx.Response:
    return await edge.http.get("/health", headers={"x-forwarded-for": address})


async def preflight(edge: Edge, address: str) -> httpx.Response:
    headers = {"x-forwarded-for": address, "origin": ORIGIN, "access-control-request-method": "POST"}
    return await edge.http.options("/api/v1/orders", headers=headers)
