"""A load balancer of connections in front of several edges, and clients that keep calling through it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc

from local import ports, readiness
from tests.edge.mesh import Edge, token

_CHECK_SECONDS = 0.25
_NODE_CLIENT = Path(__file__).with_name("http2_client.js")
_CHANNEL = (("grpc.use_local_subchannel_pool", 1),)  # else all channels share a connection


class Balancer:
    """Sends each new connection to the next edge whose /ready answers 200. It retries nothing."""

    def __init__(self, edges: list[Edge]) -> None:
        [port] = ports.claim(1)
        self.address = f"127.0.0.1:{port}"
        self._edges = edges
        self._ready = list(edges)
        self._next = 0

    async def check(self) -> None:
        """Asks the edges until cancelled."""
        while True:
            answers = [await readiness.answers_ok(f"http://{edge.health}/ready") for edge in self._edges]
            self._ready = [edge for edge, ok in zip(self._edges, answers, strict=True) if ok] or self._edges
            await asyncio.sleep(_CHECK_SECONDS)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forwards a connection in both directions until each side has ended it."""
        self._next += 1
        host, _, port = self._ready[self._next % len(self._ready)].address.rpartition(":")
        try:
            from_edge, to_edge = await asyncio.open_connection(host, int(port))
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(_forward(reader, to_edge), _forward(from_edge, writer))


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()


class Load:
    """What became of the calls, by protocol."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.failures: list[str] = []
        self.stopping = asyncio.Event()

    async def http1(self, address: str) -> None:
        """Reads a balance again and again on one connection, as long as the edge keeps it open."""
        headers = {"authorization": f"Bearer {token()}"}
        async with httpx.AsyncClient(base_url=f"http://{address}", trust_env=False, headers=headers) as client:
            while not self.stopping.is_set():
                try:
                    answer = await client.get("/api/v1/balance")
                    answer.raise_for_status()
                    self.done["HTTP/1.1"] += 1
                except httpx.HTTPError as error:
                    self.failures.append(f"HTTP/1.1: {error!r}")

    async def grpc(self, address: str) -> None:
        """The same by gRPC."""
        metadata = (("authorization", f"Bearer {token()}"),)
        async with grpc.aio.insecure_channel(address, options=_CHANNEL) as channel:
            balance: Any = account_service_pb2_grpc.AccountServiceStub(channel).GetBalance
            while not self.stopping.is_set():
                try:
                    await balance(account_service_pb2.GetBalanceRequest(), metadata=metadata)
                    self.done["gRPC"] += 1
                except grpc.aio.AioRpcError as error:
                    self.failures.append(f"gRPC: {error.code().name} {error.details()}")

    async def http2(self, address: str) -> None:
        """The same by HTTP/2, four at once on a connection: by Node, as Python's client cannot go on after a GOAWAY."""
        node = shutil.which("node")
        assert node, "node is missing; `python -m local fetch` needs it too"
        process = await asyncio.create_subprocess_exec(
            *(node, str(_NODE_CLIENT), f"http://{address}", token()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None
        await self.stopping.wait()
        process.stdin.close()
        out, _ = await process.communicate()
        told = json.loads(out)
        self.done["HTTP/2"] += told["done"]
        self.failures += [f"HTTP/2: {failure}" for failure in told["failures"]]


@asynccontextmanager
async def balanced(edges: list[Edge]) -> AsyncIterator[str]:
    """Runs a balancer, and yields its address."""
    balancer = Balancer(edges)
    host, _, port = balancer.address.rpartition(":")
    server = await asyncio.start_server(balancer.connect, host, int(port))
    checking = asyncio.create_task(balancer.check())
    try:
        yield balancer.address
    finally:
        checking.cancel()
        server.close()


@asynccontextmanager
async def load(edges: list[Edge]) -> AsyncIterator[Load]:
    """Calls the edges by each protocol, half of the connections to each. At the end all running calls finish."""
    load = Load()
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        for client in (load.http1, load.http2, load.grpc):
            address = await stack.enter_async_context(balanced(edges))
            for _ in range(4):
                group.create_task(client(address))
        try:
            yield load
        finally:
            load.stopping.set()
