"""Runs the real ratelimit service, with a real Redis server, for an edge."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGKILL

import httpx

from local import authority, binaries, ports, readiness


class Counting:
    """A running ratelimit service and its Redis server."""

    def __init__(self, folder: Path, limits: Path) -> None:
        self._port, self._redis_port, self._metrics_port = ports.claim(3)
        self.mesh = folder / "mesh"
        authority.ensure(self.mesh)
        self._folder = folder
        self._redis: asyncio.subprocess.Process | None = None
        self._service: asyncio.subprocess.Process | None = None
        self.limits = limits
        self.address = f"127.0.0.1:{self._port}"

    async def start_redis(self) -> None:
        options = ("--bind", "127.0.0.1", "--port", str(self._redis_port), "--save", "")
        with (self._folder / "redis.log").open("a") as log:
            self._redis = await asyncio.create_subprocess_exec(str(binaries.valkey()), *options, stdout=log)
        await until(lambda: readiness.answers_redis(self._redis_port))

    async def start(self) -> None:
        env = {
            **os.environ,
            "CNOP_LISTEN": self.address,
            "CNOP_METRICS_LISTEN": f"127.0.0.1:{self._metrics_port}",
            "CNOP_LIMITS_FILE": str(self.limits),
            "CNOP_LIMITS_WATCH_SECONDS": "0.1",
            "CNOP_REDIS_URL": f"redis://127.0.0.1:{self._redis_port}",
            "CNOP_MESH_CERTS_DIR": str(self.mesh / "ratelimit"),
            "CNOP_SERVER_LAME_DUCK_SECONDS": "0",
        }
        with (self._folder / "ratelimit.log").open("a") as log:
            self._service = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "services.ratelimit"), env=env, stdout=log, stderr=log
            )
        await until(lambda: readiness.serves_grpc(self.address, "ratelimit", self.mesh / "operator"))

    async def kill(self) -> None:
        await _end(self._service)

    async def kill_redis(self) -> None:
        await _end(self._redis)

    async def metrics(self) -> dict[str, float]:
        """The metrics of the service, by name and labels."""
        async with readiness.plain_http() as client:
            answer = await client.get(f"http://127.0.0.1:{self._metrics_port}/metrics")
        assert answer.status_code == httpx.codes.OK
        lines = [line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in lines}


async def until(condition: Callable[[], Awaitable[bool]], seconds_max: float = 30.0) -> None:
    """Waits until `condition` is true. Raises TimeoutError after `seconds_max`."""
    async with asyncio.timeout(seconds_max):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.05)


async def _end(process: asyncio.subprocess.Process | None) -> None:
    if process is not None and process.returncode is None:
        process.send_signal(SIGKILL)
        await process.wait()


@asynccontextmanager
async def counting(folder: Path, limits: Path) -> AsyncIterator[Counting]:
    """Starts both processes, and kills at the end those that still run."""
    counting = Counting(folder, limits)
    try:
        await counting.start_redis()
        await counting.start()
        yield counting
    finally:
        await counting.kill()
        await counting.kill_redis()
