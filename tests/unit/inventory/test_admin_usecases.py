from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from inventory_fakes import NOON, Database, FakeAssets, FakeChanges, FakeStock, FakeTrail, make_asset

from services.common.rpc.errors import AlreadyExists, InvalidArgument, ServiceError
from services.inventory.admin.domain import ChangeRequest, NewAsset
from services.inventory.admin.usecases import AssetAdmin

BTC = make_asset()
NEW = NewAsset("Ether", "The second.", "layer-1", Decimal("3500.50"), 2, Decimal(120_000_000), None, "")


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def assets() -> FakeAssets:
    return FakeAssets({"BTC": BTC})


@pytest.fixture
def stock() -> FakeStock:
    return FakeStock(2, {"BTC": [Decimal(5), Decimal(5)]})


@pytest.fixture
def trail() -> FakeTrail:
    return FakeTrail()


@pytest.fixture
def admin(database: Database, assets: FakeAssets, stock: FakeStock, trail: FakeTrail) -> AssetAdmin:
    return AssetAdmin(database.begin, assets, stock, FakeChanges(), trail, lambda: NOON)


def request_for(asset_id: str, request_id: str = "r-1", actor_id: str = "admin-1") -> ChangeRequest:
    return ChangeRequest(actor_id, request_id, asset_id)


async def reason(call: Any) -> str:
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""


async def test_a_new_asset_is_inactive_and_has_no_stock(
    admin: AssetAdmin, stock: FakeStock, database: Database, trail: FakeTrail
) -> None:
    created = await admin.create(request_for("ETH"), NEW)
    assert (created.asset_id, created.name, created.price, created.updated_at) == ("ETH", NEW.name, NEW.price, NOON)
    assert not created.is_active
    assert created.available == 0 == sum(stock.stock["ETH"])
    assert database.commits == 1
    assert trail.events == [("ASSET_CREATED", "DONE")]
    assert trail.facts[0]["subject"] == "asset:ETH"
    assert (trail.facts[0]["price"], trail.facts[0]["max_supply"]) == ("3500.5", "")


async def test_an_existing_asset_is_not_created_and_the_trail_says_so(
    admin: AssetAdmin, assets: FakeAssets, trail: FakeTrail
) -> None:
    assert await reason(admin.create(request_for("BTC"), NEW)) == "ASSET_EXISTS"
    assert assets.rows == {"BTC": BTC}
    assert trail.events == [("ASSET_CREATED", "ASSET_EXISTS")]


async def test_a_rank_belongs_to_one_asset(admin: AssetAdmin, assets: FakeAssets, trail: FakeTrail) -> None:
    with pytest.raises(AlreadyExists, match="BTC has rank 1; choose a free rank") as refusal:
        await admin.create(request_for("ETH"), replace(NEW, market_cap_rank=1))
    assert (refusal.value.reason, refusal.value.metadata) == ("RANK_TAKEN", {"rank": "1"})
    assert trail.events == [("ASSET_CREATED", "RANK_TAKEN")]
    await admin.create(request_for("ETH"), NEW)
    assert await reason(admin.update(request_for("ETH", "r-2"), {"market_cap_rank": 1})) == "RANK_TAKEN"
    await admin.update(request_for("ETH", "r-3"), {"market_cap_rank": 2, "name": "Same rank"})
    await admin.update(request_for("BTC", "r-4"), {"market_cap_rank": 3})
    await admin.update(request_for("ETH", "r-5"), {"market_cap_rank": 1})
    assert await assets.ranks() == {"BTC": 3, "ETH": 1}


async def test_a_rank_that_another_asset_gets_meanwhile_is_refused(
    admin: AssetAdmin, assets: FakeAssets, database: Database
) -> None:
    other = replace(BTC, asset_id="OTHER", market_cap_rank=2)
    database.interfere = lambda: assets.put(other)
    assert await reason(admin.create(request_for("ETH"), NEW)) == "RANK_TAKEN"
    assert "ETH" not in assets.rows


async def test_more_units_than_will_ever_exist_cannot_circulate(admin: AssetAdmin, assets: FakeAssets) -> None:
    supply = {"circulating_supply": Decimal("21.00000001"), "max_supply": Decimal(21)}
    with pytest.raises(InvalidArgument, match="max_supply must be at least circulating_supply, or empty"):
        await admin.create(request_for("ETH"), replace(NEW, **supply))
    assert await reason(admin.update(request_for("BTC"), supply)) == "INVALID_FIELD"
    await admin.update(request_for("BTC"), {"circulating_supply": Decimal(21), "max_supply": Decimal(21)})
    for field, value in (("circulating_supply", Decimal(22)), ("max_supply", Decimal(20))):
        assert await reason(admin.update(request_for("BTC", field), {field: value})) == "INVALID_FIELD"
    await admin.update(request_for("BTC", "r-2"), {"circulating_supply": Decimal(22), "max_supply": None})
    assert (assets.rows["BTC"].circulating_supply, assets.rows["BTC"].max_supply) == (22, None)


async def test_an_asset_from_before_the_rules_can_still_be_priced_and_corrected(
    admin: AssetAdmin, assets: FakeAssets
) -> None:
    old = replace(BTC, circulating_supply=Decimal(22), max_supply=Decimal(21))
    assets.rows = {"BTC": old, "TWIN": replace(old, asset_id="TWIN")}
    await admin.set_price(request_for("BTC"), Decimal(7))
    await admin.update(request_for("BTC", "r-2"), {"name": "Other"})
    await admin.update(request_for("BTC", "r-3"), {"circulating_supply": Decimal(20), "market_cap_rank": 2})
    assert await assets.ranks() == {"BTC": 2, "TWIN": 1}


async def test_a_replay_succeeds_even_if_the_change_would_be_refused_now(admin: AssetAdmin) -> None:
    await admin.create(request_for("ETH"), NEW)
    await admin.update(request_for("BTC", "r-2"), {"max_supply": Decimal(20_000_000)})
    await admin.update(request_for("BTC", "r-3"), {"circulating_supply": Decimal(1), "max_supply": Decimal(1)})
    await admin.update(request_for("BTC", "r-4"), {"max_supply": None})
    await admin.update(request_for("BTC", "r-5"), {"circulating_supply": Decimal(30_000_000)})
    await admin.update(request_for("ETH", "r-6"), {"market_cap_rank": 3})
    await admin.update(request_for("BTC", "r-7"), {"market_cap_rank": 2})
    assert (await admin.update(request_for("BTC", "r-2"), {"max_supply": Decimal(20_000_000)})).max_supply is None
    assert (await admin.create(request_for("ETH"), NEW)).market_cap_rank == 3


async def test_a_replay_changes_nothing_and_returns_the_asset_as_it_is(
    admin: AssetAdmin, database: Database, assets: FakeAssets
) -> None:
    created = await admin.create(request_for("ETH"), NEW)
    await admin.set_price(request_for("ETH", "r-2"), Decimal(1))
    commits = database.commits
    assert await admin.create(request_for("ETH"), NEW) == replace(created, price=Decimal(1), updated_at=_tick(1))
    assert (await admin.set_price(request_for("ETH", "r-2"), Decimal(1))).price == 1
    assert database.commits == commits


async def test_a_concurrent_change_is_kept(admin: AssetAdmin, assets: FakeAssets, database: Database) -> None:
    database.interfere = lambda: assets.put(BTC.changed({"name": "Other"}, NOON))
    after = await admin.set_price(request_for("BTC"), Decimal(7))
    assert (after.name, after.price, after.updated_at) == ("Other", 7, _tick(2))


def _tick(count: int) -> Any:
    return NOON + timedelta(microseconds=count)


async def test_an_admin_cannot_reuse_an_idempotency_key_for_another_change(admin: AssetAdmin, stock: FakeStock) -> None:
    await admin.restock(request_for("BTC"), Decimal(1))
    for other in (
        admin.restock(request_for("BTC"), Decimal(2)),
        admin.set_price(request_for("BTC"), Decimal(1)),
        admin.create(request_for("ETH"), NEW),
    ):
        assert await reason(other) == "IDEMPOTENCY_KEY_REUSED"
    await admin.restock(request_for("BTC", actor_id="admin-2"), Decimal(1))
    assert sum(stock.stock["BTC"]) == 12


async def test_an_unknown_asset_cannot_be_changed(admin: AssetAdmin, stock: FakeStock, database: Database) -> None:
    for change in (
        admin.update(request_for("NONE"), {"name": "x"}),
        admin.set_active(request_for("NONE"), is_active=True),
        admin.set_price(request_for("NONE"), Decimal(1)),
        admin.restock(request_for("NONE"), Decimal(1)),
    ):
        assert await reason(change) == "ASSET_NOT_FOUND"
    assert database.commits == 0
    assert "NONE" not in stock.stock


async def test_nothing_is_changed_if_the_intent_cannot_be_recorded(
    admin: AssetAdmin, database: Database, trail: FakeTrail
) -> None:
    trail.is_down = True
    for change in (
        admin.create(request_for("ETH"), NEW),
        admin.update(request_for("BTC"), {"name": "x"}),
        admin.set_active(request_for("BTC"), is_active=False),
        admin.restock(request_for("BTC"), Decimal(1)),
    ):
        assert await reason(change) == "DEPENDENCY_UNAVAILABLE"
    assert database.commits == 0


async def test_the_trail_has_the_new_values_as_text(admin: AssetAdmin, trail: FakeTrail) -> None:
    values = {"name": "Other", "max_supply": None, "circulating_supply": Decimal("1.50"), "market_cap_rank": 3}
    await admin.update(request_for("BTC"), values)
    await admin.set_active(request_for("BTC", "r-2"), is_active=False)
    assert trail.events == [("ASSET_UPDATED", "DONE"), ("ASSET_DEACTIVATED", "DONE")]
    subject = {"subject": "asset:BTC"}
    assert trail.facts == [
        {
            **subject,
            "request": "r-1",
            "name": "Other",
            "max_supply": "",
            "circulating_supply": "1.5",
            "market_cap_rank": "3",
        },
        {**subject, "request": "r-2", "is_active": "false"},
    ]
