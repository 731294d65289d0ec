"""A Valkey that can be killed, replicas that publish, a cable that can be cut, and feeds that read."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiodynamo.client import Client

from local import ports
from services.common import settings
from services.common.rpc.errors import Unavailable
from services.inventory.market.publication.lease import LeaseStore, first_seq
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
        await self.execute("SAVE")
        shutil.copy(self._snapshot, self._folder / "kept.rdb")

    async def execute(self, *command: str) -> None:
        """Sends a command."""
        async with redis_client.connect(settings.Redis(url=self.url)) as redis:
            await redis.execute_command(*command)

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
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        replicas.append(Replica(process))
        assert process.stdout is not None
        while b"ready" not in (line := await process.stdout.readline()):
            assert line, "the replica ended"
        return replicas[-1]

    yield start
    for replica in replicas:
        if replica.process.returncode is None:
            replica.process.kill()
            await replica.ended()


class Readers:
    """Feeds that show prices to clients, and one by which orders are filled, all checked all the time."""

    def __init__(self, shown: list[Feed], order: Feed) -> None:
        self.shown = shown
        self.order = order
        self.seen = 0  # the highest number that any client has seen
        self.orders = 0
        self.reasons: Counter[str] = Counter()  # of the refusals
        self._filled = asyncio.Event()

    async def place_orders(self) -> None:
        """Asserts forever that no order is filled at an older price than any client has seen."""
        while True:
            seen = self.seen = max(self.seen, *(feed.latest.seq for feed in self.shown if feed.latest), 0)
            try:
                frame = await self.order.current()
            except Unavailable as refusal:
                self.reasons[refusal.reason] += 1
                await asyncio.sleep(0.01)
            else:
                assert frame.seq >= seen
                self.orders += 1
                self._filled.set()
                self.seen = max(self.seen, frame.seq)
            await asyncio.sleep(0)

    async def frames(self, count: int = 1) -> int:
        """Waits until every reader has that many more frames. Returns the number of the last that was seen."""
        await asyncio.gather(*(_frames(feed, count) for feed in (*self.shown, self.order)))
        return self.seen

    async def epoch(self, least: int) -> int:
        """Waits until every reader has frames of this or a later publisher. Returns the number of the last."""
        await asyncio.gather(*(feed.newer(first_seq(least)) for feed in (*self.shown, self.order)))
        return self.seen

    async def filled(self, count: int = 1) -> None:
        """Waits until that many more orders are filled."""
        for _ in range(count):
            self._filled.clear()
            await self._filled.wait()


async def _frames(feed: Feed, count: int) -> None:
    for _ in range(count):
        await feed.newer(feed.latest.seq if feed.latest else 0)


@pytest.fixture
async def readers(client: Client, table: str, server: Valkey, cable: Cable) -> AsyncIterator[Readers]:
    """Returns readers that reach Valkey: one that clients see directly, one, and the orders, by the cable."""
    async with AsyncExitStack() as stack:

        def open_feed(redis_url: str) -> Feed:
            redis = redis_client.connect(settings.Redis(url=redis_url))
            stack.push_async_callback(redis.aclose)
            return Feed(redis, LeaseStore(client, table))

        readers = Readers([open_feed(server.url), open_feed(cable.url)], open_feed(cable.url))
        tasks = [asyncio.create_task(feed.follow()) for feed in (*readers.shown, readers.order)]
        tasks.append(asyncio.create_task(readers.place_orders()))
        yield readers
        ended = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in ended:
            task.result()
        assert readers.reasons.keys() <= {"PRICES_UNAVAILABLE"}
