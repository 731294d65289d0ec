"""Assets: what they are, how they change, how they are found and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from services.common import money, texts
from services.common.rpc.errors import AlreadyExists, InvalidArgument, NotFound
from services.prices.frame import Status

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset of the catalogue. Prices are in dollars per unit."""

    asset_id: str
    name: str
    description: str
    category: str
    price: Decimal
    price_change_24h: Decimal  # in percent
    market_cap_rank: int
    circulating_supply: Decimal
    max_supply: Decimal | None
    is_active: bool
    image: str
    updated_at: datetime
    available: Decimal  # the stock
    priced_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    price_increment: Decimal = money.SATOSHI
    trading_status: Status = Status.TRADING

    @property
    def status(self) -> Status:
        return self.trading_status if self.is_active else Status.HALTED

    @property
    def market_cap(self) -> Decimal:
        """The price times the circulating supply, in dollars."""
        return money.value_of(self.circulating_supply, self.price)

    def changed(self, fields: Mapping[str, Any], now: datetime) -> Asset:
        """Returns the asset with new values of some fields.

        `updated_at` increases even if the clock does not, so that the latest price of the history is the current one.
        """
        updated_at = max(now, self.updated_at + _TICK)
        priced_at = updated_at if "price" in fields else self.priced_at
        return replace(self, **fields, updated_at=updated_at, priced_at=priced_at)

    def check_supply(self) -> None:
        """Raises InvalidArgument if more units circulate than will ever exist."""
        if self.max_supply is not None and self.max_supply < self.circulating_supply:
            raise InvalidArgument(("max_supply", "must be at least circulating_supply, or empty"))

    def check_rank(self, ranks: Mapping[str, int]) -> None:
        """Raises AlreadyExists RANK_TAKEN if another asset has the rank. `ranks` are those of all assets, by id."""
        for asset_id, rank in ranks.items():
            if rank == self.market_cap_rank and asset_id != self.asset_id:
                raise rank_taken(rank, asset_id)


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """The version of the catalogue, and whether the market is halted."""

    version: int = 0
    is_halted: bool = False


class Price(NamedTuple):
    """A price in dollars per unit, and since when it applies."""

    effective_at: datetime
    price: Decimal


class Sort(StrEnum):
    RANK = "rank"
    NAME = "name"
    PRICE = "price"
    CHANGE = "change"


# The asset id makes every key unique, so that a page can start right after the last key of the page before.
SortKey = tuple[Decimal | int | str, str]


def sort_key(asset: Asset, sort: Sort) -> SortKey:
    """Returns the key that sorts an asset."""
    match sort:
        case Sort.NAME:
            return texts.folded(asset.name), asset.asset_id
        case Sort.PRICE:
            return -asset.price, asset.asset_id
        case Sort.CHANGE:
            return -asset.price_change_24h, asset.asset_id
        case Sort.RANK:
            return asset.market_cap_rank, asset.asset_id


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Selects assets: of a category ("" for all), whose id or name contains `search` in any case."""

    search: str = ""
    category: str = ""
    show_inactive: bool = False

    def select(self, assets: Iterable[Asset], sort: Sort) -> list[Asset]:
        """Returns the assets that match, sorted."""
        wanted = texts.folded(self.search)
        found = (
            asset
            for asset in assets
            if (asset.is_active or self.show_inactive)
            and (not self.category or asset.category == self.category)
            and (wanted in texts.folded(asset.asset_id) or wanted in texts.folded(asset.name))
        )
        return sorted(found, key=lambda asset: sort_key(asset, sort))


def asset_not_found(asset_id: str) -> NotFound:
    """Returns the error for an asset that is not in the catalogue."""
    text = f"asset {asset_id} does not exist; list the assets to find its id"
    return NotFound("ASSET_NOT_FOUND", text, asset_id=asset_id)


def asset_exists(asset_id: str) -> AlreadyExists:
    """Returns the error for an asset that is created a second time."""
    return AlreadyExists("ASSET_EXISTS", f"asset {asset_id} exists already; update it instead")


def rank_taken(rank: int, holder: str = "another asset") -> AlreadyExists:
    """Returns the error for a rank that another asset has."""
    text = f"{holder} has rank {rank}; choose a free rank, or give {holder} another one first"
    return AlreadyExists("RANK_TAKEN", text, rank=str(rank))
