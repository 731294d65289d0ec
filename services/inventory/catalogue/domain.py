"""Assets: what they are, what rules their orders follow, how they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import AlreadyExists, InvalidArgument, NotFound
from services.prices.frame import Status

INCREMENT = money.SATOSHI  # of quantities and prices, unless an asset has another
ORDER_VALUE_MIN = Decimal("1.00")
ORDER_VALUE_MAX = Decimal("1000000.00")

_INCREMENT_SHARE = Decimal("0.1")  # of a price: the most that an increment may be
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset of the catalogue. Prices and values are in dollars.

    `price` is the anchor of the market price, which starts there at `priced_at` and moves on.
    """

    asset_id: str
    name: str
    description: str
    category: str
    price: Decimal
    priced_at: datetime
    circulating_supply: Decimal
    max_supply: Decimal | None
    is_active: bool
    image: str
    updated_at: datetime
    available: Decimal  # the stock
    quantity_increment: Decimal = INCREMENT
    price_increment: Decimal = INCREMENT
    order_value_min: Decimal = ORDER_VALUE_MIN
    order_value_max: Decimal = ORDER_VALUE_MAX
    trading_status: Status = Status.TRADING  # as set by an admin

    @property
    def status(self) -> Status:
        """What may be done with the asset as far as the catalogue says; the market may be halted."""
        return self.trading_status if self.is_active else Status.HALTED

    def changed(self, fields: Mapping[str, Any], now: datetime) -> Asset:
        """Returns the asset with new values of some fields.

        `updated_at` increases even if the clock does not, so that the latest price of the history is the current one.
        """
        updated_at = max(now, self.updated_at + _TICK)
        priced_at = updated_at if "price" in fields else self.priced_at
        return replace(self, **fields, updated_at=updated_at, priced_at=priced_at)

    def stocked(self, level: StockLevel | None) -> Asset:
        """Returns the asset with this stock; None stands for an empty one."""
        return replace(self, available=level.available if level else ZERO)

    def check(self) -> None:
        """Raises InvalidArgument if values do not fit together."""
        self.check_supply()
        self.check_order_values()
        self.check_price_increment()

    def check_supply(self) -> None:
        """Raises InvalidArgument if more units circulate than will ever exist."""
        if self.max_supply is not None and self.max_supply < self.circulating_supply:
            raise InvalidArgument(("max_supply", "must be at least circulating_supply, or empty"))

    def check_order_values(self) -> None:
        """Raises InvalidArgument if no order could have a value that is allowed."""
        if self.order_value_max < self.order_value_min:
            raise InvalidArgument(("order_value_max", "must be at least order_value_min"))

    def check_price_increment(self) -> None:
        """Raises InvalidArgument if bid and ask, which are multiples of it, would be far from the price."""
        most = max(INCREMENT, money.EXACT.multiply(self.price, _INCREMENT_SHARE))
        if self.price_increment > most:
            raise InvalidArgument(("price_increment", "must be at most a tenth of the price"))


class StockLevel(NamedTuple):
    """The stock of an asset, and the value and the fees of all its fills, in dollars."""

    available: Decimal = ZERO
    turnover: Decimal = ZERO
    fees: Decimal = ZERO


class CatalogueState(NamedTuple):
    """The version of the catalogue, which rises with every change, and whether the whole market is halted."""

    version: int = 0
    is_halted: bool = False


class Price(NamedTuple):
    """A price in dollars per unit, and since when it applies."""

    effective_at: datetime
    price: Decimal


def asset_not_found(asset_id: str) -> NotFound:
    """Returns the error for an asset that is not in the catalogue."""
    text = f"asset {asset_id} does not exist; list the assets to find its id"
    return NotFound("ASSET_NOT_FOUND", text, asset_id=asset_id)


def asset_exists(asset_id: str) -> AlreadyExists:
    """Returns the error for an asset that is created a second time."""
    return AlreadyExists("ASSET_EXISTS", f"asset {asset_id} exists already; update it instead")
