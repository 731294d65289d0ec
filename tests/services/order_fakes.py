"""Fakes of the order service's ports. They keep the guarantees of the contracts and fail on demand."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable
from services.order.domain import Order, OrderFilter
from services.order.previews import Previews
from services.order.quotes import Fees, Quotes
from services.order.saga import Saga
from services.order.ticket import Listing, Rules, Side
from services.order.usecases import Orders
from services.prices.frame import AssetPrice, Frame, Source, Status

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Faults:
    """Counts how often each step is to fail before its effect, or after it (the response is lost)."""

    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)  # a step waits until its gate opens
    calls: list[str] = field(default_factory=list)
    served: list[call.Call] = field(default_factory=list)  # the current call of each step

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[None]:
        self.calls.append(name)
        self.served.append(call.current())
        await asyncio.sleep(0)
        if name in self.gates:
            await self.gates[name].wait()
        self._fail(self.before, name)
        yield
        self._fail(self.after, name)

    @staticmethod
    def _fail(faults: Counter[str], name: str) -> None:
        if faults[name]:
            faults[name] -= 1
            raise ConnectionError(f"{name} is unavailable")


class FakeRepository:
    """Stores orders in memory."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.orders: dict[tuple[str, str], Order] = {}

    async def add(self, order: Order) -> bool:
        async with self.faults.step("add"):
            return self.orders.setdefault((order.user_id, order.order_id), order) is order

    async def get(self, user_id: str, order_id: str) -> Order | None:
        return self.orders.get((user_id, order_id))

    async def move(self, before: Order, after: Order) -> bool:
        async with self.faults.step("move"):
            key = before.user_id, before.order_id
            stored = self.orders[key]
            if (stored.status, stored.version) != (before.status, before.version):
                return False
            self.orders[key] = after
            return True

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        def position(order: Order) -> str:
            return f"{order.created_at.isoformat()}#{order.order_id}"

        own = [order for (owner, _), order in self.orders.items() if owner == user_id]
        found = [
            order
            for order in sorted(own, key=position, reverse=True)
            if wanted.status in {None, order.status}
            and wanted.side in {None, order.side}
            and wanted.asset_id in {None, order.asset_id}
            and (wanted.start_time is None or wanted.start_time <= order.created_at)
            and (wanted.end_time is None or order.created_at < wanted.end_time)
            and (cursor is None or position(order) < cursor)
        ]
        return found[:size], position(found[size - 1]) if len(found) > size else None


class FakePrices:
    """Has a frame, the next one after each change. Bid and ask are the middle."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.frame = Frame(1000, NOON, Source.FIXED, is_halted=False, catalogue_version=1, prices={})
        self.set("BTC", 100)

    def set(self, asset_id: str, middle: str | int, **changes: Any) -> None:
        """Sets a price. `changes` are fields of the price."""
        price = AssetPrice(Decimal(middle), Decimal(middle), Decimal(middle), Status.TRADING)
        self.change(prices={**self.frame.prices, asset_id: replace(price, **changes)})

    def change(self, **changes: Any) -> None:
        """Changes fields of the frame."""
        self.frame = replace(self.frame, **{"seq": self.frame.seq + 1, **changes})

    async def current(self) -> Frame:
        if self.faults.before["prices"]:
            self.faults.before["prices"] -= 1
            raise Unavailable("PRICES_UNAVAILABLE", "unknown")
        async with self.faults.step("prices"):
            return self.frame


class FakeInventory:
    """Takes and returns the stock of each order once; the first outcome of a step is final."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.listings = {"BTC": Listing(True, Rules())}
        self.stock: defaultdict[str, Decimal] = defaultdict(lambda: Decimal(10))
        self.taken: dict[str, str] = {}
        self.returned: set[str] = set()

    async def listing(self, asset_id: str, catalogue_version: int) -> Listing:
        async with self.faults.step("listing"):
            if asset_id not in self.listings:
                raise NotFound("ASSET_NOT_FOUND", f"no asset has the id {asset_id}")
            return self.listings[asset_id]

    async def available(self, asset_id: str) -> Decimal:
        async with self.faults.step("available"):
            return self.stock[asset_id]

    async def take(self, order: Order) -> None:
        async with self.faults.step("take"):
            if order.order_id not in self.taken:
                covered = self.stock[order.asset_id] >= order.quantity
                self.taken[order.order_id] = "" if covered else "OUT_OF_STOCK"
                self.stock[order.asset_id] -= order.quantity if covered else 0
        if self.taken[order.order_id]:
            raise FailedPrecondition(self.taken[order.order_id], "no")

    async def undo_take(self, order: Order) -> None:
        async with self.faults.step("undo_take"):
            if self.taken.setdefault(order.order_id, "STOCK_VOIDED") == "":
                self._put_back(order)

    async def add_sold(self, order: Order) -> None:
        async with self.faults.step("add_sold"):
            self._put_back(order)

    def _put_back(self, order: Order) -> None:
        if order.order_id not in self.returned:
            self.returned.add(order.order_id)
            self.stock[order.asset_id] += order.quantity


class FakeUsers:
    """Settles each order once; the first outcome is final."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.dollars: defaultdict[str, Decimal] = defaultdict(lambda: Decimal(1000))
        self.holdings: defaultdict[str, Decimal] = defaultdict(lambda: Decimal(5))
        self.settled: dict[str, str] = {}
        self.last: dict[str, Decimal] = {}

    async def settle(self, order: Order) -> None:
        async with self.faults.step("settle"):
            if order.order_id not in self.settled:
                self.settled[order.order_id] = self._move(order)
        if self.settled[order.order_id]:
            raise FailedPrecondition(self.settled[order.order_id], "no")

    async def void(self, order: Order) -> FailedPrecondition:
        async with self.faults.step("void"):
            reason = self.settled.setdefault(order.order_id, "TRADE_VOIDED")
        if not reason:
            raise FailedPrecondition("ORDER_SETTLED", "settled")
        return FailedPrecondition(reason, "no")

    def _move(self, order: Order) -> str:
        is_buy = order.side is Side.BUY
        if is_buy and self.dollars[order.user_id] < order.net_amount:
            return "INSUFFICIENT_FUNDS"
        if not is_buy and self.holdings[order.user_id] < order.quantity:
            return "INSUFFICIENT_HOLDINGS"
        sign = 1 if is_buy else -1
        self.dollars[order.user_id] -= sign * order.net_amount
        self.holdings[order.user_id] += sign * order.quantity
        self.last[order.user_id] = self.dollars[order.user_id]
        return ""

    async def cash(self) -> Decimal:
        async with self.faults.step("cash"):
            return self.dollars["u-1"]

    async def holding(self, asset_id: str) -> Decimal:
        async with self.faults.step("holding"):
            return self.holdings["u-1"]

    def last_cash(self, user_id: str) -> Decimal | None:
        return self.last.get(user_id)


class World:
    """An order service over fakes. Its replicas share everything except running sagas."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.repository = FakeRepository(self.faults)
        self.prices = FakePrices(self.faults)
        self.inventory = FakeInventory(self.faults)
        self.users = FakeUsers(self.faults)
        self.now = NOON
        self.fees = Fees()
        self.previews = Previews(b"k" * 32)

    def list(self, asset_id: str, price: str | int, *, is_active: bool = True, **rules: Any) -> None:
        """Lists an asset at a price."""
        self.inventory.listings[asset_id] = Listing(is_active, Rules(**rules))
        self.prices.set(asset_id, price, status=Status.TRADING if is_active else Status.HALTED)

    def saga(self) -> Saga:
        return Saga(self.repository, self.inventory, self.users, lambda: self.now)

    def orders(self, answer_seconds: float = 5.0) -> Orders:
        quotes = Quotes(self.prices, self.inventory, self.fees)
        parts = self.repository, self.saga(), quotes, self.inventory, self.users, self.previews
        return Orders(*parts, answer_seconds, lambda: self.now)
