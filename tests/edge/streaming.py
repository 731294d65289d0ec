"""A real server of streams behind the edge, with servicers that stream what a test tells them to."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
from cnop.inventory.v1 import inventory_service_pb2 as pb
from cnop.inventory.v1 import inventory_service_pb2_grpc as inventory_grpc
from cnop.order.v1 import order_service_pb2, order_service_pb2_grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from local import authority, ports
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc.access import CallMetadata, Policy, read_policies
from services.common.rpc.call import Call, Principal
from services.common.rpc.interceptor import ContractInterceptor
from services.streams import stream
from services.streams.runner import Streams
from services.streams.settings import StreamSettings
from tests.edge.mesh import Edge, running

PRICES = "/api/v1/inventory/prices:watch"
ORDERS = "/api/v1/orders:watch"
SERVICES = ("cnop.inventory.v1.InventoryService", "cnop.order.v1.OrderService")
_Kind = pb.WatchPricesResponse.Kind
_OrderKind = order_service_pb2.WatchOrdersResponse.Kind


class Feed(inventory_grpc.InventoryServiceServicer, order_service_pb2_grpc.OrderServiceServicer):
    """Streams the numbers that a test sends, as sequence numbers of prices."""

    def __init__(self) -> None:
        self.sent = 0
        self.padding = ""
        self.open: list[stream.Stream] = []
        self.closed = 0
        self.metadata: dict[str, str] = {}
        self.seconds_left: float | None = None  # of the stream that began last

    def send(self) -> None:
        """Lets every open stream send a message."""
        self.sent += 1
        for one in self.open:
            one.wake()

    async def WatchPrices(self, request: pb.WatchPricesRequest, context: Any) -> AsyncIterator[Any]:
        self.metadata = {key: str(value) for key, value in context.invocation_metadata() or ()}
        self.seconds_left = context.time_remaining()
        one, seen = stream.current(), self.sent
        self.open.append(one)
        try:
            yield pb.WatchPricesResponse(kind=_Kind.SNAPSHOT, seq=request.resume_seq)
            async for _ in one.turns():
                while seen < self.sent:
                    seen += 1
                    message = pb.WatchPricesResponse(kind=_Kind.DELTA, seq=seen)
                    message.prices.add(asset_id=self.padding or "BTC", price_usd="1.00")
                    yield message.SerializeToString()
                if one.is_quiet:
                    yield pb.WatchPricesResponse(kind=_Kind.HEARTBEAT)
        finally:
            self.open.remove(one)
            self.closed += 1

    async def WatchOrders(self, request: Any, context: Any) -> AsyncIterator[Any]:
        one = stream.current()
        async for _ in one.turns():
            yield order_service_pb2.WatchOrdersResponse(kind=_OrderKind.SNAPSHOT)


class Users:
    """Admits everybody as one user, until its session ends."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        call.principal = Principal("u-1", "customer", "token")

    async def confirm(self, user: Principal) -> None:
        if self.error is not None:
            raise self.error


class System:
    """An edge, and the server behind it."""

    def __init__(self, edge: Edge, feed: Feed, users: Users, streams: Streams) -> None:
        self.edge = edge
        self.feed = feed
        self.users = users
        self.streams = streams


def _end(reason: str) -> pb.WatchPricesResponse:
    return pb.WatchPricesResponse(kind=_Kind.END, end_reason=reason)


def _orders_end(reason: str) -> order_service_pb2.WatchOrdersResponse:
    return order_service_pb2.WatchOrdersResponse(kind=_OrderKind.END, end_reason=reason)


ENDS = {f"/{SERVICES[0]}/WatchPrices": _end, f"/{SERVICES[1]}/WatchOrders": _orders_end}


@asynccontextmanager
async def streaming(folder: Path, config: StreamSettings | None = None, **changes: Any) -> AsyncIterator[System]:
    """Starts both. The server is the inventory and the order service; `changes` are settings of the edge."""
    mesh = folder / "mesh"
    authority.ensure(mesh)
    port, order_port = ports.claim(2)
    feed, users = Feed(), Users()  # type: ignore[abstract]  # what it lacks answers UNIMPLEMENTED
    config = config or StreamSettings()
    streams = Streams(config, ENDS, users)
    interceptor = ContractInterceptor(
        read_policies(SERVICES), users, Mesh("cnop", "local"), success_level=logging.DEBUG, streams=streams
    )
    server = grpc.aio.server(interceptors=[interceptor])
    inventory_grpc.add_InventoryServiceServicer_to_server(feed, server)
    order_service_pb2_grpc.add_OrderServiceServicer_to_server(feed, server)
    healths = health.aio.HealthServicer()
    await healths.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(healths, server)
    address = f"127.0.0.1:{port}"
    server.add_secure_port(address, Certificates(mesh / "inventory").for_server())
    server.add_secure_port(f"127.0.0.1:{order_port}", Certificates(mesh / "order").for_server())
    await server.start()
    watching = asyncio.create_task(streams.watch())
    try:
        async with running(folder, mesh=mesh, inventory=address, order=f"127.0.0.1:{order_port}", **changes) as edge:
            await _until_healthy(edge)
            yield System(edge, feed, users, streams)
    finally:
        watching.cancel()
        await server.stop(None)


async def _until_healthy(edge: Edge) -> None:
    async with asyncio.timeout(30):
        while True:
            stats = await edge.stats(r"^cluster\.inventory-streams\.membership_healthy$")
            if stats.get("cluster.inventory-streams.membership_healthy"):
                return
            await asyncio.sleep(0.05)


class Events:
    """The server-sent events of a response, one by one."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> Any:
        """Returns the next event; None if the stream has ended."""
        async with asyncio.timeout(20):
            async for line in self._lines:
                if line.startswith("data:"):
                    return json.loads(line.removeprefix("data:"))
        return None


@asynccontextmanager
async def events_of(edge: Edge, path: str, **options: Any) -> AsyncIterator[Events]:
    """Opens a stream by REST."""
    async with edge.http.stream("GET", path, timeout=20, **options) as response:
        yield Events(response)
