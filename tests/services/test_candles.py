from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2_grpc
from cnop.inventory.v1.inventory_service_pb2 import ListCandlesRequest
from google.protobuf.timestamp_pb2 import Timestamp

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import asset_not_found
from services.inventory.market.anchors import Anchor, Anchored
from services.inventory.market.history.domain import Interval
from services.inventory.market.history.servicers import CandleServicer
from services.inventory.market.history.simulated import SimulatedHistory
from services.inventory.market.history.usecases import CandleLists, market_clock
from services.inventory.market.servicers import MarketServicer
from services.inventory.market.simulation.market import SimulatedMarket
from services.prices.frame import Frame, Source

NOW = datetime(2026, 3, 1, 12, 20, 30, tzinfo=UTC)
SERVICES = ("cnop.inventory.v1.InventoryService",)
YEAR_9999 = Timestamp(seconds=253402300799)


class Catalogue:
    """Has one asset, whose price was set ten days ago."""

    async def get(self, asset_id: str) -> Anchored:
        if asset_id != "BTC":
            raise asset_not_found(asset_id)
        return SimpleNamespace(
            asset_id="BTC", category="layer-1", price=Decimal(100000), priced_at=NOW - timedelta(days=10)
        )

    async def of(self, asset: Anchored) -> tuple[Anchor, ...]:
        return (Anchor(asset.priced_at, asset.price),)


class Prices:
    """Had its latest frame at NOW."""

    latest: Frame | None = Frame(1, NOW, Source.SIMULATED, False, 1, {})


@pytest.fixture
def prices() -> Prices:
    return Prices()


@pytest.fixture
async def inventory(serve_all: Any, prices: Prices) -> Any:
    now = market_clock(prices)
    history = SimulatedHistory(SimulatedMarket(b"s" * 32), Catalogue(), now)
    candles = CandleServicer(CandleLists(Catalogue(), history, now), Source.SIMULATED)

    def register(server: grpc.aio.Server) -> None:
        servicer = MarketServicer(
            priced=None, pages=None, board=None, candles=candles
        )  # the other methods are not called here
        inventory_service_pb2_grpc.add_InventoryServiceServicer_to_server(servicer, server)

    return inventory_service_pb2_grpc.InventoryServiceStub((await serve_all(SERVICES, register))("edge"))


def request(**fields: Any) -> ListCandlesRequest:
    return ListCandlesRequest(asset_id="BTC", **fields)


def at(moment: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def starts(response: Any) -> list[datetime]:
    return [candle.start_time.ToDatetime(UTC) for candle in response.candles]


async def test_the_last_200_hours_are_listed_by_default(inventory: Any) -> None:
    response = await inventory.ListCandles(request())
    last = NOW.replace(minute=0, second=0)
    assert starts(response) == [last - timedelta(hours=199 - number) for number in range(200)]
    assert response.price_source == asset_pb2.SIMULATED
    for one, following in zip(response.candles, response.candles[1:], strict=False):
        assert one.close == following.open
        assert Decimal(one.low) <= Decimal(one.open) <= Decimal(one.high)


@pytest.mark.parametrize(("interval", "length"), [("1m", 60), ("1h", 3600), ("1d", 86400)])
async def test_candles_are_listed_from_a_time_on(inventory: Any, interval: str, length: int) -> None:
    start = NOW - timedelta(days=3, seconds=1)
    response = await inventory.ListCandles(request(interval=interval, start_time=at(start), page_size=2))
    first = Interval(timedelta(seconds=length)).ceiling(start)
    assert starts(response) == [first, first + timedelta(seconds=length)]


async def test_the_last_candles_before_a_time_are_listed(inventory: Any) -> None:
    response = await inventory.ListCandles(request(interval="1m", end_time=at(NOW - timedelta(days=1)), page_size=3))
    last = (NOW - timedelta(days=1)).replace(second=0)
    assert starts(response) == [last - timedelta(minutes=minutes) for minutes in (2, 1, 0)]


async def test_a_start_and_an_end_bound_the_list(inventory: Any) -> None:
    span = {"start_time": at(NOW - timedelta(hours=2)), "end_time": at(NOW)}
    assert starts(await inventory.ListCandles(request(**span))) == [
        NOW.replace(hour=hour, minute=0, second=0) for hour in (11, 12)
    ]


async def test_pages_of_a_history_follow_each_other(inventory: Any) -> None:
    whole = await inventory.ListCandles(request(interval="1d", page_size=1000))
    found: list[Any] = []
    start = Timestamp()
    while page := (await inventory.ListCandles(request(interval="1d", page_size=100, start_time=start))).candles:
        found += page
        start = at(page[-1].start_time.ToDatetime(UTC) + timedelta(seconds=1))
    assert len(whole.candles) == 376  # a year before the price was set, and the days since
    assert found == list(whole.candles)


@pytest.mark.parametrize(
    "span",
    [
        {"start_time": YEAR_9999},
        {"start_time": Timestamp(seconds=253402300798, nanos=999_999_999)},
        {"end_time": Timestamp()},
        {"start_time": Timestamp(), "end_time": Timestamp(nanos=1)},
    ],
    ids=str,
)
async def test_times_without_prices_have_no_candles(inventory: Any, span: dict[str, Timestamp]) -> None:
    assert starts(await inventory.ListCandles(request(**span))) == []


async def test_the_future_is_not_listed(inventory: Any) -> None:
    response = await inventory.ListCandles(request(interval="1m", end_time=YEAR_9999, page_size=1))
    assert starts(response) == [NOW.replace(second=0)]


async def test_before_the_first_frame_there_are_neither_candles_nor_statistics(
    inventory: Any, prices: Prices, told: Any
) -> None:
    frame, prices.latest = prices.latest, None
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await inventory.ListCandles(request())
    refused = told(error.value)
    assert (refused["code"], refused["reason"]) == ("UNAVAILABLE", "PRICES_UNAVAILABLE")
    history = SimulatedHistory(SimulatedMarket(b"s" * 32), Catalogue(), market_clock(prices))
    with pytest.raises(Unavailable):
        await history.statistics(await Catalogue().get("BTC"), NOW + timedelta(days=1))
    prices.latest = frame
    assert starts(await inventory.ListCandles(request(page_size=1))) == [NOW.replace(minute=0, second=0)]


async def test_an_unknown_asset_is_not_found(inventory: Any, told: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await inventory.ListCandles(ListCandlesRequest(asset_id="NONE"))
    assert told(error.value)["reason"] == "ASSET_NOT_FOUND"
