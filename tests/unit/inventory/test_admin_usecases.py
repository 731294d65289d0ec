from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from inventory_fakes import (
    NOON,
    Database,
    FakeAssets,
    FakeChanges,
    FakePublication,
    FakeStock,
    FakeTrail,
    make_asset,
)

from services.common.rpc.errors import InvalidArgument, ServiceError
from services.inventory.admin.domain import ChangeRequest, NewAsset, Rules
from services.inventory.admin.usecases import AssetAdmin
from services.prices.frame import Status

BTC = make_asset()
NEW = NewAsset("Ether", "The second.", "layer-1", Decimal("3500.50"), Decimal(120_000_000), None, "")


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
def publication(assets: FakeAssets) -> FakePublication:
    return FakePublication(assets)


@pytest.fixture
def admin(
    database: Database,
    assets: FakeAssets,
    stock: FakeStock,
    trail: FakeTrail,
    publication: FakePublication,
) -> AssetAdmin:
    changes, now = FakeChanges(), lambda: NOON
    return AssetAdmin(database.begin, assets, stock, changes, trail, publication, now, stock.noted.append)


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


async def test_a_new_asset_has_the_default_rules_unless_it_is_given_others(admin: AssetAdmin, trail: FakeTrail) -> None:
    plain = await admin.create(request_for("ETH"), NEW)
    assert (plain.quantity_increment, plain.price_increment) == (Decimal("0.00000001"), Decimal("0.00000001"))
    assert (plain.order_value_min, plain.order_value_max) == (1, 1_000_000)
    assert plain.trading_status is Status.TRADING
    assert "order_value_min" not in trail.facts[0]
    rules = Rules(Decimal("0.001"), Decimal("0.01"), Decimal(5), Decimal(50))
    other = await admin.create(request_for("OTHER", "r-2"), replace(NEW, rules=rules))
    assert (other.quantity_increment, other.price_increment) == (Decimal("0.001"), Decimal("0.01"))
    assert (other.order_value_min, other.order_value_max) == (5, 50)
    assert trail.facts[1]["order_value_min"] == "5"


async def test_the_largest_order_cannot_be_smaller_than_the_smallest(admin: AssetAdmin, assets: FakeAssets) -> None:
    wrong = Rules(order_value_min=Decimal(5), order_value_max=Decimal("4.99"))
    with pytest.raises(InvalidArgument, match="order_value_max must be at least order_value_min"):
        await admin.create(request_for("ETH"), replace(NEW, rules=wrong))
    assert await reason(admin.update(request_for("BTC"), {"order_value_min": Decimal(1_000_001)})) == "INVALID_FIELD"
    assert assets.rows == {"BTC": BTC}
    await admin.update(request_for("BTC"), {"order_value_min": Decimal(5), "order_value_max": Decimal(5)})


async def test_a_price_has_at_least_ten_increments(admin: AssetAdmin, assets: FakeAssets) -> None:
    wrong = replace(NEW, rules=Rules(price_increment=Decimal(1_000_000)))
    with pytest.raises(InvalidArgument, match="price_increment must be at most a tenth of the price"):
        await admin.create(request_for("ETH"), wrong)
    assert await reason(admin.update(request_for("BTC"), {"price_increment": Decimal(1_000_000)})) == "INVALID_FIELD"
    assert assets.rows == {"BTC": BTC}
    await admin.create(request_for("ETH"), replace(NEW, price=Decimal("0.00000001")))


async def test_what_may_be_done_with_an_asset_is_set(admin: AssetAdmin, assets: FakeAssets, trail: FakeTrail) -> None:
    for number, status in enumerate((Status.SELL_ONLY, Status.HALTED, Status.TRADING)):
        after = await admin.set_status(request_for("BTC", f"r-{number}"), status)
        assert after.trading_status is after.status is status
    assert trail.facts[0]["trading_status"] == "SELL_ONLY"
    assert {event for event, _ in trail.events} == {"ASSET_STATUS_SET"}
    closed = await admin.set_active(request_for("BTC", "r-9"), is_active=False)
    assert (closed.trading_status, closed.status) == (Status.TRADING, Status.HALTED)


async def test_the_whole_market_is_halted_and_resumed(
    admin: AssetAdmin, assets: FakeAssets, trail: FakeTrail, publication: FakePublication
) -> None:
    for number, is_halted in enumerate((True, False)):
        await admin.set_halted(request_for("", f"r-{number}"), is_halted=is_halted)
        assert assets.state == (number + 1, is_halted)
        await admin.set_halted(request_for("", f"r-{number}"), is_halted=is_halted)
    assert assets.state.version == 2, "a replay changes nothing"
    assert publication.versions == [1, 1, 2, 2]
    assert {one["subject"] for one in trail.facts} == {"market:all"}
    assert [event for event, _ in trail.events] == ["MARKET_HALTED"] * 2 + ["MARKET_RESUMED"] * 2
    assert await reason(admin.set_halted(request_for("", "r-0"), is_halted=False)) == "IDEMPOTENCY_KEY_REUSED"


async def test_a_halt_that_is_not_published_is_stored_and_succeeds_when_it_is_repeated(
    admin: AssetAdmin, assets: FakeAssets, trail: FakeTrail, publication: FakePublication
) -> None:
    publication.is_down = True
    assert await reason(admin.set_halted(request_for(""), is_halted=True)) == "CHANGE_NOT_PUBLISHED"
    assert await reason(admin.set_price(request_for("BTC", "r-2"), Decimal(7))) == "CHANGE_NOT_PUBLISHED"
    assert (assets.state, assets.rows["BTC"].price) == ((2, True), 7)
    assert trail.events == [("MARKET_HALTED", "DONE"), ("ASSET_PRICED", "DONE")]
    publication.is_down = False
    await admin.set_halted(request_for(""), is_halted=True)
    assert (await admin.set_price(request_for("BTC", "r-2"), Decimal(7))).price == 7
    assert assets.state == (2, True), "the changes were made once"


async def test_each_change_of_an_asset_raises_the_version_and_is_answered_once_it_is_published(
    admin: AssetAdmin, assets: FakeAssets, publication: FakePublication
) -> None:
    await admin.create(request_for("ETH", "r-1"), NEW)
    await admin.update(request_for("ETH", "r-2"), {"name": "Other"})
    await admin.set_active(request_for("ETH", "r-3"), is_active=True)
    await admin.set_price(request_for("ETH", "r-4"), Decimal(1))
    await admin.set_price(request_for("ETH", "r-4"), Decimal(1))
    assert publication.versions == [1, 2, 3, 4, 4]


async def test_a_restock_changes_the_stock_and_not_the_catalogue(
    admin: AssetAdmin, assets: FakeAssets, publication: FakePublication, stock: FakeStock
) -> None:
    await admin.restock(request_for("BTC"), Decimal(1))
    assert assets.state.version == 0
    assert (publication.versions, stock.noted) == ([], ["BTC"])


async def test_a_price_that_is_set_again_starts_anew(admin: AssetAdmin) -> None:
    after = await admin.set_price(request_for("BTC"), BTC.price)
    assert after.priced_at == after.updated_at > BTC.priced_at
    later = await admin.update(request_for("BTC", "r-2"), {"name": "Other"})
    assert later.priced_at == after.priced_at < later.updated_at


async def test_a_rank_has_no_effect_but_tells_requests_apart(admin: AssetAdmin) -> None:
    with_rank = ChangeRequest("admin-1", "r-1", "ETH", {"market_cap_rank": "2"})
    created = await admin.create(with_rank, NEW)
    assert await admin.create(with_rank, NEW) == created
    assert await reason(admin.create(request_for("ETH"), NEW)) == "IDEMPOTENCY_KEY_REUSED"


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
    assets.rows = {"BTC": old}
    await admin.set_price(request_for("BTC"), Decimal(7))
    await admin.update(request_for("BTC", "r-2"), {"name": "Other"})
    await admin.update(request_for("BTC", "r-3"), {"circulating_supply": Decimal(20)})
    assert assets.rows["BTC"].circulating_supply == 20


async def test_a_replay_succeeds_even_if_the_change_would_be_refused_now(admin: AssetAdmin) -> None:
    await admin.create(request_for("ETH"), NEW)
    await admin.update(request_for("BTC", "r-2"), {"max_supply": Decimal(20_000_000)})
    await admin.update(request_for("BTC", "r-3"), {"circulating_supply": Decimal(1), "max_supply": Decimal(1)})
    await admin.update(request_for("BTC", "r-4"), {"max_supply": None})
    await admin.update(request_for("BTC", "r-5"), {"circulating_supply": Decimal(30_000_000)})
    await admin.update(request_for("ETH", "r-6"), {"name": "Other"})
    assert (await admin.update(request_for("BTC", "r-2"), {"max_supply": Decimal(20_000_000)})).max_supply is None
    assert (await admin.create(request_for("ETH"), NEW)).name == "Other"


async def test_a_replay_changes_nothing_and_returns_the_asset_as_it_is(
    admin: AssetAdmin, database: Database, assets: FakeAssets
) -> None:
    created = await admin.create(request_for("ETH"), NEW)
    await admin.set_price(request_for("ETH", "r-2"), Decimal(1))
    commits = database.commits
    assert await admin.create(request_for("ETH"), NEW) == replace(
        created, price=Decimal(1), priced_at=_tick(1), updated_at=_tick(1)
    )
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
    values = {"name": "Other", "max_supply": None, "circulating_supply": Decimal("1.50")}
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
        },
        {**subject, "request": "r-2", "is_active": "false"},
    ]
