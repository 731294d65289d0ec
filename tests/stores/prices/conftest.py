"""A Valkey that can be killed, replicas that publish, and feeds that read."""

from __future__ import annotations

import asyncio
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
from services.prices.keys import HEAD
from services.redis_client import client as redis_client
from tests import valkey
from tests.stores.prices.cable import Cable
from tests.stores.prices.readers import Readers


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

    async def save_for_a_late_clock(self, seconds: int) -> None:
        """Writes a snapshot as a machine sees it whose clock is behind: the head has more time left there."""
        async with redis_client.connect(settings.Redis(url=self.url)) as redis:
            # Sent at once, so that no frame comes between.
            await redis.pipeline(transaction=False).pexpire(HEAD, seconds * 1000).save().execute()
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

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self._log = log

    async def logs(self, text: str) -> None:
        """Waits until the output has a text."""
        while text not in self._log.read_text():
            assert self.process.returncode is None, "the replica ended"
            await asyncio.sleep(0.005)

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
        file = tmp_path / f"replica-{len(replicas)}.log"
        with file.open("w") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.stores.prices.replica", endpoint, table, redis_url, str(skew_seconds)),
                stdout=log,
                stderr=log,
            )
        replicas.append(Replica(process, file))
        await replicas[-1].logs("ready")
        return replicas[-1]

    yield start
    for replica in replicas:
        if replica.process.returncode is None:
            replica.process.kill()
            await replica.ended()


OpenFeed = Callable[[str], Feed]


@pytest.fixture
async def open_feed(client: Client, table: str) -> AsyncIterator[OpenFeed]:
    """Returns a function that opens a feed, which reaches Valkey at an address. It reads when it is asked."""
    async with AsyncExitStack() as stack:

        def open_one(redis_url: str) -> Feed:
            redis = redis_client.connect(settings.Redis(url=redis_url))
            stack.push_async_callback(redis.aclose)
            return Feed(redis, LeaseStore(client, table))

        yield open_one


@pytest.fixture
async def readers(open_feed: OpenFeed, server: Valkey, cable: Cable) -> AsyncIterator[Readers]:
    """Returns readers that reach Valkey: one that clients see directly, one, and the orders, by the cable."""
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
