"""Load: users who call the system continuously by REST and gRPC, and record every failed call."""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import grpc
import httpx
from cnop.inventory.v1 import inventory_service_pb2, inventory_service_pb2_grpc
from cnop.order.v1 import order_pb2, order_service_pb2, order_service_pb2_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc

from .rest import Json
from .rpc import bearer
from .users import User, request_id

ASSETS = ("ADA", "XRP", "DOT", "LINK", "UNI", "AVAX")
PAUSE_SECONDS = 0.1  # between the calls of one user, to leave CPU time for the system
ATTEMPTS_MAX = 4
RETRY_SECONDS = 0.1
PENDING_SECONDS = 0.5
PENDING_TRIES = 60

# Every mutation has a request_id, so every call may be retried on UNAVAILABLE, as the README recommends.
RETRIES = {
    "maxAttempts": ATTEMPTS_MAX,
    "initialBackoff": f"{RETRY_SECONDS}s",
    "maxBackoff": "1s",
    "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"],
}
SERVICE_CONFIG = json.dumps({"methodConfig": [{"name": [{}], "retryPolicy": RETRIES}]})


@dataclass
class Tally:
    """The outcomes of the calls."""

    calls: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    retried: int = 0  # only by REST: gRPC hides its retries
    pending: int = 0  # orders whose first response was PENDING
    seconds_max: float = 0.0
    seconds: float = 0.0  # for how long calls were made, once it is over


class Failed(Exception):
    """A call that failed after all retries."""


class Person(ABC):
    """A user with the expected state of the account."""

    def __init__(self, user: User, asset_id: str, tally: Tally) -> None:
        self.user = user
        self.asset_id = asset_id
        self.tally = tally
        self.pause_seconds = PAUSE_SECONDS
        self.period_seconds = 0.0
        self.cash = Decimal(0)
        self.holds = False

    async def live(self, stop: asyncio.Event, wait_seconds: float) -> None:
        """Makes one call after another until `stop` is set: one a period, and those that are late at once."""
        await asyncio.sleep(wait_seconds)
        due = time.monotonic()
        while not stop.is_set():
            for act in (self._balance, self._deposit, self._buy, self._assets, self._orders, self._sell):
                await self._counted(act.__name__.removeprefix("_"), act())
                due += self.period_seconds
                await asyncio.sleep(max(self.pause_seconds, due - time.monotonic()))

    async def _counted(self, name: str, call: Any) -> None:
        begin = time.monotonic()
        try:
            await call
        except (Failed, grpc.aio.AioRpcError, httpx.HTTPError) as error:
            at = time.strftime("%H:%M:%S")
            self.tally.failures.append(f"{at} {type(self).__name__} {name}: {error!r:.400}")
        self.tally.calls[f"{type(self).__name__} {name}"] += 1
        self.tally.seconds_max = max(self.tally.seconds_max, time.monotonic() - begin)

    async def _deposit(self) -> None:
        await self.deposit("5.00", request_id())
        self.cash += 5

    async def _buy(self) -> None:
        self.cash -= await self._filled("BUY")
        self.holds = True

    async def _sell(self) -> None:
        if self.holds:  # if not, the buy has failed and is recorded
            self.cash += await self._filled("SELL")
            self.holds = False

    async def _filled(self, side: str) -> Decimal:
        """Creates an order, retries it while it is PENDING, and returns its dollars."""
        order = {"side": side, "asset_id": self.asset_id, "quantity": "2", "request_id": request_id()}
        for tried in range(PENDING_TRIES):
            status, amount = await self.order(order)
            if status == "COMPLETED":
                return amount
            if status != "PENDING":
                raise Failed(order, status)
            self.tally.pending += tried == 0
            await asyncio.sleep(PENDING_SECONDS)
        raise Failed(order, "stays PENDING")

    async def _balance(self) -> None:
        balance = await self.balance()
        if balance != self.cash and not self.tally.failures:
            raise Failed(f"the balance is {balance}, not {self.cash}")

    @abstractmethod
    async def balance(self) -> Decimal: ...

    @abstractmethod
    async def deposit(self, amount: str, key: str) -> None: ...

    @abstractmethod
    async def order(self, order: Json) -> tuple[str, Decimal]:
        """Creates an order; returns its status and its dollars, 0 while it has no price."""

    @abstractmethod
    async def _assets(self) -> None: ...

    @abstractmethod
    async def _orders(self) -> None: ...


class RestPerson(Person):
    """Calls by REST. Retries requests with a body on 503."""

    async def balance(self) -> Decimal:
        return Decimal((await self._send("GET", "/api/v1/balance"))["current_balance"])

    async def deposit(self, amount: str, key: str) -> None:
        await self._send("POST", "/api/v1/balance/deposit", {"amount": amount, "request_id": key})

    async def order(self, order: Json) -> tuple[str, Decimal]:
        answer = await self._send("POST", "/api/v1/orders", order)
        return answer["status"], Decimal(answer["total_amount"] or 0)

    async def _assets(self) -> None:
        await self._send("GET", "/api/v1/inventory/assets?page_size=5")

    async def _orders(self) -> None:
        await self._send("GET", "/api/v1/orders?page_size=5")

    async def _send(self, method: str, path: str, body: Json | None = None) -> Json:
        for attempt in range(ATTEMPTS_MAX):
            response = await self.user.send(method, path, body)
            if response.status_code == 200:
                answer: Json = response.json()
                return answer
            if response.status_code != 503 or body is None:
                break
            self.tally.retried += 1
            await asyncio.sleep(RETRY_SECONDS * 2**attempt)
        raise Failed(response.status_code, response.text)


class GrpcPerson(Person):
    """Calls by native gRPC. The channel retries UNAVAILABLE."""

    def __init__(self, user: User, asset_id: str, tally: Tally, channel: grpc.aio.Channel) -> None:
        super().__init__(user, asset_id, tally)
        self._options: dict[str, Any] = {"metadata": bearer(user.token), "timeout": 15.0}
        self._accounts: Any = account_service_pb2_grpc.AccountServiceStub(channel)
        self._trades: Any = order_service_pb2_grpc.OrderServiceStub(channel)
        self._inventory: Any = inventory_service_pb2_grpc.InventoryServiceStub(channel)

    async def balance(self) -> Decimal:
        answer = await self._accounts.GetBalance(account_service_pb2.GetBalanceRequest(), **self._options)
        return Decimal(answer.current_balance)

    async def deposit(self, amount: str, key: str) -> None:
        request = account_service_pb2.DepositRequest(amount=amount, request_id=key)
        await self._accounts.Deposit(request, **self._options)

    async def order(self, order: Json) -> tuple[str, Decimal]:
        request = order_service_pb2.CreateOrderRequest(**{**order, "side": order_pb2.Order.Side.Value(order["side"])})
        answer = await self._trades.CreateOrder(request, **self._options)
        return order_pb2.Order.Status.Name(answer.status), Decimal(answer.total_amount or 0)

    async def _assets(self) -> None:
        await self._inventory.ListAssets(inventory_service_pb2.ListAssetsRequest(page_size=5), **self._options)

    async def _orders(self) -> None:
        await self._trades.ListOrders(order_service_pb2.ListOrdersRequest(page_size=5), **self._options)


@asynccontextmanager
async def load(
    address: str, users: list[User], pause_seconds: float = PAUSE_SECONDS, period_seconds: float = 0.0
) -> AsyncIterator[Tally]:
    """Calls the edge at an address while the context is open: half of the users call by REST, half by gRPC.

    A user pauses after each call, and makes one a period: users take turns.
    """
    tally, stop = Tally(), asyncio.Event()
    options = [("grpc.service_config", SERVICE_CONFIG), ("grpc.enable_http_proxy", 0)]
    async with grpc.aio.insecure_channel(address, options=options) as channel:
        people: list[Person] = []
        for number, user in enumerate(users):
            asset_id = ASSETS[number % len(ASSETS)]
            by_rest = number % 2 == 0
            people.append(RestPerson(user, asset_id, tally) if by_rest else GrpcPerson(user, asset_id, tally, channel))
            people[-1].pause_seconds, people[-1].period_seconds = pause_seconds, period_seconds
            await user.deposit("10000.00")
            people[-1].cash += 10_000
        async with asyncio.TaskGroup() as group:
            for number, person in enumerate(people):
                group.create_task(person.live(stop, number * period_seconds / len(people)))
            try:
                yield tally
            finally:
                stop.set()
