from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import (
    asset_pb2,
    inventory_service_pb2,
    inventory_service_pb2_grpc,
    stock_service_pb2,
    stock_service_pb2_grpc,
)

from services.common.rpc.pages import PageTokens
from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset, CatalogueState, Price, StockLevel
from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.catalogue.servicers import InventoryServicer
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.stock.domain import Outcome, Step, return_step, take_step
from services.inventory.stock.servicers import StockServicer
from services.inventory.stock.usecases import Stock
from services.price_streams.board import Board
from services.prices.frame import Frame, Status, frame_of
from services.prices.ports import TableFrame
from tests.market_fakes import FakeHistory, FakePrices, FakeStatistics, FakeVolumes, frame, price

SERVICES = ("cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORDERS = [f"11111111-2222-5333-8444-55555555555{n}" for n in range(3)]
CLOSED = 4  # the asset that is inactive
Sort = inventory_service_pb2.ListAssetsRequest.Sort

CallAs = Callable[[str], grpc.aio.Channel]
Stocks = Callable[[str], Any]  # returns a stub for calls by the named service
Told = Callable[[grpc.aio.AioRpcError], dict[str, Any]]


def asset(number: int) -> Asset:
    return Asset(
        asset_id=f"A{number:02}",
        name=f"Asset {chr(65 + number * 7 % 26)}",
        description="What it is.",
        category="defi" if number % 3 else "layer-1",
        price=Decimal(number % 5 + 1) / 8,
        priced_at=NOON,
        circulating_supply=Decimal(1000 + number),
        max_supply=None if number % 2 else Decimal(2000),
        is_active=number != CLOSED,
        image="",
        updated_at=NOON,
        available=Decimal("7.50"),
    )


@dataclass
class FakeAssets:
    """Stores 25 assets and the prices of one."""

    rows: list[Asset] = field(default_factory=lambda: [asset(n) for n in range(25)])
    version: int = 1

    async def state(self, *, consistent: bool) -> CatalogueState:
        return CatalogueState(self.version)

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        return CatalogueState(self.version), list(self.rows)

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        return [row for row in self.rows if row.asset_id in asset_ids]

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        prices = [Price(NOON + timedelta(minutes=n), Decimal(n)) for n in range(5, 0, -1)]
        later = [one for one in prices if cursor is None or one.effective_at.isoformat() < cursor]
        return later[:size], later[size - 1].effective_at.isoformat() if len(later) > size else None


@dataclass
class FakeStock:
    """Stores outcomes of steps, which change nothing; every asset has 7.25 units in one shard."""

    shards: int = 1
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def begin(self) -> UnitOfWork:
        return UnitOfWork(self._write)

    async def _write(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes |= {outcome.step.effect_id: outcome for outcome in outcomes}

    async def available(self, asset_id: str) -> Decimal:
        return Decimal("7.25")

    async def available_by_shard(self, asset_id: str) -> Sequence[Decimal]:
        return [Decimal("7.25")]

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        return dict.fromkeys(asset_ids, StockLevel(Decimal("7.25"), Decimal("12.5")))

    async def outcome(self, effect_id: str) -> Outcome | None:
        return self.outcomes.get(effect_id)

    def move(self, tx: UnitOfWork, step: Step, shard: int, now: datetime) -> None:
        tx.add(Outcome(step))

    def refuse(self, tx: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        tx.add(outcome)

    def gather(self, tx: UnitOfWork, asset_id: str, available: Sequence[Decimal], shard: int) -> None:
        raise AssertionError("there is only one shard")


class FakeTable:
    """The frame in the table."""

    def __init__(self) -> None:
        self.frame: Frame | None = None

    async def latest(self) -> TableFrame:
        return TableFrame(self.frame, 7)


@pytest.fixture
def table() -> FakeTable:
    return FakeTable()


@pytest.fixture
def assets() -> FakeAssets:
    return FakeAssets()


@pytest.fixture
def stock() -> FakeStock:
    return FakeStock()


@pytest.fixture
def catalogue(assets: FakeAssets, stock: FakeStock) -> Catalogue:
    return Catalogue(assets, stock, 1.0)


@pytest.fixture
def prices() -> FakePrices:
    return FakePrices()


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory({asset(n).asset_id: FakeStatistics(Decimal(n % 7 - 3) / 10, Decimal(-1)) for n in range(25)})


@pytest.fixture
def statistics(catalogue: Catalogue, history: FakeHistory) -> KeptStatistics:
    return KeptStatistics(catalogue, history, lambda: NOON)


@pytest.fixture
def priced(catalogue: Catalogue, prices: FakePrices, statistics: KeptStatistics) -> PricedCatalogue:
    return PricedCatalogue(catalogue, prices, statistics, FakeVolumes())


@pytest.fixture
def stock_servicer(catalogue: Catalogue, priced: PricedCatalogue, stock: FakeStock, table: FakeTable) -> StockServicer:
    return StockServicer(priced, Stock(stock.begin, stock, catalogue, lambda: NOON), table)


@pytest.fixture
async def call_as(serve_all: Any, priced: PricedCatalogue, prices: FakePrices, stock_servicer: StockServicer) -> CallAs:
    def register(server: grpc.aio.Server) -> None:
        inventory = InventoryServicer(priced, PageTokens(b"k" * 32), Board(prices))
        inventory_service_pb2_grpc.add_InventoryServiceServicer_to_server(inventory, server)
        stock_service_pb2_grpc.add_StockServiceServicer_to_server(stock_servicer, server)

    return await serve_all(SERVICES, register)


@pytest.fixture
async def inventory(call_as: CallAs, catalogue: Catalogue, statistics: KeptStatistics) -> Any:
    await catalogue.refresh()
    await statistics.refresh()
    return inventory_service_pb2_grpc.InventoryServiceStub(call_as("edge"))


@pytest.fixture
async def stocks(call_as: CallAs, catalogue: Catalogue) -> Stocks:
    await catalogue.refresh()
    return lambda name: stock_service_pb2_grpc.StockServiceStub(call_as(name))


def listing(**changes: Any) -> inventory_service_pb2.ListAssetsRequest:
    return inventory_service_pb2.ListAssetsRequest(**changes)


async def walk(inventory: Any, **query: Any) -> list[Any]:
    found: list[Any] = []
    token = ""
    for _ in range(100):
        page = await inventory.ListAssets(listing(page_token=token, **query))
        found += page.assets
        token = page.next_page_token
        if not token:
            assert page.total_size == len(found)
            return found
    raise AssertionError("the pages must end")


async def test_the_service_is_unavailable_before_the_catalogue_is_read(call_as: CallAs, told: Told) -> None:
    inventory: Any = inventory_service_pb2_grpc.InventoryServiceStub(call_as("edge"))
    for call in (
        inventory.ListAssets(listing()),
        inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A")),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        assert told(error.value)["reason"] == "DEPENDENCY_UNAVAILABLE"


@pytest.mark.parametrize("sort", Sort.values())
@pytest.mark.parametrize("size", [1, 7, 25, 200])
async def test_the_pages_of_every_sort_order_hold_each_asset_once(inventory: Any, sort: int, size: int) -> None:
    found = await walk(inventory, sort=sort, page_size=size)
    assert sorted(one.asset_id for one in found) == sorted(asset(n).asset_id for n in range(25) if n != CLOSED)
    assert found == await walk(inventory, sort=sort, page_size=200)
    everything = await walk(inventory, sort=sort, page_size=size, show_inactive=True)
    assert [one for one in everything if one.is_active] == found
    assert [one.asset_id for one in everything if not one.is_active] == [asset(CLOSED).asset_id]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        (Sort.SORT_UNSPECIFIED, lambda one: one.market_cap_rank),
        (Sort.RANK, lambda one: one.market_cap_rank),
        (Sort.NAME, lambda one: one.name.casefold()),
        (Sort.PRICE, lambda one: -Decimal(one.price_usd)),
        (Sort.CHANGE, lambda one: -Decimal(one.price_change_percentage_24h)),
    ],
    ids=["unspecified", "rank", "name", "price", "change"],
)
async def test_assets_are_listed_in_the_requested_order(inventory: Any, sort: int, key: Callable[[Any], Any]) -> None:
    found = await walk(inventory, sort=sort)
    assert [key(one) for one in found] == sorted(key(one) for one in found)


async def test_search_and_category_narrow_the_list(inventory: Any) -> None:
    assert [one.asset_id for one in await walk(inventory, search="a07")] == ["A07"]
    layer = await walk(inventory, category="layer-1", page_size=2)
    assert {one.category for one in layer} == {"layer-1"}
    assert len(layer) == 9
    assert await walk(inventory, search="no such asset") == []


@pytest.mark.parametrize(
    "changes", [{"sort": Sort.NAME}, {"search": "a"}, {"category": "defi"}, {"show_inactive": True}], ids=str
)
async def test_a_page_token_is_valid_only_for_its_query(inventory: Any, told: Told, changes: dict[str, Any]) -> None:
    first = await inventory.ListAssets(listing(page_size=5))
    for _ in range(2):  # the refusal must not be cached
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await inventory.ListAssets(listing(page_size=5, page_token=first.next_page_token, **changes))
        assert told(error.value)["fields"] == ["page_token"]


async def test_a_list_is_as_fresh_as_the_catalogue(inventory: Any, assets: FakeAssets, catalogue: Catalogue) -> None:
    before = await inventory.ListAssets(listing())
    assets.rows, assets.version = assets.rows[:3], 2
    assert await inventory.ListAssets(listing()) == before
    await catalogue.refresh()
    assert (await inventory.ListAssets(listing())).total_size == 3


async def test_an_asset_is_returned_in_the_format_of_the_contract(inventory: Any) -> None:
    one = await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A04"))
    assert (one.price_usd, one.price_change_percentage_24h, one.market_cap) == ("0.625", "0.10", "627.50")
    assert (one.circulating_supply, one.max_supply, one.is_active) == ("1004", "2000", False)
    assert one.available_quantity == "7.25", "the stock must be the current one, not that of the snapshot"
    assert one.updated_at.ToJsonString() == "2026-03-01T12:00:00Z"
    assert (one.market_cap_rank, one.trading_status) == (0, asset_pb2.HALTED), "it is inactive"
    assert (one.quantity_increment, one.price_increment) == ("0.00000001", "0.00000001")
    assert (one.order_value_min, one.order_value_max) == ("1.00", "1000000.00")
    assert (one.high_24h, one.low_24h, one.history_high, one.history_low) == ("2.00", "1.00", "20.00", "0.50")
    assert (one.price_change_percentage_7d, one.price_change_percentage_30d) == ("-1.00", "")
    assert one.volume_24h == "12.50"
    unlimited = await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A05"))
    assert unlimited.max_supply == ""


async def test_without_prices_an_asset_shows_the_one_that_was_set_as_stale(inventory: Any, told: Told) -> None:
    one = await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A01"))
    assert (one.bid, one.price_usd, one.ask) == ("0.25", "0.25", "0.25")
    assert (one.is_price_stale, one.price_seq, one.price_source) == (True, 0, asset_pb2.PRICE_SOURCE_UNSPECIFIED)
    assert not one.HasField("price_as_of")
    market = await inventory.GetMarket(inventory_service_pb2.GetMarketRequest())
    assert market == asset_pb2.Market(is_price_stale=True)


async def test_an_asset_and_the_market_show_the_latest_prices(inventory: Any, prices: FakePrices) -> None:
    prices.publish(frame({"A01": price("2.5", Status.SELL_ONLY)}, seq=7, version=1))
    one = await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A01"))
    assert (one.bid, one.price_usd, one.ask) == ("2.49", "2.50", "2.51")
    assert (one.market_cap, one.market_cap_rank) == ("2502.50", 1)
    assert (one.trading_status, one.price_seq, one.price_source) == (asset_pb2.SELL_ONLY, 7, asset_pb2.SIMULATED)
    assert (one.is_price_stale, one.price_as_of.ToJsonString()) == (False, "2026-03-01T12:00:00Z")
    listed = await walk(inventory)
    assert (listed[0].asset_id, listed[0].price_usd) == ("A01", "2.50")
    market = await inventory.GetMarket(inventory_service_pb2.GetMarketRequest())
    assert (market.price_seq, market.price_source, market.is_halted) == (7, asset_pb2.SIMULATED, False)
    prices.publish(frame({"A01": price("2.5")}, seq=8, version=1, is_halted=True))
    assert (await inventory.GetMarket(inventory_service_pb2.GetMarketRequest())).is_halted
    one = await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="A01"))
    assert one.trading_status == asset_pb2.HALTED


async def test_an_unknown_asset_is_not_found(inventory: Any, told: Told) -> None:
    for call in (
        inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="NONE")),
        inventory.ListPrices(inventory_service_pb2.ListPricesRequest(asset_id="NONE")),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        answer = told(error.value)
        assert (answer["code"], answer["reason"]) == ("NOT_FOUND", "ASSET_NOT_FOUND")


async def test_an_asset_that_another_replica_has_just_added_is_found(
    inventory: Any, stocks: Stocks, assets: FakeAssets
) -> None:
    assets.rows.append(replace(asset(1), asset_id="NEW"))
    quotes = await stocks("order").BatchGetQuotes(stock_service_pb2.BatchGetQuotesRequest(asset_ids=["NEW"]))
    assert [quote.asset_id for quote in quotes.quotes] == ["NEW"]
    assert (await inventory.GetAsset(inventory_service_pb2.GetAssetRequest(asset_id="NEW"))).asset_id == "NEW"
    found = await walk(inventory)
    assert "NEW" in {one.asset_id for one in found}


async def test_the_pages_of_prices_are_complete_and_newest_first(inventory: Any, told: Told) -> None:
    found, token = [], ""
    for _ in range(100):
        request = inventory_service_pb2.ListPricesRequest(asset_id="A01", page_size=2, page_token=token)
        page = await inventory.ListPrices(request)
        found += page.prices
        token = page.next_page_token or token
        if not page.next_page_token:
            break
    assert [price.price_usd for price in found] == ["5.00", "4.00", "3.00", "2.00", "1.00"]
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await inventory.ListPrices(inventory_service_pb2.ListPricesRequest(asset_id="A02", page_token=token))
    assert told(error.value)["fields"] == ["page_token"]


async def test_quotes_leave_out_unknown_assets(stocks: Stocks) -> None:
    request = stock_service_pb2.BatchGetQuotesRequest(asset_ids=["A04", "NONE", "A01"])
    for identity in ("order", "user"):
        answer = await stocks(identity).BatchGetQuotes(request)
        quotes = [(one.asset_id, one.price_usd, one.is_active) for one in answer.quotes]
        assert quotes == [("A04", "0.625", False), ("A01", "0.25", True)]


async def test_a_quote_has_the_latest_price_and_the_rules_of_the_version_of_the_prices(
    stocks: Stocks, assets: FakeAssets, prices: FakePrices
) -> None:
    assets.rows[1] = replace(assets.rows[1], order_value_min=Decimal(5), quantity_increment=Decimal("0.01"))
    assets.version = 2

    async def quote() -> Any:
        request = stock_service_pb2.BatchGetQuotesRequest(asset_ids=["A01"])
        return (await stocks("order").BatchGetQuotes(request)).quotes[0]

    before = await quote()
    assert (before.order_value_min, before.catalogue_version) == ("1.00", 1)
    assert (before.price_source, before.is_price_stale) == (asset_pb2.PRICE_SOURCE_UNSPECIFIED, True)
    prices.publish(frame({"A01": price("2.5")}, version=2))
    after = await quote()
    assert (after.price_usd, after.order_value_min, after.order_value_max) == ("2.50", "5.00", "1000000.00")
    assert (after.quantity_increment, after.price_increment) == ("0.01", "0.00000001")
    assert after.catalogue_version == 2
    assert (after.price_source, after.is_price_stale) == (asset_pb2.SIMULATED, False)
    prices.is_stale = True
    assert (await quote()).is_price_stale


async def test_an_asset_is_inactive_for_orders_only_if_the_table_says_so(stocks: Stocks, assets: FakeAssets) -> None:
    asset_id = asset(CLOSED).asset_id
    assets.rows[CLOSED] = replace(assets.rows[CLOSED], is_active=True, updated_at=NOON + timedelta(seconds=1))

    async def is_active(*, confirm_inactive: bool) -> bool:
        request = stock_service_pb2.BatchGetQuotesRequest(asset_ids=[asset_id], confirm_inactive=confirm_inactive)
        [quote] = (await stocks("order").BatchGetQuotes(request)).quotes
        return bool(quote.is_active)

    seen = [await is_active(confirm_inactive=confirmed) for confirmed in (False, True, False)]
    assert seen == [False, True, True]


async def test_the_error_for_a_list_names_the_wrong_entries_and_is_bounded(stocks: Stocks, told: Told) -> None:
    async def fields(asset_ids: list[str]) -> list[str]:
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await stocks("user").BatchGetQuotes(stock_service_pb2.BatchGetQuotesRequest(asset_ids=asset_ids))
        assert error.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        named: list[str] = told(error.value)["fields"]
        return named

    assert await fields(["A01", "a01"]) == ["asset_ids[1]"]
    assert len(await fields([""] * 1000)) == 20


async def test_each_reason_of_a_stock_movement_is_a_step_of_its_own(stocks: Stocks, stock: FakeStock) -> None:
    reasons = stock_service_pb2.ReturnStockRequest
    taken, untaken, sold = ORDERS
    fields = {"asset_id": "A01", "quantity": "0.50"}
    dollars = {"amount": "12.50", "fee": "0.02"}
    await stocks("order").TakeStock(stock_service_pb2.TakeStockRequest(order_id=taken, **fields, **dollars))
    await stocks("order").ReturnStock(reasons(order_id=taken, reason=reasons.UNDO_TAKE, **fields))
    await stocks("order").ReturnStock(reasons(order_id=untaken, reason=reasons.UNDO_TAKE, **fields, **dollars))
    await stocks("order").ReturnStock(reasons(order_id=sold, reason=reasons.SALE, **fields, **dollars))
    half, amount, fee = Decimal("0.5"), Decimal("12.50"), Decimal("0.02")
    assert [(one.step, one.refusal and one.refusal.reason) for one in stock.outcomes.values()] == [
        (take_step(taken, "A01", half, amount, fee), None),
        (return_step(taken, "A01", half, -amount, -fee), None),  # whatever the request says
        (take_step(untaken, "A01", half), "STOCK_VOIDED"),
        (return_step(sold, "A01", half, amount, fee), None),
    ]


async def test_only_the_order_service_moves_stock(stocks: Stocks, stock: FakeStock, sign_in: Any) -> None:
    request = stock_service_pb2.TakeStockRequest(order_id=ORDERS[0], asset_id="A01", quantity="1")
    for name in ("user", "edge", "operator", "inventory"):
        for metadata in ((), sign_in(role="admin")):
            with pytest.raises(grpc.aio.AioRpcError) as error:
                await stocks(name).TakeStock(request, metadata=metadata)
            assert error.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert stock.outcomes == {}


async def test_the_order_service_reads_the_frame_in_the_table(stocks: Stocks, table: FakeTable) -> None:
    request = stock_service_pb2.GetPriceFrameRequest()
    without = await stocks("order").GetPriceFrame(request)
    assert not without.HasField("frame")
    assert without.seq_min == 7
    table.frame = frame({"A01": price("1.50")}, 8)
    assert frame_of((await stocks("order").GetPriceFrame(request)).frame) == table.frame
