"""The prices that admins set, which do not move on their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from services.inventory.catalogue.domain import Asset
from services.prices.frame import Source


class FixedSource:
    """A PriceSource of the prices in the catalogue."""

    kind = Source.FIXED

    def middles(self, assets: Collection[Asset], at: datetime) -> Mapping[str, Decimal]:
        """Returns the prices that were set; the moment does not matter."""
        return {asset.asset_id: asset.price for asset in assets}
