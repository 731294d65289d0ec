"""What the market needs from its sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.inventory.catalogue.domain import Asset
from services.prices.frame import Source


class PriceSource(Protocol):
    """Where the prices of assets come from."""

    @property
    def kind(self) -> Source:
        """What readers are told about the prices."""
        ...

    def middles(self, assets: Collection[Asset], at: datetime) -> Mapping[str, Decimal]:
        """Returns the prices at a moment, by asset, in dollars above 0 with at most 8 decimals.

        May lack assets that have none. Raises any exception if it knows no current prices.
        """
        ...
