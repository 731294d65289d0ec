"""What a request costs at least: a bare gRPC server, and an answer of the edge itself."""

from __future__ import annotations

import asyncio
import sys

from bench import load, ping, usage
from bench.load import Outcome
from bench.scenarios import PING
from local import ports

GRPC_PING, EDGE_PING = "bare grpc.aio ping", "GET /health at the edge"
WARM_UP_SECONDS = 3.0


async def grpc_ping(seconds: float) -> tuple[Outcome, float]:
    """Loads a bare server without edge, contract and data. Returns the result and the server's CPU seconds."""
    [port] = ports.claim(1)
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.ping", str(port))
    try:
        await asyncio.sleep(1.0)
        target = f"127.0.0.1:{port}", f"/{ping.SERVICE}/{ping.METHOD}", b""
        await load.grpc(*target, seconds=WARM_UP_SECONDS)
        before = usage.measure([("ping", process.pid)])
        outcome = await load.grpc(*target, seconds=seconds)
        used = usage.measure([("ping", process.pid)]).since(before)
    finally:
        process.kill()
        await process.wait()
    return outcome, used["ping"]


async def edge_ping(edge: str, seconds: float) -> Outcome:
    """Loads an edge with requests that it answers itself."""
    await load.rest(edge, PING, 1)
    return await load.rest(edge, PING, seconds)
