"""Changes of assets by admins: created once, atomically, and only after their intent is recorded."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists, NotFound, ServiceError, Unavailable
from services.inventory.admin.domain import ChangeRequest, NewAsset
from services.inventory.admin.store import ChangeStore
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.loader import Loader
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.stock.store import StockStore
from services.prices.frame import Status

SHARDS = 3
Clock = Any
AddAsset = Callable[..., Awaitable[Asset]]


class Trail:
    """An audit trail in memory that can be unavailable."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str, str]] = []
        self.facts: list[dict[str, str]] = []
        self.is_down = False

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AsyncIterator[None]:
        if self.is_down:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "down")
        self.events.append((event, "INTENDED", subject))
        self.facts.append(facts)
        try:
            yield
        except ServiceError as error:
            self.events.append((event, error.reason, subject))
            raise
        self.events.append((event, "DONE", subject))


class Published:
    """Publishes each change at once."""

    async def wait(self) -> None:
        """Returns."""


@pytest.fixture
def trail() -> Trail:
    return Trail()


@dataclass(frozen=True)
class Replica:
    """A replica of the service."""

    assets: CatalogueStore
    stock: StockStore
    admin: AssetAdmin
    loader: Loader


@pytest.fixture
def replicas(clients: list[Client], inventory_table: str, trail: Trail, clock: Clock) -> list[Replica]:
    def make(client: Client) -> Replica:
        begin = dynamo.units_of_work(client)
        stock = StockStore(client, inventory_table, SHARDS)
        assets = CatalogueStore(client, inventory_table, stock)
        changes = ChangeStore(client, inventory_table)
        admin = AssetAdmin(begin, assets, stock, changes, trail, Published(), clock)
        return Replica(assets, stock, admin, Loader(begin, assets, stock, clock))

    return [make(client) for client in clients]


@pytest.fixture
def admin(replicas: list[Replica]) -> AssetAdmin:
    return replicas[0].admin


@pytest.fixture
def assets(replicas: list[Replica]) -> CatalogueStore:
    return replicas[0].assets


@pytest.fixture
def stock(replicas: list[Replica]) -> StockStore:
    return replicas[0].stock


@pytest.fixture
def add_asset(replicas: list[Replica], make_asset: Callable[..., Asset]) -> AddAsset:
    """Returns a function that adds an asset with a stock of 10."""

    async def add() -> Asset:
        created = make_asset(f"A{uuid.uuid4().hex[:11].upper()}", available=Decimal(10))
        assert await replicas[0].loader.add(created)
        return created

    return add


@pytest.fixture
async def asset(add_asset: AddAsset) -> Asset:
    return await add_asset()


def new_id() -> str:
    return f"N{uuid.uuid4().hex[:11].upper()}"


NEW = NewAsset(
    name="Bitcoin",
    description="The first.",
    category="layer-1",
    price=Decimal("100000.12345678"),
    circulating_supply=Decimal(19850000),
    max_supply=Decimal(21000000),
    image="",
)


def request_for(asset_id: str, request_id: str = "", actor_id: str = "admin-1") -> ChangeRequest:
    return ChangeRequest(actor_id, request_id or str(uuid.uuid4()), asset_id)


async def reason_of(work: Any) -> str:
    try:
        await work
    except ServiceError as error:
        return error.reason
    return ""


async def test_a_new_asset_is_inactive_and_has_no_stock(
    admin: AssetAdmin, assets: CatalogueStore, make_asset: Callable[..., Asset], clock: Clock, trail: Trail
) -> None:
    asset_id = new_id()
    created = await admin.create(request_for(asset_id), NEW)
    assert created == make_asset(
        asset_id,
        is_active=False,
        available=Decimal(0),
        priced_at=clock.time,
        updated_at=clock.time,
    )
    assert (await assets.prices(asset_id, None, 10))[0] == [(clock.time, NEW.price)]
    subject = f"asset:{asset_id}"
    assert trail.events == [("ASSET_CREATED", "INTENDED", subject), ("ASSET_CREATED", "DONE", subject)]
    assert trail.facts[0]["price"] == "100000.12345678"


async def test_a_replayed_creation_creates_the_asset_once(admin: AssetAdmin, assets: CatalogueStore) -> None:
    request = request_for(new_id())
    created = await admin.create(request, NEW)
    assert await admin.create(request, NEW) == created
    assert len((await assets.prices(created.asset_id, None, 10))[0]) == 1


async def test_an_existing_asset_is_not_created_again(admin: AssetAdmin, asset: Asset, trail: Trail) -> None:
    with pytest.raises(AlreadyExists) as refusal:
        await admin.create(request_for(asset.asset_id), NEW)
    assert refusal.value.reason == "ASSET_EXISTS"
    assert [outcome for _, outcome, _ in trail.events] == ["INTENDED", "ASSET_EXISTS"]


async def test_each_change_raises_the_version_of_the_catalogue_once(
    replicas: list[Replica], asset: Asset, assets: CatalogueStore
) -> None:
    before = await assets.state(consistent=True)
    requests = [request_for(asset.asset_id) for _ in range(4)]
    work = (replicas[n % 2].admin.set_price(one, Decimal(n % 4 + 1)) for n, one in enumerate([*requests, *requests]))
    await asyncio.gather(*work)
    after = await assets.state(consistent=True)
    assert after.version == before.version + 4
    await replicas[0].admin.restock(request_for(asset.asset_id), Decimal(1))
    assert await assets.state(consistent=True) == after


async def test_the_market_is_halted_and_resumed(admin: AssetAdmin, assets: CatalogueStore) -> None:
    for is_halted in (True, False):
        await admin.set_halted(request_for(""), is_halted=is_halted)
        assert (await assets.state(consistent=True)).is_halted is is_halted


async def test_the_rules_and_the_status_of_an_asset_are_stored(
    admin: AssetAdmin, assets: CatalogueStore, asset: Asset
) -> None:
    values = {"quantity_increment": Decimal("0.01"), "order_value_min": Decimal("2.50")}
    await admin.update(request_for(asset.asset_id), values)
    after = await admin.set_status(request_for(asset.asset_id), Status.SELL_ONLY)
    assert await assets.asset(asset.asset_id) == after
    assert (after.quantity_increment, after.order_value_min) == tuple(values.values())
    assert after.trading_status is Status.SELL_ONLY


async def test_an_update_changes_only_the_named_fields(admin: AssetAdmin, asset: Asset, clock: Clock) -> None:
    clock.time += timedelta(seconds=1)
    after = await admin.update(request_for(asset.asset_id), {"name": "Other", "max_supply": None})
    assert (after.name, after.max_supply, after.updated_at) == ("Other", None, clock.time)
    assert (after.price, after.description, after.available) == (asset.price, asset.description, Decimal(10))


async def test_a_price_is_in_the_catalogue_and_in_the_history(
    admin: AssetAdmin, assets: CatalogueStore, asset: Asset, clock: Clock
) -> None:
    clock.time += timedelta(seconds=1)
    after = await admin.set_price(request_for(asset.asset_id), Decimal("7.5"))
    assert after.price == Decimal("7.5")
    prices, _ = await assets.prices(asset.asset_id, None, 10)
    assert prices == [(clock.time, Decimal("7.5")), (asset.updated_at, asset.price)]


async def test_the_newest_price_is_that_of_the_catalogue_even_when_clocks_go_back(
    replicas: list[Replica], assets: CatalogueStore, asset: Asset, clock: Clock
) -> None:
    clock.time -= timedelta(hours=1)
    await asyncio.gather(
        *(replicas[n % 2].admin.set_price(request_for(asset.asset_id), Decimal(n + 1)) for n in range(6))
    )
    now = await assets.asset(asset.asset_id)
    prices, _ = await assets.prices(asset.asset_id, None, 10)
    assert now is not None
    assert len(prices) == 7
    assert prices[0] == (now.updated_at, now.price)


async def test_an_asset_is_deactivated_and_activated(admin: AssetAdmin, asset: Asset, trail: Trail) -> None:
    assert not (await admin.set_active(request_for(asset.asset_id), is_active=False)).is_active
    assert (await admin.set_active(request_for(asset.asset_id), is_active=True)).is_active
    assert {event for event, _, _ in trail.events} == {"ASSET_DEACTIVATED", "ASSET_ACTIVATED"}


async def test_a_restock_is_added_once_however_often_it_is_requested(
    replicas: list[Replica], stock: StockStore, asset: Asset
) -> None:
    request = request_for(asset.asset_id)
    answers = await asyncio.gather(*(replicas[n % 2].admin.restock(request, Decimal("5.00000001")) for n in range(8)))
    assert {answer.available for answer in answers} == {Decimal("15.00000001")}
    assert sum(await stock.available_by_shard(asset.asset_id)) == Decimal("15.00000001")


async def test_restocks_of_two_requests_or_two_admins_both_count(
    admin: AssetAdmin, stock: StockStore, asset: Asset
) -> None:
    request_id = str(uuid.uuid4())
    for request in (
        request_for(asset.asset_id, request_id),
        request_for(asset.asset_id),
        request_for(asset.asset_id, request_id, "admin-2"),
    ):
        await admin.restock(request, Decimal(1))
    assert await stock.available(asset.asset_id) == 13


async def test_a_replay_after_another_change_does_not_restore_the_old_value(admin: AssetAdmin, asset: Asset) -> None:
    first = request_for(asset.asset_id)
    await admin.set_price(first, Decimal(1))
    await admin.set_price(request_for(asset.asset_id), Decimal(2))
    assert (await admin.set_price(first, Decimal(1))).price == 2


@pytest.mark.parametrize("what", ["another price", "another asset", "another method", "a creation"])
async def test_a_request_id_cannot_be_reused_for_another_change(
    replicas: list[Replica], add_asset: AddAsset, asset: Asset, what: str
) -> None:
    admin = replicas[0].admin
    other, new = await add_asset(), new_id()
    request_id = str(uuid.uuid4())
    await admin.set_price(request_for(asset.asset_id, request_id), Decimal(1))
    work = {
        "another price": lambda: admin.set_price(request_for(asset.asset_id, request_id), Decimal(2)),
        "another asset": lambda: admin.set_price(request_for(other.asset_id, request_id), Decimal(1)),
        "another method": lambda: admin.restock(request_for(asset.asset_id, request_id), Decimal(1)),
        "a creation": lambda: admin.create(request_for(new, request_id), NEW),
    }[what]
    assert await reason_of(work()) == "IDEMPOTENCY_KEY_REUSED"
    assert await replicas[0].stock.available(asset.asset_id) == 10
    assert await replicas[0].assets.asset(new) is None


async def test_an_unknown_asset_is_not_found(admin: AssetAdmin, stock: StockStore) -> None:
    for work in (
        admin.update(request_for("NOTHING"), {"name": "x"}),
        admin.set_price(request_for("NOTHING"), Decimal(1)),
        admin.set_active(request_for("NOTHING"), is_active=True),
        admin.restock(request_for("NOTHING"), Decimal(1)),
    ):
        with pytest.raises(NotFound) as refusal:
            await work
        assert refusal.value.reason == "ASSET_NOT_FOUND"
    assert await stock.available("NOTHING") == 0


async def test_nothing_changes_without_the_audit_trail(
    admin: AssetAdmin, assets: CatalogueStore, asset: Asset, trail: Trail
) -> None:
    trail.is_down = True
    for work in (
        admin.update(request_for(asset.asset_id), {"name": "x"}),
        admin.set_price(request_for(asset.asset_id), Decimal(1)),
        admin.set_active(request_for(asset.asset_id), is_active=False),
        admin.restock(request_for(asset.asset_id), Decimal(1)),
    ):
        assert await reason_of(work) == "DEPENDENCY_UNAVAILABLE"
    assert await assets.asset(asset.asset_id) == asset
