"""The load: users who buy, sell, deposit and withdraw, give up early, retry, and replay what was answered."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .client import Answer, Client, Request, User
from .history import Kind

_LANES = 2  # of a user: requests in parallel
_BACKLOG_MAX = 100  # of requests without a final answer; beyond it, no new ones are made
_AT_ONCE = 24
_PATIENCE_SECONDS = 9.0
_IMPATIENCE_SECONDS = (0.3, 3.0)

# How often users do what; the fractions are of all requests.
_WEIGHTS = {Kind.BUY: 48, Kind.SELL: 32, Kind.DEPOSIT: 12, Kind.WITHDRAW: 8, Kind.GET_ASSET: 10}
_BY_AMOUNT = 0.3  # of the orders
_ALL = 0.05  # of the sells
_SENT_AT_ONCE = 0.06  # as several calls
_REPLAYED_LATER = 0.12  # after the final answer
_IMPATIENT = 0.15

_ORDERS = (Kind.BUY, Kind.SELL)


@dataclass(frozen=True)
class Asset:
    """An asset: its price in dollars, its stock, and the limits of the quantity of an order."""

    asset_id: str
    price: Decimal
    stock: Decimal
    least: Decimal
    most: Decimal

    def quantity(self, rng: random.Random) -> str:
        steps = int(self.most / self.least)
        return str(self.least * rng.randint(1, steps))


ASSETS = (
    Asset("BTC", Decimal("100000.00"), Decimal(1000), Decimal("0.00001"), Decimal("0.004")),
    Asset("ETH", Decimal("3500.00"), Decimal(50000), Decimal("0.0013"), Decimal("0.1")),
    Asset("ADA", Decimal("0.7381"), Decimal(10_000_000), Decimal("1.4"), Decimal(300)),
    Asset("RARE", Decimal("12.345678"), Decimal(60), Decimal("0.333"), Decimal(9)),  # its stock runs out
)


class Load:
    """Makes requests until there are `orders` orders, and keeps track of the answers."""

    def __init__(self, client: Client, users: list[User], orders: int, seed: str) -> None:
        self.orders_asked = 0
        self.replays = 0
        self._client = client
        self._users = users
        self._orders = orders
        self._seed = seed
        self._places = itertools.count()
        self._due: list[tuple[float, int, Request]] = []  # a heap of requests to send again, by time.monotonic()
        self._unanswered: dict[str, Request] = {}  # by request id
        self._answered: dict[str, Request] = {}

    @property
    def progress(self) -> float:
        """The part of the orders that were requested, from 0 to 1."""
        return self.orders_asked / self._orders

    @property
    def unanswered(self) -> int:
        """The number of requests without a final answer."""
        return len(self._unanswered)

    async def run(self) -> None:
        """Makes requests until every order was requested once."""
        async with asyncio.TaskGroup() as group:
            for (number, user), lane in itertools.product(enumerate(self._users), range(_LANES)):
                group.create_task(self._lane(user, f"{number}-{lane}"))

    async def _lane(self, user: User, name: str) -> None:
        rng = random.Random(f"{self._seed}/{name}")  # noqa: S311 - choices that can be repeated
        requests = _requests(user, name, rng)
        while self.orders_asked < self._orders:
            again = self._take_due()
            if again is not None:
                await self._ask(again, rng)
            elif len(self._unanswered) < _BACKLOG_MAX:
                request = next(requests)
                self.orders_asked += request.kind in _ORDERS
                await self._ask(request, rng)
            else:
                await asyncio.sleep(0.1)

    def _take_due(self) -> Request | None:
        if self._due and self._due[0][0] <= time.monotonic():
            return heapq.heappop(self._due)[2]
        return None

    async def _ask(self, request: Request, rng: random.Random) -> None:
        """Sends a request as one or several parallel calls, and plans when to send it again."""
        self._unanswered[request.request_id] = request
        copies = rng.randint(2, 5) if rng.random() < _SENT_AT_ONCE else 1
        impatient = rng.random() < _IMPATIENT
        seconds = rng.uniform(*_IMPATIENCE_SECONDS) if impatient else _PATIENCE_SECONDS
        self.replays += copies - 1
        answers = await asyncio.gather(*(self._client.send(request, seconds) for _ in range(copies)))
        if not self._note(request, answers):
            self._plan(request, rng.uniform(0.2, 3.0))
            await asyncio.sleep(rng.uniform(0.0, 0.5))
        elif rng.random() < _REPLAYED_LATER:
            self.replays += 1
            self._plan(request, rng.uniform(0.0, 20.0))

    def _note(self, request: Request, answers: Iterable[Answer]) -> bool:
        """Records the answers. Returns whether one is final."""
        if not any(answer.is_final for answer in answers):
            return False
        self._unanswered.pop(request.request_id, None)
        self._answered[request.request_id] = request
        return True

    def _plan(self, request: Request, seconds: float) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._places), request))

    async def settle(self, seconds_max: float) -> int:
        """Retries all requests without a final answer. Returns how many have none after `seconds_max`."""
        end = time.monotonic() + seconds_max
        while self._unanswered and time.monotonic() < end:
            await self._send_all(list(self._unanswered.values()))
            await asyncio.sleep(0.5 if self._unanswered else 0)
        return len(self._unanswered)

    async def replay(self, count: int) -> int:
        """Replays some of all answered requests. Returns how many."""
        rng = random.Random(f"{self._seed}/replay")  # noqa: S311 - choices that can be repeated
        chosen = rng.sample(list(self._answered.values()), min(count, len(self._answered)))
        self.replays += len(chosen)
        for request in chosen:
            self._unanswered[request.request_id] = request
        await self._send_all(chosen)
        return len(chosen)

    async def _send_all(self, requests: list[Request]) -> None:
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def send(request: Request) -> None:
            async with at_once:
                self._note(request, [await self._client.send(request, _PATIENCE_SECONDS)])

        await asyncio.gather(*(send(request) for request in requests))


def _requests(user: User, name: str, rng: random.Random) -> Iterator[Request]:
    """Yields new requests, without end."""
    for number in itertools.count(1):
        [kind] = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        yield Request(user, kind, f"{kind}-{name}-{number}", _body(kind, rng))


def _size(kind: Kind, asset: Asset, rng: random.Random) -> dict[str, Any]:
    if kind is Kind.SELL and rng.random() < _ALL:
        return {"sell_all": True}
    if rng.random() < _BY_AMOUNT:
        return {"quote_amount": str(Decimal(rng.randint(100, 30_000)) / 100)}
    return {"quantity": asset.quantity(rng)}


def _body(kind: Kind, rng: random.Random) -> dict[str, Any]:
    if kind is Kind.GET_ASSET:
        return {"asset_id": rng.choice(ASSETS).asset_id}
    if kind in _ORDERS:
        asset = rng.choice(ASSETS)
        return {"side": kind.name, "asset_id": asset.asset_id, **_size(kind, asset, rng)}
    return {"amount": str(Decimal(rng.randint(1, 50_000)) / 100)}
