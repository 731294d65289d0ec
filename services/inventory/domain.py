"""Assets, how they are found and sorted, and what may happen to their stock."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from services.common import money
from services.common.rpc.errors import FailedPrecondition, ServiceError


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset of the catalogue. Prices are dollars a unit."""

    asset_id: str
    name: str
    description: str
    category: str
    price: Decimal
    price_change_24h: Decimal
    market_cap_rank: int
    circulating_supply: Decimal
    max_supply: Decimal | None
    is_active: bool
    image: str
    updated_at: datetime
    available: Decimal

    @property
    def market_cap(self) -> Decimal:
        """Price times circulating supply, in dollars."""
        return money.value_of(self.circulating_supply, self.price)


class Sort(StrEnum):
    RANK = "rank"
    NAME = "name"
    PRICE = "price"
    CHANGE = "change"


# The asset id makes each key unique, so that a page can start right after the key on which the last one ended.
SortKey = tuple[Decimal | int | str, str]


def sort_key(asset: Asset, sort: Sort) -> SortKey:
    """The place of an asset in an order."""
    match sort:
        case Sort.NAME:
            return asset.name.casefold(), asset.asset_id
        case Sort.PRICE:
            return -asset.price, asset.asset_id
        case Sort.CHANGE:
            return -asset.price_change_24h, asset.asset_id
        case Sort.RANK:
            return asset.market_cap_rank, asset.asset_id


def select(assets: Iterable[Asset], search: str, category: str, sort: Sort) -> list[Asset]:
    """The assets whose symbol or name holds `search`, of a category ("" for all), in an order."""
    wanted = search.casefold()
    found = (
        asset
        for asset in assets
        if (not category or asset.category == category)
        and (wanted in asset.asset_id.casefold() or wanted in asset.name.casefold())
    )
    return sorted(found, key=lambda asset: sort_key(asset, sort))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one order that moves stock. The id names it for ever; `change` is what it adds to the stock."""

    effect_id: str
    order_id: str
    asset_id: str
    change: Decimal

    @property
    def body(self) -> tuple[str, Decimal]:
        """What a replay must say again."""
        return self.asset_id, self.change


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first and final outcome of a step: done, or why not."""

    step: Step
    refusal: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an admin changes about an asset. The id names it for ever; `body` tells a replay from another change."""

    change_id: str
    asset_id: str
    actor_id: str
    request_id: str
    body: str


def spread(quantity: Decimal, shards: int) -> list[Decimal]:
    """A quantity in equal parts of whole 10^-8, the rest in the first."""
    part = (quantity / shards).quantize(money.SATOSHI, rounding=ROUND_DOWN, context=money.EXACT)
    return [quantity - part * (shards - 1), *[part] * (shards - 1)]


def shard_of(step: Step, shards: int) -> int:
    """The shard where a step starts: the steps of all orders spread evenly."""
    return zlib.crc32(step.order_id.encode()) % shards


def out_of_stock(step: Step) -> FailedPrecondition:
    """The refusal of a step that the stock does not cover."""
    needed = money.quantity(-step.change)
    return FailedPrecondition("OUT_OF_STOCK", f"{needed} {step.asset_id} are not in stock", needed=needed)


def voided(step: Step) -> FailedPrecondition:
    """The refusal of a step that was undone before it came."""
    return FailedPrecondition("STOCK_VOIDED", "the order was undone", order_id=step.order_id)
