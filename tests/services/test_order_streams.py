"""Streams of orders: one replica changes orders, another one has the streams. Valkey is real, the orders are not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cnop.inventory.v1 import inventory_service_pb2
from cnop.order.v1 import order_pb2, order_service_pb2
from redis import exceptions as redis_exceptions
from redis.asyncio import Redis

from local import ports
from services.common import settings
from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Order, OrderFilter, Quote, Side, Ticket
from services.order.watch.announcements import AnnouncedOrders, Change, RedisAnnouncer
from services.order.watch.servicer import about_prices
from services.order.watch.subscriptions import Subscriptions
from services.order.watch.watched import REREAD_SECONDS, WatchedOrders
from services.redis_client import client as redis_client
from tests import valkey
from tests.services.order_fakes import NOON, FakeRepository, Faults

Kind = order_service_pb2.WatchOrdersResponse.Kind
COMPLETED, PENDING = order_pb2.Order.COMPLETED, order_pb2.Order.PENDING
REFUSAL = FailedPrecondition("OUT_OF_STOCK", "none left")


def order(number: int, user_id: str = "ann", age: timedelta = timedelta()) -> Order:
    ticket = Ticket(user_id, Side.BUY, "BTC", Decimal(1), request_id=f"r-{number}")
    return Order.accepted(ticket, Quote("BTC", Decimal(100)), NOON - age)


@dataclass
class Watch:
    """Streams of orders in one replica, and the orders of another one."""

    orders: AnnouncedOrders
    watched: WatchedOrders
    seconds: list[float]

    async def complete(self, one: Order) -> None:
        await self.orders.move(one, one.completed(NOON))


@dataclass
class Shown:
    """What a stream has shown."""

    take: Callable[[], order_service_pb2.WatchOrdersResponse | None]
    woken: asyncio.Event
    messages: list[order_service_pb2.WatchOrdersResponse] = field(default_factory=list)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                if (message := self.take()) is not None:
                    self.messages.append(message)
                    continue
                await self.woken.wait()
                self.woken.clear()

    def statuses(self) -> dict[str, list[int]]:
        """The states of each order, by request id."""
        found: dict[str, list[int]] = {}
        for message in self.messages:
            for one in message.orders:
                found.setdefault(one.request_id, []).append(one.status)
        return found


@asynccontextmanager
async def running(redis: Redis) -> AsyncIterator[Watch]:
    repository, announcer = FakeRepository(Faults()), RedisAnnouncer(redis)
    seconds = [0.0]
    orders = AnnouncedOrders(repository, announcer)
    watched = WatchedOrders(repository, Subscriptions(redis), lambda: NOON, lambda: seconds[0])
    tasks = [asyncio.create_task(work()) for work in (announcer.run, watched.listen)]
    yield Watch(orders, watched, seconds)
    for task in tasks:
        assert not task.done(), task.exception()
        task.cancel()


@asynccontextmanager
async def shown(watch: Watch, user_id: str = "ann") -> AsyncIterator[Shown]:
    woken = asyncio.Event()
    async with watch.watched.view(user_id, woken.set) as view:
        stream = Shown(view.take, woken)
        await stream.until(lambda: bool(stream.messages))
        assert stream.messages[0].kind == Kind.SNAPSHOT
        yield stream


async def heard(redis: Redis, user_id: str = "") -> None:
    """Waits until announcements for a user are heard; by default until any can be."""
    channel = f"cnop:orders:{user_id}"
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(redis_exceptions.ConnectionError):  # the pool has connections from before
                if await redis.pubsub_numsub(channel) == [(channel.encode(), 1)]:
                    return
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    [port] = ports.claim(1)
    async with valkey.running(port, tmp_path_factory.mktemp("valkey")):
        yield port


@pytest.fixture
async def watch(port: int) -> AsyncIterator[Watch]:
    redis = redis_client.connect(settings.Redis(url=f"redis://127.0.0.1:{port}"))
    async with redis, running(redis) as watch:
        await heard(redis)
        yield watch


async def test_only_what_somebody_watches_is_announced(watch: Watch, port: int) -> None:
    redis = redis_client.connect(settings.Redis(url=f"redis://127.0.0.1:{port}"))
    async with redis, shown(watch) as stream:
        await heard(redis, "ann")
        await redis.config_resetstat()
        await watch.orders.add(order(1, "bob"))
        await watch.orders.add(order(2))
        await stream.until(lambda: "r-2" in stream.statuses())
        assert (await redis.info("commandstats"))["cmdstat_publish"]["calls"] == 1


async def test_on_a_cluster_another_node_may_have_the_listeners(tmp_path: Path) -> None:
    async with clustered(tmp_path) as (one, other), one.pubsub() as pubsub:
        await pubsub.subscribe("cnop:orders:ann")
        await pubsub.get_message(timeout=20)
        repository, announcer = FakeRepository(Faults()), RedisAnnouncer(other)
        task = asyncio.create_task(announcer.run())
        await AnnouncedOrders(repository, announcer).add(order(1))
        message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=20)
        assert message is not None
        assert Change.unpack(message["data"]).order.request_id == "r-1"
        task.cancel()


@asynccontextmanager
async def clustered(folder: Path) -> AsyncIterator[tuple[Redis, Redis]]:
    """Runs a cluster of two nodes, and yields a client of each."""
    numbers = ports.claim(4)
    async with contextlib.AsyncExitStack() as stack:
        nodes = []
        for port, bus in zip(numbers[:2], numbers[2:], strict=True):
            options = "--cluster-enabled", "yes", "--cluster-port", str(bus), "--cluster-config-file", f"{port}.conf"
            await stack.enter_async_context(valkey.running(port, folder, *options))
            client = redis_client.connect(settings.Redis(url=f"redis://127.0.0.1:{port}"))
            nodes.append(await stack.enter_async_context(client))
        await nodes[0].execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        await nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", numbers[1], numbers[3])
        for node in nodes:
            await joined(node)
        yield nodes[0], nodes[1]


async def joined(node: Redis) -> None:
    """Waits until a node is a part of its cluster."""
    async with asyncio.timeout(20):
        while True:
            if b"cluster_state:ok" in await node.execute_command("CLUSTER", "INFO"):
                return
            await asyncio.sleep(0.05)


async def test_a_stream_begins_with_the_open_orders_and_shows_each_change(watch: Watch) -> None:
    old, done = order(1), order(2)
    await watch.orders.add(old)
    await watch.orders.add(done)
    await watch.complete(done)
    async with shown(watch) as stream:
        assert [one.request_id for one in stream.messages[0].orders] == ["r-1"]
        await watch.complete(old)
        await stream.until(lambda: "r-1" in stream.statuses() and len(stream.statuses()["r-1"]) == 2)
        assert stream.statuses() == {"r-1": [PENDING, COMPLETED]}
        assert stream.messages[-1].kind == Kind.CHANGE


async def test_the_orders_of_another_user_are_not_shown(watch: Watch) -> None:
    async with shown(watch) as stream:
        await watch.orders.add(order(1, "bob"))
        await watch.orders.add(order(2))
        await stream.until(lambda: "r-2" in stream.statuses())
        assert set(stream.statuses()) == {"r-2"}


async def test_all_streams_of_a_user_show_a_change(watch: Watch) -> None:
    async with shown(watch) as one, shown(watch) as two:
        await watch.orders.add(order(1))
        for stream in (one, two):
            await stream.until(lambda stream=stream: "r-1" in stream.statuses())  # type: ignore[misc]
    assert watch.watched.users == []


async def test_a_lost_announcement_is_made_good_by_reading_again(watch: Watch) -> None:
    open_one, new, old = order(1), order(2), order(3, age=timedelta(hours=3))
    repository = watch.orders.repository
    await repository.add(open_one)
    await repository.add(old)
    async with shown(watch) as stream:
        await repository.move(open_one, open_one.completed(NOON))
        await repository.move(old, old.failed(REFUSAL, NOON))
        await repository.add(new)
        await watch.watched.sweep()
        assert stream.take() is None, "it is not time yet"
        watch.seconds[0] += REREAD_SECONDS
        await watch.watched.sweep()
        await stream.until(lambda: len(stream.statuses()) == 3)
        assert stream.statuses() == {
            "r-1": [PENDING, COMPLETED], "r-2": [PENDING], "r-3": [PENDING, order_pb2.Order.FAILED],
        }  # fmt: skip


class CountedRepository(FakeRepository):
    """Counts the users whose orders are being read. Reads wait while `may_end` is not set."""

    def __init__(self) -> None:
        super().__init__(Faults())
        self.reading: list[str] = []
        self.read: list[str] = []
        self.failing: set[str] = set()
        self.may_end = asyncio.Event()

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        self.reading.append(user_id)
        assert len(self.reading) <= 16
        await self.may_end.wait()
        self.reading.remove(user_id)
        self.read.append(user_id)
        if user_id in self.failing:
            raise ConnectionError("down")
        return [], None


async def test_the_orders_of_sixteen_users_are_read_at_once_and_one_that_fails_stops_no_other() -> None:
    repository, seconds = CountedRepository(), [0.0]
    users = {f"u-{number}" for number in range(40)}
    async with redis_client.connect(settings.Redis(url="redis://127.0.0.1:1")) as redis:  # nothing is announced
        watched = WatchedOrders(repository, Subscriptions(redis), lambda: NOON, lambda: seconds[0])
        async with contextlib.AsyncExitStack() as views:
            repository.may_end.set()
            for user in users:
                await views.enter_async_context(watched.view(user, lambda: None))
            repository.may_end.clear()
            repository.read.clear()
            repository.failing = {"u-3"}
            seconds[0] += REREAD_SECONDS
            sweep = asyncio.create_task(watched.sweep())
            async with asyncio.timeout(20):
                while len(repository.reading) < 16:  # noqa: ASYNC110
                    await asyncio.sleep(0)
                repository.may_end.set()
                await sweep
    assert sorted(repository.read) == sorted(users)


async def test_a_state_is_shown_once_and_never_an_earlier_one(watch: Watch) -> None:
    one = order(1)
    done = one.completed(NOON)
    async with shown(watch) as stream:
        for state in (one, done, one, done):
            watch.watched.heard("ann", Change.of(state))
            if (message := stream.take()) is not None:
                stream.messages.append(message)
        assert stream.statuses() == {"r-1": [PENDING, COMPLETED]}


async def test_orders_go_on_while_valkey_is_away_and_streams_catch_up(tmp_path: Path) -> None:
    [port] = ports.claim(1)
    one = order(1)
    redis = redis_client.connect(settings.Redis(url=f"redis://127.0.0.1:{port}"))
    async with redis, running(redis) as watch:
        async with valkey.running(port, tmp_path), shown(watch) as stream:
            await heard(redis, "ann")
            await watch.orders.add(one)
            await stream.until(lambda: "r-1" in stream.statuses())
        async with shown(watch) as stream:
            await watch.complete(one)
            await watch.orders.add(order(2))
            watch.seconds[0] += REREAD_SECONDS
            await watch.watched.sweep()
            await stream.until(lambda: "r-2" in stream.statuses())
            async with valkey.running(port, tmp_path):
                await heard(redis, "ann")
                await watch.orders.add(order(3))
                await stream.until(lambda: "r-3" in stream.statuses())


def test_a_message_about_prices_is_wrapped_without_being_parsed() -> None:
    for size in (0, 1, 127, 128, 20_000):
        inner = inventory_service_pb2.WatchPricesResponse(end_reason="x" * size)
        message = order_service_pb2.WatchResponse.FromString(about_prices(inner.SerializeToString()))
        assert message == order_service_pb2.WatchResponse(prices=inner)
