"""Stands in for the parts of the market that are not there yet: the frame in the table, and the history of prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import Asset
from services.prices.ports import TableFrame


class NoFrameTable:
    """A table without a frame."""

    async def latest(self) -> TableFrame:
        raise Unavailable("PRICES_UNAVAILABLE", "the table has no prices")


@dataclass(frozen=True, slots=True)
class NoStatistics:
    """The statistics of an asset without history."""

    high_24h: Decimal
    low_24h: Decimal
    history_high: Decimal
    history_low: Decimal
    change_24h: Decimal | None = None
    change_7d: Decimal | None = None
    change_30d: Decimal | None = None


class NoHistory:
    """A history in which each asset has always had the price that was set."""

    async def statistics(self, asset: Asset, now: datetime) -> NoStatistics:
        return NoStatistics(asset.price, asset.price, asset.price, asset.price)
