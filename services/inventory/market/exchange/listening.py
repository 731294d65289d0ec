"""Listens to an exchange. Only the publisher of prices does so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from decimal import Decimal

from services.inventory.market.exchange.client import Exchange
from services.inventory.market.exchange.quotes import ExchangeSilentError, ExchangeSource, Ticker, middle_of

SILENCE_SECONDS = 10.0  # after which a connection counts as broken, although it is open
_POLL_SECONDS = 1.0  # of an exchange without a stream
_PAUSES_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)  # before the next connection

logger = logging.getLogger("cnop.exchange")


class ExchangeListener:
    """Hands the quotes of an exchange to the source, and connects again when it breaks or falls silent."""

    def __init__(
        self,
        connect: Callable[[], Exchange],
        source: ExchangeSource,
        asset_ids: Callable[[], Collection[str]],
        currency: str,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self._connect = connect
        self._source = source
        self._asset_ids = asset_ids
        self._currency = currency
        self._silence_seconds = silence_seconds
        self._failures = 0

    async def run(self) -> None:
        """Listens until cancelled."""
        while True:
            try:
                await self.listen()
            except Exception as error:  # of the network, the exchange or ccxt: the next connection may work
                logger.warning("the exchange cannot be heard", extra={"why": repr(error)})
            await asyncio.sleep(_PAUSES_SECONDS[min(self._failures, len(_PAUSES_SECONDS) - 1)])
            self._failures += 1

    async def listen(self) -> None:
        """Listens to one connection until it ends. Raises what ended it, ExchangeSilentError after a silence."""
        async with self._connected() as exchange:
            await exchange.load_markets()
            symbols = self._symbols(exchange)
            # A stream may tell only what changes: the prices of the time before come from a request.
            self._source.begin(self._middles(await exchange.fetch_tickers(symbols)))
            while symbols == self._symbols(exchange):  # a new asset needs a new subscription
                self._source.note(self._middles(await self._next(exchange, symbols)))
                self._failures = 0

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Exchange]:
        exchange = self._connect()
        try:
            yield exchange
        finally:
            await exchange.close()

    def _symbols(self, exchange: Exchange) -> list[str]:
        """Returns the symbols of the assets that the exchange has. Raises LookupError if it has none of them."""
        wanted = (f"{asset_id}/{self._currency}" for asset_id in sorted(self._asset_ids()))
        symbols = [symbol for symbol in wanted if symbol in (exchange.markets or ())]
        if not symbols:
            raise LookupError(f"the exchange has no asset of the catalogue against {self._currency}")
        return symbols

    async def _next(self, exchange: Exchange, symbols: list[str]) -> Mapping[str, Ticker]:
        """Returns the next news. Raises ExchangeSilentError if there is none."""
        try:
            async with asyncio.timeout(self._silence_seconds):
                if exchange.has.get("watchBidsAsks"):
                    return await exchange.watch_bids_asks(symbols)
                if exchange.has.get("watchTickers"):
                    return await exchange.watch_tickers(symbols)
                await asyncio.sleep(_POLL_SECONDS)
                return await exchange.fetch_tickers(symbols)
        except TimeoutError:
            raise ExchangeSilentError("the exchange is connected but silent") from None

    def _middles(self, tickers: Mapping[str, Ticker]) -> dict[str, Decimal]:
        suffix = f"/{self._currency}"
        middles = {symbol.removesuffix(suffix): middle_of(ticker) for symbol, ticker in tickers.items()}
        return {asset_id: middle for asset_id, middle in middles.items() if middle is not None}
