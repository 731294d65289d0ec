"""What admins do to assets: once in effect, all of it or nothing, and only when the audit trail has it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.auth.audit_log import AuditLog
from services.common.rpc.errors import AlreadyExists, NotFound, ServiceError, Unavailable
from services.inventory.admin import AssetAdmin, Request
from services.inventory.admin_store import AdminStore
from services.inventory.domain import Asset
from services.inventory.stock import seed
from services.inventory.store import InventoryStore

SHARDS = 3
Clock = Any


class Trail(AuditLog):
    """An audit trail that keeps what it is told, or is away."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str, str]] = []
        self.facts: list[dict[str, str]] = []
        self.is_away = False

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AsyncIterator[None]:
        if self.is_away:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "away")
        self.events.append((event, "INTENDED", subject))
        self.facts.append(facts)
        try:
            yield
        except ServiceError as error:
            self.events.append((event, error.reason, subject))
            raise
        self.events.append((event, "DONE", subject))


@pytest.fixture
def trail() -> Trail:
    return Trail()


@pytest.fixture
def replicas(clients: list[Client], inventory_table: str, trail: Trail, clock: Clock) -> list[AssetAdmin]:
    """Two replicas of the service over one table."""
    stores = [InventoryStore(client, inventory_table, SHARDS) for client in clients]
    return [
        AssetAdmin(store, AdminStore(client, inventory_table, store), trail, clock)
        for client, store in zip(clients, stores, strict=True)
    ]


@pytest.fixture
def admin(replicas: list[AssetAdmin]) -> AssetAdmin:
    return replicas[0]


@pytest.fixture
async def asset(admin: AssetAdmin, make_asset: Callable[..., Asset]) -> Asset:
    """An asset with a stock of 10."""
    made = make_asset(f"A{uuid.uuid4().hex[:11].upper()}", available=Decimal(10))
    assert await admin.inventory.add(made, seed(made.asset_id, made.available))
    return made


def asked(asset: Asset, request_id: str = "", actor_id: str = "admin-1") -> Request:
    return Request(actor_id, request_id or str(uuid.uuid4()), asset.asset_id)


async def reason_of(work: Any) -> str:
    try:
        await work
    except ServiceError as error:
        return error.reason
    return ""


async def test_a_new_asset_is_there_closed_and_without_stock(
    admin: AssetAdmin, make_asset: Callable[..., Asset], trail: Trail
) -> None:
    new = make_asset(f"N{uuid.uuid4().hex[:11].upper()}", is_active=False, available=Decimal(0))
    assert await admin.create(asked(new), new) == new
    assert (await admin.inventory.prices(new.asset_id, None, 10))[0] == [(new.updated_at, new.price)]
    subject = f"asset:{new.asset_id}"
    assert trail.events == [("ASSET_CREATED", "INTENDED", subject), ("ASSET_CREATED", "DONE", subject)]
    assert trail.facts[0]["price"] == "100000.12345678"


async def test_an_asset_that_is_there_is_not_made_again(admin: AssetAdmin, asset: Asset, trail: Trail) -> None:
    with pytest.raises(AlreadyExists) as refusal:
        await admin.create(asked(asset), asset)
    assert refusal.value.reason == "ASSET_EXISTS"
    assert [outcome for _, outcome, _ in trail.events] == ["INTENDED", "ASSET_EXISTS"]


async def test_an_update_changes_what_it_names_and_nothing_else(admin: AssetAdmin, asset: Asset, clock: Clock) -> None:
    clock.time += timedelta(seconds=1)
    after = await admin.update(asked(asset), {"name": "Other", "max_supply": None})
    assert (after.name, after.max_supply, after.updated_at) == ("Other", None, clock.time)
    assert (after.price, after.description, after.available) == (asset.price, asset.description, Decimal(10))


async def test_a_price_is_in_the_catalogue_and_in_the_history(admin: AssetAdmin, asset: Asset, clock: Clock) -> None:
    clock.time += timedelta(seconds=1)
    after = await admin.set_price(asked(asset), Decimal("7.5"))
    assert after.price == Decimal("7.5")
    prices, _ = await admin.inventory.prices(asset.asset_id, None, 10)
    assert prices == [(clock.time, Decimal("7.5")), (asset.updated_at, asset.price)]


async def test_the_newest_price_is_that_of_the_catalogue_even_when_clocks_go_back(
    replicas: list[AssetAdmin], asset: Asset, clock: Clock
) -> None:
    clock.time -= timedelta(hours=1)
    await asyncio.gather(*(replicas[n % 2].set_price(asked(asset), Decimal(n + 1)) for n in range(6)))
    now = await replicas[0].inventory.asset(asset.asset_id)
    prices, _ = await replicas[0].inventory.prices(asset.asset_id, None, 10)
    assert now is not None
    assert len(prices) == 7
    assert prices[0] == (now.updated_at, now.price)


async def test_an_asset_is_closed_and_opened(admin: AssetAdmin, asset: Asset, trail: Trail) -> None:
    assert not (await admin.set_active(asked(asset), is_active=False)).is_active
    assert (await admin.set_active(asked(asset), is_active=True)).is_active
    assert {event for event, _, _ in trail.events} == {"ASSET_DEACTIVATED", "ASSET_ACTIVATED"}


async def test_a_restock_is_added_once_however_often_it_is_asked_for(replicas: list[AssetAdmin], asset: Asset) -> None:
    request = asked(asset)
    answers = await asyncio.gather(*(replicas[n % 2].restock(request, Decimal("5.00000001")) for n in range(8)))
    assert {answer.available for answer in answers} == {Decimal("15.00000001")}
    assert sum(await replicas[0].inventory.stock_by_shard(asset.asset_id)) == Decimal("15.00000001")


async def test_restocks_of_two_requests_or_two_admins_both_count(admin: AssetAdmin, asset: Asset) -> None:
    request_id = str(uuid.uuid4())
    for request in (asked(asset, request_id), asked(asset), asked(asset, request_id, "admin-2")):
        await admin.restock(request, Decimal(1))
    assert await admin.inventory.available(asset.asset_id) == 13


async def test_a_replay_after_another_change_does_not_bring_the_old_value_back(admin: AssetAdmin, asset: Asset) -> None:
    first = asked(asset)
    await admin.set_price(first, Decimal(1))
    await admin.set_price(asked(asset), Decimal(2))
    assert (await admin.set_price(first, Decimal(1))).price == 2


@pytest.mark.parametrize("what", ["another price", "another asset", "another method", "a creation"])
async def test_a_request_id_names_one_change_alone(
    admin: AssetAdmin, asset: Asset, make_asset: Callable[..., Asset], what: str
) -> None:
    other = make_asset(f"B{uuid.uuid4().hex[:11].upper()}")
    await admin.inventory.add(other, seed(other.asset_id, other.available))
    new = make_asset(f"N{uuid.uuid4().hex[:11].upper()}")
    request_id = str(uuid.uuid4())
    await admin.set_price(asked(asset, request_id), Decimal(1))
    work = {
        "another price": lambda: admin.set_price(asked(asset, request_id), Decimal(2)),
        "another asset": lambda: admin.set_price(asked(other, request_id), Decimal(1)),
        "another method": lambda: admin.restock(asked(asset, request_id), Decimal(1)),
        "a creation": lambda: admin.create(asked(new, request_id), new),
    }[what]
    assert await reason_of(work()) == "IDEMPOTENCY_KEY_REUSED"
    assert await admin.inventory.available(asset.asset_id) == 10
    assert await admin.inventory.asset(new.asset_id) is None


async def test_an_asset_that_is_not_there_is_not_found(admin: AssetAdmin, make_asset: Callable[..., Asset]) -> None:
    nothing = make_asset("NOTHING")
    for work in (
        admin.update(asked(nothing), {"name": "x"}),
        admin.set_price(asked(nothing), Decimal(1)),
        admin.set_active(asked(nothing), is_active=True),
        admin.restock(asked(nothing), Decimal(1)),
    ):
        with pytest.raises(NotFound) as refusal:
            await work
        assert refusal.value.reason == "ASSET_NOT_FOUND"
    assert await admin.inventory.available("NOTHING") == 0


async def test_nothing_changes_without_the_audit_trail(admin: AssetAdmin, asset: Asset, trail: Trail) -> None:
    trail.is_away = True
    for work in (
        admin.update(asked(asset), {"name": "x"}),
        admin.set_price(asked(asset), Decimal(1)),
        admin.set_active(asked(asset), is_active=False),
        admin.restock(asked(asset), Decimal(1)),
    ):
        assert await reason_of(work) == "DEPENDENCY_UNAVAILABLE"
    assert await admin.inventory.asset(asset.asset_id) == asset
