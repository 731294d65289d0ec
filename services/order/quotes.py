"""Quotes: the current price of an asset for a side, with its rules and the fee."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.common.money import ZERO
from services.common.rpc.errors import Unavailable
from services.order.domain import Quote, Side
from services.order.ports import Inventory, Prices
from services.prices.frame import AssetPrice, Frame


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee of each side, in percent of the amount."""

    buy_percent: Decimal = ZERO
    sell_percent: Decimal = ZERO


@dataclass(frozen=True)
class Quotes:
    """Quotes assets. A quote is never older than what a client can have seen before it made its call."""

    prices: Prices
    inventory: Inventory
    fees: Fees = Fees()

    async def quote(self, asset_id: str, side: Side) -> Quote:
        """Returns the price at which an order would be filled now: a buy at the ask, a sell at the bid.

        Raises NotFound ASSET_NOT_FOUND, and Unavailable PRICES_UNAVAILABLE if the current price is not known.
        """
        frame = await self.prices.current()
        listing = await self.inventory.listing(asset_id, frame.catalogue_version)
        price = _price(frame, asset_id)
        is_buy = side is Side.BUY
        return Quote(
            asset_id,
            price.ask if is_buy else price.bid,
            is_active=listing.is_active,
            rules=listing.rules,
            status=price.status,
            is_market_halted=frame.is_halted,
            fee_percent=self.fees.buy_percent if is_buy else self.fees.sell_percent,
            seq=frame.seq,
            as_of=frame.as_of,
            source=frame.source,
        )


def _price(frame: Frame, asset_id: str) -> AssetPrice:
    try:
        return frame.prices[asset_id]
    except KeyError:
        text = f"the current price of {asset_id} is not known; try again"
        raise Unavailable("PRICES_UNAVAILABLE", text) from None
