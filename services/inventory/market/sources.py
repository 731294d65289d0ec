"""The source of prices that the settings name, and its history."""

from __future__ import annotations

from typing import NamedTuple

from services.common.startup import StartupError
from services.common.times import Clock
from services.inventory.market.anchors import Anchors
from services.inventory.market.fixed import FixedSource
from services.inventory.market.history.fixed import FixedHistory
from services.inventory.market.history.ports import History
from services.inventory.market.history.simulated import SimulatedHistory
from services.inventory.market.ports import PriceSource
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.source import SimulatedSource
from services.prices.frame import Source


class Prices(NamedTuple):
    """Where prices come from, and what they were before."""

    source: PriceSource
    history: History


def prices_of(kind: Source, seed: bytes, anchors: Anchors, market_now: Clock) -> Prices:
    """Returns the prices of a kind. Raises StartupError if it is not there.

    Who knows the `seed` of the simulated market knows the prices to come. `market_now` is the time of the newest frame.
    """
    match kind:
        case Source.FIXED:
            return Prices(FixedSource(), FixedHistory(anchors, market_now))
        case Source.SIMULATED:
            market = SimulatedMarket(seed)
            return Prices(SimulatedSource(market), SimulatedHistory(market, anchors, market_now))
        case _:
            raise StartupError(f"CNOP_PRICE_SOURCE: {kind.lower()} is not available in this version")
