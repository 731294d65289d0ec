"""What an exchange has said last about each asset."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.common.money import EXACT, SATOSHI
from services.inventory.market.anchors import Anchored
from services.prices.frame import Source

SILENT_SECONDS_MAX = 5.0
_PRICE_MAX = 10**10  # dollars; above it the number is no price

Ticker = Mapping[str, Any]  # as ccxt unifies those of all exchanges


class ExchangeSilentError(Exception):
    """The exchange has not been heard of for too long."""


def middle_of(ticker: Ticker) -> Decimal | None:
    """Returns the middle of bid and ask to 8 decimals, without them the last price; None if there is no price."""
    bid, ask = _positive(ticker.get("bid")), _positive(ticker.get("ask"))
    if bid is not None and ask is not None and bid <= ask:
        price: Decimal | None = EXACT.divide(EXACT.add(bid, ask), Decimal(2))
    else:
        price = _positive(ticker.get("last"))
    return None if price is None else max(price.quantize(SATOSHI, context=EXACT), SATOSHI)


def _positive(number: object) -> Decimal | None:
    """Converts a number of ccxt, of which any may be missing."""
    if not isinstance(number, int | float):
        return None
    value = Decimal(str(number))
    return value if value.is_finite() and 0 < value < _PRICE_MAX else None


class ExchangeSource:
    """A PriceSource of the latest quotes. Bid and ask of a quiet market hold until the exchange says otherwise."""

    kind = Source.EXCHANGE

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._middles: dict[str, Decimal] = {}
        self._heard_at = float("-inf")

    def note(self, middles: Mapping[str, Decimal]) -> None:
        """Takes new quotes."""
        self._middles.update(middles)
        self._heard_at = self._monotonic()

    def begin(self, middles: Mapping[str, Decimal]) -> None:
        """Takes the quotes of a new connection, and forgets all others."""
        self._middles.clear()
        self.note(middles)

    def middles(self, assets: Collection[Anchored], at: datetime) -> Mapping[str, Decimal]:
        """Returns the current prices, without the assets that the exchange does not have.

        Raises ExchangeSilentError if the exchange has said nothing about any asset for some seconds.
        """
        if self._monotonic() - self._heard_at > SILENT_SECONDS_MAX:
            raise ExchangeSilentError("the exchange is silent")
        return {asset.asset_id: self._middles[asset.asset_id] for asset in assets if asset.asset_id in self._middles}
