"""The source of prices that the settings name, and its history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import NamedTuple

from services.common.times import Clock
from services.inventory.market.anchors import Anchors
from services.inventory.market.exchange.backfill import Backfill
from services.inventory.market.exchange.client import exchange_opener
from services.inventory.market.exchange.listening import ExchangeListener
from services.inventory.market.exchange.quotes import ExchangeSource
from services.inventory.market.fixed import FixedSource
from services.inventory.market.history.fixed import FixedHistory
from services.inventory.market.history.ports import History
from services.inventory.market.history.recorder import Recorder
from services.inventory.market.history.simulated import SimulatedHistory
from services.inventory.market.history.store import CandleStore
from services.inventory.market.history.stored import StoredHistory
from services.inventory.market.ports import PriceSource
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.source import SimulatedSource
from services.inventory.settings import ExchangeSettings
from services.prices.feed import Feed
from services.prices.frame import Source


class Prices(NamedTuple):
    """Where prices come from, and what they were before. `duties` are those of the publisher, besides the frames."""

    source: PriceSource
    history: History
    duties: Sequence[Callable[[], Awaitable[None]]] = ()


def prices_of(
    kind: Source, seed: bytes, anchors: Anchors, market_now: Clock, of_exchange: Callable[[], Prices]
) -> Prices:
    """Returns the prices of a kind. Raises StartupError if it is not there.

    Who knows the `seed` of the simulated market knows the prices to come. `market_now` is the time of the newest frame.
    """
    match kind:
        case Source.FIXED:
            return Prices(FixedSource(), FixedHistory(anchors, market_now))
        case Source.SIMULATED:
            market = SimulatedMarket(seed)
            return Prices(SimulatedSource(market), SimulatedHistory(market, anchors, market_now))
        case Source.EXCHANGE:
            return of_exchange()


def exchange_prices(
    config: ExchangeSettings,
    feed: Feed,
    candles: CandleStore,
    asset_ids: Callable[[], Collection[str]],
    market_now: Clock,
) -> Prices:
    """Returns the prices of an exchange. Raises StartupError if ccxt is missing or does not know the exchange."""
    connect = exchange_opener(config.name)
    source = ExchangeSource()
    listener = ExchangeListener(connect, source, asset_ids, config.currency)
    backfill = Backfill(connect, candles, asset_ids, config.currency, market_now)

    async def fill() -> None:
        await feed.newer(0)  # before the first frame there is no time of the market
        await backfill.run()

    duties = listener.run, Recorder(feed, candles).run, fill
    return Prices(source, StoredHistory(candles, feed, market_now), duties)
