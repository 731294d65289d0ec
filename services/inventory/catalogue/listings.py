"""Assets with what the market says about them: how they are found, ranked and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from services.common import money, texts
from services.common.money import ZERO
from services.inventory.catalogue.domain import Asset
from services.prices.frame import AssetPrice, Frame, Source, Status


class Statistics(Protocol):
    """Changes in percent, None without so much history, and extreme prices in dollars. Equal by value."""

    def __hash__(self) -> int: ...
    @property
    def change_24h(self) -> Decimal | None: ...
    @property
    def change_7d(self) -> Decimal | None: ...
    @property
    def change_30d(self) -> Decimal | None: ...
    @property
    def high_24h(self) -> Decimal: ...
    @property
    def low_24h(self) -> Decimal: ...
    @property
    def history_high(self) -> Decimal: ...
    @property
    def history_low(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Market:
    """The state of the market as a whole. Without prices yet, `source` and `as_of` are None and `seq` is 0."""

    is_halted: bool
    is_stale: bool = True
    source: Source | None = None
    seq: int = 0
    as_of: datetime | None = None


def market_of(frame: Frame | None, *, is_halted: bool, is_stale: bool) -> Market:
    """Returns the state of the market at a frame. `is_halted` is what the catalogue says, for want of a frame."""
    if frame is None:
        return Market(is_halted)
    return Market(frame.is_halted, is_stale, frame.source, frame.seq, frame.as_of)


@dataclass(frozen=True, slots=True)
class Listing:
    """An asset with its price, its statistics (None while they are unknown), and its rank, 0 if it is inactive."""

    asset: Asset
    price: AssetPrice
    statistics: Statistics | None = None
    volume_24h: Decimal = ZERO
    rank: int = 0

    @property
    def market_cap(self) -> Decimal:
        """The price times the circulating supply, in dollars."""
        return money.value_of(self.asset.circulating_supply, self.price.middle)

    @property
    def change_24h(self) -> Decimal:
        """The change over the last 24 hours in percent, 0 without so much history."""
        return (self.statistics and self.statistics.change_24h) or ZERO


def price_of(asset: Asset, frame: Frame | None, market: Market) -> AssetPrice:
    """Returns the price of an asset at a frame; one that the frame lacks has the price that was set."""
    price = frame.prices.get(asset.asset_id) if frame else None
    if price is None:
        price = AssetPrice(asset.price, asset.price, asset.price, asset.status)
    if market.is_halted:
        return AssetPrice(price.middle, price.bid, price.ask, Status.HALTED)
    return price


def ranks(listings: Iterable[Listing]) -> Mapping[str, int]:
    """Returns the rank by market capitalisation of each active asset, by id."""
    active = sorted((one for one in listings if one.asset.is_active), key=lambda one: sort_key(one, Sort.RANK))
    return {one.asset.asset_id: rank for rank, one in enumerate(active, 1)}


class Sort(StrEnum):
    """An order of listings."""

    RANK = "rank"
    NAME = "name"
    PRICE = "price"
    CHANGE = "change"


# The asset id makes every key unique, so that a page can start right after the last key of the page before.
SortKey = tuple[Decimal | str, str]


def sort_key(listing: Listing, sort: Sort) -> SortKey:
    """Returns the key that sorts a listing."""
    asset_id = listing.asset.asset_id  # (below, a minus sign would round: it obeys the precision of the context)
    match sort:
        case Sort.NAME:
            return texts.folded(listing.asset.name), asset_id
        case Sort.PRICE:
            return listing.price.middle.copy_negate(), asset_id
        case Sort.CHANGE:
            return listing.change_24h.copy_negate(), asset_id
        case Sort.RANK:
            return listing.market_cap.copy_negate(), asset_id


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Selects assets: of a category ("" for all), whose id or name contains `search` in any case."""

    search: str = ""
    category: str = ""
    show_inactive: bool = False

    def select(self, listings: Iterable[Listing], sort: Sort) -> list[Listing]:
        """Returns the listings of the assets that match, sorted."""
        wanted = texts.folded(self.search)
        return sorted((one for one in listings if self._admits(one.asset, wanted)), key=lambda one: sort_key(one, sort))

    def _admits(self, asset: Asset, wanted: str) -> bool:
        return (
            (asset.is_active or self.show_inactive)
            and (not self.category or asset.category == self.category)
            and (wanted in texts.folded(asset.asset_id) or wanted in texts.folded(asset.name))
        )
