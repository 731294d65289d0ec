from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from inventory_fakes import NOON, make_asset

from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.catalogue.domain import Asset, CatalogueState, Price, StockLevel
from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.catalogue.usecases import Catalogue
from services.prices.frame import Status
from tests.market_fakes import FakeHistory, FakePrices, FakeStatistics, FakeVolumes, frame, price

BTC, ETH = make_asset("BTC"), make_asset("ETH")


@dataclass
class Table:
    """A table of assets, each with a stock of 5 and a turnover of 9."""

    rows: list[Asset] = field(default_factory=lambda: [BTC, ETH])
    version: int = 1

    async def state(self, *, consistent: bool) -> CatalogueState:
        return CatalogueState(self.version)

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        return CatalogueState(self.version), self.rows

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        return [one for one in self.rows if one.asset_id in asset_ids]

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        return [], None

    async def available(self, asset_id: str) -> Decimal:
        return Decimal(4)

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        return dict.fromkeys(asset_ids, StockLevel(Decimal(5), Decimal(9)))


@dataclass
class Seconds:
    """A monotonic clock that is set."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def prices() -> FakePrices:
    return FakePrices(frame({"BTC": price("100"), "ETH": price("200")}, version=1))


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory({"BTC": FakeStatistics(Decimal("1.5"))})


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def volumes() -> FakeVolumes:
    return FakeVolumes()


@pytest.fixture
async def catalogue(table: Table) -> Catalogue:
    catalogue = Catalogue(table, table, 1.0)
    await catalogue.refresh()
    return catalogue


@pytest.fixture
def statistics(catalogue: Catalogue, history: FakeHistory) -> KeptStatistics:
    return KeptStatistics(catalogue, history, lambda: NOON)


@pytest.fixture
def priced(
    catalogue: Catalogue, prices: FakePrices, statistics: KeptStatistics, volumes: FakeVolumes, seconds: Seconds
) -> PricedCatalogue:
    return PricedCatalogue(catalogue, prices, statistics, volumes, seconds)


async def test_an_asset_has_the_latest_price_the_current_stock_and_its_rank(
    priced: PricedCatalogue, prices: FakePrices
) -> None:
    assert priced.view.listings["BTC"].price == price("100")
    prices.publish(frame({"BTC": price("300"), "ETH": price("200")}, seq=2, version=1))
    one, market = await priced.get("BTC")
    assert (one.price, one.asset.available, one.volume_24h) == (price("300"), 4, 9)
    assert (market.seq, market.is_stale) == (2, False)
    assert one.change_24h == Decimal("1.5")
    with pytest.raises(NotFound):
        await priced.get("NONE")


async def test_lists_keep_their_prices_for_a_second(
    priced: PricedCatalogue, prices: FakePrices, seconds: Seconds
) -> None:
    first = priced.view
    prices.publish(frame({"BTC": price("300"), "ETH": price("200")}, seq=2, version=1))
    seconds.now = 0.9
    assert priced.view is first
    seconds.now = 1.0
    assert priced.view.listings["BTC"].price == price("300")
    assert priced.view.market.seq == 2


@pytest.mark.parametrize("what", ["the catalogue", "the stock", "a halt", "staleness", "a status"])
async def test_other_changes_show_at_once(priced: PricedCatalogue, prices: FakePrices, table: Table, what: str) -> None:
    first, now = priced.view, prices.latest
    assert now is not None
    match what:
        case "the catalogue":
            table.version = 2
            await priced.catalogue.reach(2)
        case "the stock":
            await priced.catalogue.read_stock(["BTC", "NEW"])
        case "a halt":
            prices.publish(replace(now, seq=2, is_halted=True))
        case "staleness":
            prices.is_stale = True
        case _:
            halted = {"BTC": price("100", Status.HALTED), "ETH": price("200")}
            prices.publish(frame(halted, seq=2, version=2))
    assert priced.view is not first


async def test_lists_have_the_statistics_that_were_read_last(
    priced: PricedCatalogue, statistics: KeptStatistics, history: FakeHistory, seconds: Seconds
) -> None:
    assert priced.view.listings["BTC"].statistics is None
    await statistics.refresh()
    assert history.reads == 2
    assert priced.view.listings["BTC"].change_24h == Decimal("1.5")
    history.fails = lambda asset_id: True
    await statistics.refresh()
    seconds.now = 1.0
    assert priced.view.listings["BTC"].change_24h == Decimal("1.5")


@pytest.mark.parametrize("missing", ["statistics", "volumes"])
async def test_a_replica_is_ready_once_lists_show_statistics_and_volumes(
    priced: PricedCatalogue, statistics: KeptStatistics, volumes: FakeVolumes, missing: str
) -> None:
    volumes.is_read = False
    first = priced.view
    if missing == "volumes":
        await statistics.refresh()
    else:
        volumes.is_read = True
    with pytest.raises(Unavailable):
        priced.check()
    await statistics.refresh()
    volumes.is_read = True
    priced.check()
    assert priced.view is not first, "one from before is not shown"


async def test_the_version_is_that_of_the_prices_if_the_replica_is_behind(
    priced: PricedCatalogue, prices: FakePrices, table: Table
) -> None:
    assert priced.version == 1
    prices.publish(frame({}, seq=2, version=7))
    assert priced.version == 7
    table.version = 8
    await priced.catalogue.reach(7)
    assert priced.version == 8


async def test_without_prices_an_asset_has_the_one_that_was_set_and_they_are_stale(
    priced: PricedCatalogue, prices: FakePrices
) -> None:
    prices.latest = None
    one, market = await priced.get("BTC")
    assert (one.price.middle, market.is_stale, market.seq, market.source) == (BTC.price, True, 0, None)


async def test_an_asset_that_was_closed_just_now_has_no_rank(priced: PricedCatalogue) -> None:
    assert priced.view.listings["ETH"].rank == 1
    one, _ = await priced.priced(replace(ETH, is_active=False))
    assert one.rank == 0
