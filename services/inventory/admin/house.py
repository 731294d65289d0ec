"""What the house has and what it has earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.inventory.catalogue.domain import StockLevel
from services.inventory.catalogue.listings import Listing, Market


@dataclass(frozen=True, slots=True)
class Position:
    """The stock of an asset; turnover and fees are in dollars."""

    asset_id: str
    price: Decimal
    stock: StockLevel

    @property
    def value(self) -> Decimal:
        """The quantity times the price, in dollars."""
        return money.value_of(self.stock.available, self.price)


@dataclass(frozen=True, slots=True)
class House:
    """All positions, the most valuable first."""

    positions: list[Position]
    market: Market

    @property
    def exposure(self) -> Decimal:
        """The value of all positions."""
        return sum((position.value for position in self.positions), ZERO)

    @property
    def turnover(self) -> Decimal:
        """The value of all fills."""
        return sum((position.stock.turnover for position in self.positions), ZERO)

    @property
    def fees(self) -> Decimal:
        """The fees of all fills."""
        return sum((position.stock.fees for position in self.positions), ZERO)


def house_of(listings: Iterable[Listing], levels: Mapping[str, StockLevel], market: Market) -> House:
    """Returns the house at the prices of the listings, from the current stock by asset."""
    positions = [
        Position(one.asset.asset_id, one.price.middle, levels.get(one.asset.asset_id, StockLevel())) for one in listings
    ]
    return House(sorted(positions, key=lambda one: (one.value.copy_negate(), one.asset_id)), market)
