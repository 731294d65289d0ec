"""Calls of Envoy's admin interface."""

from __future__ import annotations

import asyncio

import httpx

from local.readiness import plain_http

POLL_SECONDS = 0.05


async def drain(admin_url: str, seconds_max: float) -> None:
    """Waits until running requests have finished, at most `seconds_max`.

    Meanwhile Envoy refuses new connections and closes open ones after their next request. Without this it drops running
    requests on SIGTERM.
    """
    async with plain_http(admin_url) as admin:
        try:
            async with asyncio.timeout(seconds_max):
                await admin.post("/healthcheck/fail")
                await admin.post("/drain_listeners?graceful&skip_exit")
                while True:
                    if await _sum(admin, r"^http\.(?!admin\.).*downstream_rq_active$") == 0:
                        return
                    await asyncio.sleep(POLL_SECONDS)
        except (TimeoutError, httpx.HTTPError):
            return


async def _sum(admin: httpx.AsyncClient, stats: str) -> int:
    """Returns the sum of the statistics whose names match."""
    answer = await admin.get("/stats", params={"filter": stats, "type": "All"})
    answer.raise_for_status()
    return sum(int(line.rpartition(": ")[2]) for line in answer.text.splitlines() if line)
