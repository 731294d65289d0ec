"""How many orders DynamoDB Local itself can take: the writes of an order, without services.

This is the limit of the machine: whatever the services do, they cannot fill more orders with this emulator.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from aiodynamo.client import Client

from bench import load, system, usage
from bench.side import Sample
from local import programs
from local.process import Process
from local.stack import StackSettings, prepared
from services.common import settings, times
from services.common.dynamo import client as dynamo
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.settings import Settings as InventorySettings
from services.inventory.stock.store import StockStore
from services.inventory.stock.usecases import Stock
from services.order.domain import Order, Quote, Side, Ticket
from services.order.store import OrderStore
from services.user.identity.domain import Profile, Role
from services.user.identity.store import ProfileStore
from services.user.ledger.account import DailyLimits
from services.user.ledger.domain import Trade
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts

CONNECTIONS = 18  # of the three services together
ASSET, QUANTITY, PRICE = "ADA", Decimal(2), Decimal("0.5")
MONEY = Decimal(1_000_000)


class Orders:
    """Makes orders, by the same writes as the services."""

    def __init__(self, client: Client) -> None:
        orders, inventory, users = (programs.TABLES[name] for name in ("order", "inventory", "user"))
        stock = StockStore(client, inventory, InventorySettings.stock_shards)
        catalogue = Catalogue(CatalogueStore(client, inventory, stock), stock, refresh_seconds=1.0)
        self._orders = OrderStore(client, orders)
        self._begin = dynamo.units_of_work(client)
        self._ledger = LedgerStore(client, users)
        self._accounts = Accounts(self._ledger, self._begin, DailyLimits(MONEY, MONEY), times.now)
        self._stock = Stock(self._begin, stock, catalogue, times.now)
        self._profiles = ProfileStore(client, users)

    async def add_user(self) -> str:
        """Adds a user with money. Returns the id."""
        user_id, now = str(uuid.uuid4()), times.now()
        tx = self._begin()
        self._profiles.add(
            tx,
            Profile(
                user_id, username=f"u{user_id[:18]}", email=f"{user_id}@example.com", password_hash=b"", first_name="",
                last_name="", phone="", date_of_birth="", marketing_emails_consent=False, role=Role.CUSTOMER,
                request_id="", request_fingerprint="", created_at=now, updated_at=now,
            )
        )  # fmt: skip
        self._ledger.open(tx, user_id, now)
        await tx.commit()
        await self._accounts.deposit(user_id, MONEY, "money")
        return user_id

    async def buy(self, user_id: str) -> None:
        """Makes the four writes of an order: the order, its stock, its settlement, and its final state."""
        ticket = Ticket(user_id, Side.BUY, ASSET, QUANTITY, request_id=str(uuid.uuid4()))
        order = Order.accepted(ticket, Quote(ASSET, PRICE, is_active=True), times.now())
        await self._orders.add(order)
        await self._stock.take(order.order_id, ASSET, QUANTITY)
        trade = Trade(order.order_id, is_buy=True, asset_id=ASSET, quantity=QUANTITY, amount=order.amount)
        await self._accounts.settle(user_id, trade)
        await self._orders.move(order, order.completed(times.now()))


@dataclass(frozen=True)
class Emulator:
    """DynamoDB Local with nothing before it but a loop that makes orders."""

    name: str
    database: Process
    orders: Orders
    users: Iterator[str]

    async def measure(self, seconds: float) -> Sample:
        """Makes orders, as many at once as the load has connections. The CPU time is that of the database alone."""
        taken: list[float] = []
        pids = [("dynamodb", self.database.pid)]
        before, begin = usage.measure(pids), time.monotonic()

        async def work() -> None:
            while (start := time.monotonic()) < begin + seconds:
                await self.orders.buy(next(self.users))
                taken.append(time.monotonic() - start)

        await asyncio.gather(*(work() for _ in range(load.CONNECTIONS)))
        passed, used = time.monotonic() - begin, usage.measure(pids).since(before)["dynamodb"]
        return Sample(len(taken) / passed, statistics.median(taken) * 1e3, used / len(taken) * 1e3)


@asynccontextmanager
async def running() -> AsyncIterator[Emulator]:
    """Yields the emulator with the tables and the catalogue, and no service."""
    with tempfile.TemporaryDirectory() as folder:
        config = StackSettings.on_free_ports(log_dir=Path(folder))
        with prepared(config) as stack:
            try:
                database = await stack.start_one("dynamodb")
                for step in stack.dependent_steps("dynamodb"):
                    await stack.start_one(step)
                made_up = programs.table_environment(config, "order").items()
                os.environ.update({name: value for name, value in made_up if name.startswith("AWS_")})
                connection = settings.DynamoDB(endpoint=config.dynamodb_url, connections=CONNECTIONS)
                async with dynamo.connect(connection) as client:
                    orders = Orders(client)
                    users = itertools.cycle([await orders.add_user() for _ in range(system.USERS)])
                    yield Emulator("DynamoDB Local alone", database, orders, users)
            finally:
                await stack.stop()
