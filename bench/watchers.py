"""Many readers of the stream of prices, in one process that takes little CPU time: python -m bench.watchers.

It writes a line when each stream has had its first message, and then, for each line that it reads, what it has
received since the line before: a JSON object of the fields of Received. It ends when its input ends.
"""

from __future__ import annotations

import asyncio
import functools
import json
import math
import re
import resource
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

import uvloop

_OPENING_MAX = 50  # at once
_HEAD = re.compile(rb'"kind":"(?:SNAPSHOT|DELTA)","seq":"\d+","as_of":"([^"]+)"')
_HEAD_BYTES_MAX = 120


@dataclass(frozen=True)
class Received:
    """The messages with prices of some time, their ages on arrival, and the streams that are open at its end."""

    messages: int
    mib: float
    age_ms_p50: float
    age_ms_p99: float
    age_ms_max: float
    open: int
    cpu_seconds: float


class Watchers:
    """The other process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def take(self) -> Received:
        """Returns what was received since the last call."""
        if self._process.stdin is not None:
            self._process.stdin.write(b"\n")
        return Received(**json.loads(await self.line()))

    async def line(self) -> bytes:
        """Returns the next line of the process. Raises RuntimeError when it has ended."""
        line = await self._process.stdout.readline() if self._process.stdout is not None else b""
        if not line:
            raise RuntimeError("the watchers have ended; there may be too few file descriptors (ulimit -n)")
        return line


@asynccontextmanager
async def watching(url: str, streams: int) -> AsyncIterator[Watchers]:
    """Opens streams of a URL, and yields their readers once each stream has had a message."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.watchers", url, str(streams)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    watchers = Watchers(process)
    try:
        await watchers.line()
        yield watchers
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


class _Log:
    """What has been received."""

    def __init__(self) -> None:
        self.ages: list[float] = []
        self.bytes = 0
        self.open = 0
        self._cpu_seconds = 0.0

    def take(self) -> Received:
        ages, self.ages = sorted(self.ages), []
        size, self.bytes = self.bytes, 0
        used = resource.getrusage(resource.RUSAGE_SELF)
        before, self._cpu_seconds = self._cpu_seconds, used.ru_utime + used.ru_stime
        p50, p99, longest = (_quantile(ages, share) for share in (0.5, 0.99, 1.0))
        return Received(len(ages), size / 2**20, p50, p99, longest, self.open, self._cpu_seconds - before)


def _quantile(ages: Sequence[float], share: float) -> float:
    """Returns a quantile of sorted seconds, in milliseconds."""
    return ages[max(0, math.ceil(len(ages) * share) - 1)] * 1e3 if ages else 0.0


class _Watcher(asyncio.Protocol):
    """Reads one stream. It looks only at the head of each message."""

    def __init__(self, request: bytes, log: _Log) -> None:
        self.began = asyncio.get_running_loop().create_future()
        self._request = request
        self._log = log
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._log.open += 1
        cast(asyncio.WriteTransport, transport).write(self._request)  # that of uvloop only looks like one

    def data_received(self, data: bytes) -> None:
        now = time.time()
        self._log.bytes += len(data)
        text, end = self._rest + data, 0
        for head in _HEAD.finditer(text):
            self._log.ages.append(now - _seconds(head[1]))
            end = head.end()
        self._rest = text[max(end, len(text) - _HEAD_BYTES_MAX) :]
        if end and not self.began.done():
            self.began.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self._log.open -= 1
        if not self.began.done():
            self.began.set_exception(error or ConnectionError(f"no stream: {self._rest.decode()}"))


@functools.lru_cache(64)  # many streams have the same message
def _seconds(as_of: bytes) -> float:
    return datetime.fromisoformat(as_of.decode()).timestamp()


async def _watch(url: str, streams: int) -> None:
    parts, log, limit = urlsplit(url), _Log(), asyncio.Semaphore(_OPENING_MAX)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()

    async def begin() -> None:
        async with limit:
            _, watcher = await loop.create_connection(
                lambda: _Watcher(request, log), parts.hostname or "", parts.port or 80
            )
            await watcher.began

    await asyncio.gather(*(begin() for _ in range(streams)))
    print("all streams are open", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(asdict(log.take())), flush=True)


if __name__ == "__main__":
    uvloop.run(_watch(sys.argv[1], int(sys.argv[2])))
