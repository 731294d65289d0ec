from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from services.inventory.catalogue.domain import Asset, CatalogueState
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.market.fixed import FixedSource
from services.inventory.market.ports import PriceSource
from services.inventory.market.publication.frames import FrameMaker
from services.inventory.market.publication.spread import Spread
from services.prices.frame import AssetPrice, Source, Status
from tests.unit.inventory.market.assets import asset

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPEN = CatalogueState()


class FakeCatalogue:
    def __init__(self, *assets: Asset, state: CatalogueState) -> None:
        self.snapshot = Snapshot({one.asset_id: one for one in assets}, state)

    async def reach(self, version: int) -> Snapshot:
        return self.snapshot

    async def latest(self) -> Snapshot:
        return self.snapshot


class Moving:
    """A source whose prices are what the test says."""

    kind = Source.EXCHANGE

    def __init__(self, **middles: int) -> None:
        self.prices = middles

    def middles(self, assets: Collection[Asset], at: datetime) -> Mapping[str, Decimal]:
        return {asset_id: Decimal(price) for asset_id, price in self.prices.items()}


def maker(source: PriceSource, *assets: Asset, percent: str = "0", state: CatalogueState = OPEN) -> FrameMaker:
    return FrameMaker(FakeCatalogue(*assets, state=state), source, Spread(Decimal(percent)), lambda: NOON)


def test_a_frame_has_the_price_and_the_status_of_each_asset() -> None:
    assets = [
        asset("BTC", price=Decimal(100)),
        asset("ETH", is_active=False),
        asset("SOL", trading_status=Status.SELL_ONLY),
    ]
    frame = maker(FixedSource(), *assets, percent="2", state=CatalogueState(7, is_halted=True)).make(5)
    assert (frame.seq, frame.as_of, frame.source) == (5, NOON, Source.FIXED)
    assert (frame.catalogue_version, frame.is_halted) == (7, True)
    assert frame.prices["BTC"] == AssetPrice(Decimal(100), Decimal(99), Decimal(101), Status.TRADING)
    assert frame.prices["ETH"].status == Status.HALTED
    assert frame.prices["SOL"].status == Status.SELL_ONLY


def test_the_time_of_frames_goes_on_if_the_clock_is_behind_that_of_the_publisher_before() -> None:
    ahead = maker(FixedSource(), asset("BTC"))
    last = replace(ahead.make(1), as_of=NOON + timedelta(seconds=288))
    frames = maker(FixedSource(), asset("BTC"))
    frames.start(last)
    assert [frames.make(seq).as_of - last.as_of for seq in (2, 3)] == [timedelta(seconds=0.25), timedelta(seconds=0.5)]


def test_the_time_of_frames_goes_on_if_none_was_read_but_the_lease_knows_it() -> None:
    latest = NOON + timedelta(seconds=288)
    frames = maker(FixedSource(), asset("BTC"))
    frames.start(None, latest)
    assert frames.make(1).as_of - latest == timedelta(seconds=0.25)


def test_the_later_of_the_last_frame_and_the_lease_counts() -> None:
    read = replace(maker(FixedSource(), asset("BTC")).make(1), as_of=NOON + timedelta(seconds=9))
    for latest in (NOON + timedelta(seconds=8), read.as_of):
        frames = maker(FixedSource(), asset("BTC"))
        frames.start(read, latest)
        assert frames.make(2).as_of - read.as_of == timedelta(seconds=0.25)


def test_fixed_prices_may_jump() -> None:
    frames = maker(FixedSource(), asset("BTC", price=Decimal(200)))
    frames.start(maker(FixedSource(), asset("BTC", price=Decimal(100))).make(1))
    assert frames.make(2).prices["BTC"].status == Status.TRADING


def test_prices_of_a_market_may_not() -> None:
    source = Moving(BTC=100)
    frames = maker(source, asset("BTC"))
    assert frames.make(1).prices["BTC"].status == Status.TRADING
    source.prices = {"BTC": 200}
    jumped = frames.make(2).prices["BTC"]
    assert (jumped.middle, jumped.status) == (Decimal(100), Status.HALTED)


def test_a_new_publisher_compares_with_the_frame_before() -> None:
    before = maker(Moving(BTC=100), asset("BTC")).make(1)
    successor = maker(Moving(BTC=200), asset("BTC"))
    successor.start(before)
    assert successor.make(2).prices["BTC"].status == Status.HALTED


def test_a_price_that_was_set_while_there_was_no_publisher_is_no_jump() -> None:
    before = maker(Moving(BTC=100), asset("BTC")).make(1)
    priced = asset("BTC", price=Decimal(200), priced_at=before.as_of + timedelta(seconds=1))
    successor = maker(Moving(BTC=200), priced)
    successor.start(before)
    made = successor.make(2).prices["BTC"]
    assert (made.middle, made.status) == (Decimal(200), Status.TRADING)


def test_an_asset_that_the_source_does_not_know_is_halted() -> None:
    assert maker(Moving(), asset("BTC")).make(1).prices["BTC"].status == Status.HALTED
