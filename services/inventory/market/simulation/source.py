"""Prices of the simulated market."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from services.inventory.market.anchors import Anchored
from services.inventory.market.simulation.courses import Course
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.paths import Walker
from services.inventory.market.simulation.steps import DAY, step_at
from services.prices.frame import Source


class _Reader:
    """Reads the course of an asset, mostly step by step."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._walker = Walker(course.path, course.day)

    def price(self, step: int) -> Decimal:
        """Returns the price at a step."""
        return self.course.price(step // DAY, self._walker.value(step))


class SimulatedSource:
    """A PriceSource that needs nothing but the seed: a standby goes on where the publisher before it stopped."""

    kind = Source.SIMULATED

    def __init__(self, market: SimulatedMarket) -> None:
        self._market = market
        self._readers: dict[str, _Reader] = {}

    def middles(self, assets: Collection[Anchored], at: datetime) -> Mapping[str, Decimal]:
        """Returns the prices of assets at a moment."""
        step = step_at(at)
        return {asset.asset_id: self._reader(asset).price(step) for asset in assets}

    def _reader(self, asset: Anchored) -> _Reader:
        course = self._market.course(asset.asset_id, asset.category, asset.price, asset.priced_at)
        reader = self._readers.get(asset.asset_id)
        if reader is None or reader.course is not course:
            reader = self._readers[asset.asset_id] = _Reader(course)
        return reader
