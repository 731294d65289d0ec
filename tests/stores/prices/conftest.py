"""A Valkey that can be killed, replicas that publish, a cable that can be cut, and feeds that read."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiodynamo.client import Client

from local import ports
from services.common import settings
from services.inventory.market.publication.lease import LeaseStore
from services.inventory.schema import TABLE
from services.prices.feed import Feed
from services.redis_client import client as redis_client
from tests import valkey


class Valkey:
    """A server on one port. Each start is another process."""

    def __init__(self, folder: Path) -> None:
        [self.port] = ports.claim(1)
        self._folder = folder
        self._snapshot = folder / "dump.rdb"
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.process = await self._stack.enter_async_context(valkey.running(self.port, self._folder))

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def save(self) -> None:
        """Writes a snapshot, which later starts load."""
        async with redis_client.connect(settings.Redis(url=self.url)) as redis:
            await redis.execute_command("SAVE")
        shutil.copy(self._snapshot, self._folder / "kept.rdb")

    def restore(self) -> None:
        """Makes the next start load what `save` wrote."""
        shutil.copy(self._folder / "kept.rdb", self._snapshot)

    async def stop(self) -> None:
        await self._stack.aclose()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Valkey]:
    """Returns a running Valkey."""
    server = Valkey(tmp_path)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()


class Cable:
    """A connection to Valkey that can be cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        [self.port] = ports.claim(1)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def plug(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    def cut(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._to)
            self._writers |= {writer, back_writer}
            await asyncio.gather(_copy(reader, back_writer), _copy(back_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
async def cable(server: Valkey) -> AsyncIterator[Cable]:
    cable = Cable(server.port)
    await cable.plug()
    yield cable
    cable.cut()


@pytest.fixture
def table(make_table: Callable[[dict[str, Any]], str]) -> str:
    """Returns a table of its own: it has one lease."""
    return make_table(TABLE)


class Replica:
    """A process that publishes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def ended(self) -> None:
        await self.process.wait()


StartReplica = Callable[..., Awaitable[Replica]]


@pytest.fixture
async def start_replica(
    endpoint: str, aws: None, table: str, server: Valkey, tmp_path: Path
) -> AsyncIterator[StartReplica]:
    """Returns a function that starts a replica, whose clock may be wrong, and which may reach Valkey by a cable."""
    replicas: list[Replica] = []

    async def start(*, skew_seconds: float = 0.0, redis_url: str = server.url) -> Replica:
        with (tmp_path / f"replica-{len(replicas)}.log").open("w") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.stores.prices.replica", endpoint, table, redis_url, str(skew_seconds)),
                stdout=log,
                stderr=log,
            )
        replicas.append(Replica(process))
        return replicas[-1]

    yield start
    for replica in replicas:
        if replica.process.returncode is None:
            replica.process.kill()
            await replica.ended()


OpenFeed = Callable[..., Feed]


@pytest.fixture
async def open_feed(client: Client, table: str, server: Valkey) -> AsyncIterator[OpenFeed]:
    """Returns a function that opens a feed of its own, followed from then on."""
    async with AsyncExitStack() as stack:
        tasks: list[asyncio.Task[None]] = []

        def open_feed(redis_url: str = server.url) -> Feed:
            redis = redis_client.connect(settings.Redis(url=redis_url))
            stack.push_async_callback(redis.aclose)
            feed = Feed(redis, LeaseStore(client, table))
            tasks.append(asyncio.create_task(feed.follow()))
            return feed

        yield open_feed
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
