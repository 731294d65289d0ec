"""The administration of assets by gRPC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import asset_admin_service_pb2, asset_admin_service_pb2_grpc, asset_pb2

from services.common.unit_of_work import UnitOfWork
from services.inventory.admin.domain import Change
from services.inventory.admin.servicers import AssetAdminServicer
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.domain import Asset, CatalogueState, StockLevel
from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.stock.domain import Step
from services.prices.frame import Status
from tests.market_fakes import FakeHistory, FakePrices, FakeVolumes, frame, price

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SERVICE = "cnop.inventory.v1.AssetAdminService"
CallAs = Callable[[str], grpc.aio.Channel]


def asset(asset_id: str) -> Asset:
    return Asset(
        asset_id=asset_id,
        name=asset_id,
        description="",
        category="defi",
        price=Decimal(2),
        priced_at=NOON,
        circulating_supply=Decimal(1000),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=NOON,
        available=Decimal(0),
    )


@dataclass
class Table:
    """Assets, stock and changes in memory. Changes are calls that a commit makes."""

    rows: dict[str, Asset] = field(default_factory=lambda: {"A": asset("A"), "B": asset("B")})
    catalogue: CatalogueState = CatalogueState(1)
    stock: dict[str, StockLevel] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def begin(self) -> UnitOfWork:
        async def write(calls: Sequence[Callable[[], None]]) -> None:
            for call in calls:
                call()

        return UnitOfWork(write)

    async def state(self, *, consistent: bool) -> CatalogueState:
        return self.catalogue

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        return self.catalogue, list(self.rows.values())

    async def asset(self, asset_id: str) -> Asset | None:
        return self.rows.get(asset_id)

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        return {asset_id: self.stock[asset_id] for asset_id in asset_ids if asset_id in self.stock}

    async def fingerprint(self, change_id: str) -> str | None:
        return None

    def replace(self, tx: UnitOfWork, before: Asset, after: Asset) -> None:
        tx.add(lambda: self.rows.update({after.asset_id: after}))

    def raise_version(self, tx: UnitOfWork) -> None:
        tx.add(lambda: self._set(is_halted=self.catalogue.is_halted))

    def set_halted(self, tx: UnitOfWork, *, is_halted: bool) -> None:
        tx.add(lambda: self._set(is_halted=is_halted))

    def _set(self, *, is_halted: bool) -> None:
        self.catalogue = CatalogueState(self.catalogue.version + 1, is_halted)

    def require(self, tx: UnitOfWork, asset_id: str) -> None:
        assert asset_id in self.rows

    def restock(self, tx: UnitOfWork, step: Step, actor_id: str, request_id: str, now: datetime) -> None:
        assert step.change

    def add(self, tx: UnitOfWork, *args: Any) -> None:
        for one in args:
            if isinstance(one, Change):
                tx.add(lambda change=one: self.changes.append(change))
            if isinstance(one, Asset):
                tx.add(lambda new=one: self.rows.update({new.asset_id: new}))


class Trail:
    """Records nothing."""

    def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AbstractAsyncContextManager[None]:
        return nullcontext()


@dataclass
class Publisher:
    """Publishes each change at once."""

    table: Table
    prices: FakePrices
    catalogue: Catalogue

    async def wait(self) -> None:
        state = self.table.catalogue
        await self.catalogue.reach(state.version)
        prices = {one.asset_id: replace(price("1"), middle=one.price, status=one.status) for one in self.assets()}
        self.prices.publish(frame(prices, state.version, state.version, is_halted=state.is_halted))

    def assets(self) -> list[Asset]:
        return list(self.table.rows.values())


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
async def admin(serve_all: Any, sign_in: Any, table: Table) -> Callable[[str, Any], Any]:
    """Returns a function that calls a method as an admin."""
    prices = FakePrices()
    store: Any = table
    catalogue = Catalogue(store, store, 1.0)
    await catalogue.refresh()
    statistics = KeptStatistics(catalogue, FakeHistory(), lambda: NOON)
    priced = PricedCatalogue(catalogue, prices, statistics, FakeVolumes())
    publisher = Publisher(table, prices, catalogue)
    usecases = AssetAdmin(table.begin, store, store, store, Trail(), publisher, lambda: NOON)

    def register(server: grpc.aio.Server) -> None:
        servicer = AssetAdminServicer(usecases, priced, store)
        asset_admin_service_pb2_grpc.add_AssetAdminServiceServicer_to_server(servicer, server)

    call_as: CallAs = await serve_all((SERVICE,), register)
    stub = asset_admin_service_pb2_grpc.AssetAdminServiceStub(call_as("edge"))
    return lambda method, request: getattr(stub, method)(request, metadata=sign_in(role="admin"))


async def test_an_asset_is_created_with_its_rules(admin: Any, table: Table) -> None:
    made = await admin(
        "CreateAsset",
        asset_admin_service_pb2.CreateAssetRequest(
            asset_id="NEW",
            name="New",
            category="defi",
            price_usd="7.5",
            circulating_supply="10",
            request_id="r-1",
            order_value_min="2.50",
            quantity_increment="0.1",
            market_cap_rank=5,
        ),
    )
    assert (made.order_value_min, made.order_value_max) == ("2.50", "1000000.00")
    assert (made.quantity_increment, made.price_increment) == ("0.1", "0.00000001")
    assert (made.price_usd, made.market_cap, made.market_cap_rank) == ("7.50", "75.00", 0)
    assert (made.trading_status, made.is_active) == (asset_pb2.HALTED, False)
    assert table.rows["NEW"].order_value_min == Decimal("2.50")


async def test_an_update_sets_the_rules_that_it_has_and_ignores_a_rank(admin: Any, table: Table) -> None:
    request = asset_admin_service_pb2.UpdateAssetRequest(
        asset_id="A", market_cap_rank=7, order_value_max="50", price_increment="0.01", request_id="r-1"
    )
    after = await admin("UpdateAsset", request)
    assert (after.order_value_max, after.price_increment, after.order_value_min) == ("50.00", "0.01", "1.00")
    assert (after.market_cap_rank, after.price_seq) == (1, 2)


async def test_a_status_and_a_price_show_in_the_response(admin: Any) -> None:
    request = asset_admin_service_pb2.SetTradingStatusRequest(
        asset_id="A", trading_status=asset_pb2.SELL_ONLY, request_id="r-1"
    )
    assert (await admin("SetTradingStatus", request)).trading_status == asset_pb2.SELL_ONLY
    after = await admin(
        "SetPrice", asset_admin_service_pb2.SetPriceRequest(asset_id="B", price_usd="3", request_id="r-2")
    )
    assert (after.price_usd, after.market_cap_rank, after.price_seq) == ("3.00", 1, 3)


async def test_the_market_is_halted_and_resumed(admin: Any) -> None:
    for number, is_halted in enumerate((True, False)):
        request = asset_admin_service_pb2.SetMarketHaltedRequest(is_halted=is_halted, request_id=f"r-{number}")
        market = await admin("SetMarketHalted", request)
        assert (market.is_halted, market.price_seq) == (is_halted, number + 2)
        after = await admin(
            "Restock", asset_admin_service_pb2.RestockRequest(asset_id="A", quantity="1", request_id=f"s-{number}")
        )
        assert after.trading_status == (asset_pb2.HALTED if is_halted else asset_pb2.TRADING)


async def test_the_house_shows_its_stock_and_its_income(admin: Any, table: Table) -> None:
    table.stock = {
        "A": StockLevel(Decimal("1.5"), Decimal("100.10"), Decimal("0.11")),
        "B": StockLevel(Decimal(10), Decimal(50), Decimal("0.05")),
    }
    house = await admin("GetHouse", asset_admin_service_pb2.GetHouseRequest())
    shown = [(one.asset_id, one.quantity, one.price_usd, one.value) for one in house.positions]
    assert shown == [("B", "10", "2.00", "20.00"), ("A", "1.5", "2.00", "3.00")]
    assert [(one.turnover, one.fee_income) for one in house.positions] == [("50.00", "0.05"), ("100.10", "0.11")]
    assert (house.exposure, house.turnover, house.fee_income) == ("23.00", "150.10", "0.16")


def test_a_status_has_the_same_name_everywhere() -> None:
    assert set(Status) == set(asset_pb2.TradingStatus.keys()) - {"TRADING_STATUS_UNSPECIFIED"}
