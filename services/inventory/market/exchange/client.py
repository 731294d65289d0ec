"""The client of a public exchange: ccxt, which is optional (requirements/exchange.txt)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol

from services.common.startup import StartupError
from services.inventory.market.exchange.quotes import Ticker


class Exchange(Protocol):
    """The part of ccxt.pro that is used here. A symbol is BASE/QUOTE."""

    has: Mapping[str, Any]
    markets: Mapping[str, Any] | None

    async def load_markets(self) -> Any: ...
    async def fetch_tickers(self, symbols: list[str]) -> Mapping[str, Ticker]: ...
    async def watch_tickers(self, symbols: list[str]) -> Mapping[str, Ticker]: ...
    async def watch_bids_asks(self, symbols: list[str]) -> Mapping[str, Ticker]: ...
    async def fetch_ohlcv(
        self, symbol: str, timeframe: str, since: int, limit: int
    ) -> list[tuple[int, float, float, float, float, float]]: ...
    async def close(self) -> None: ...


def exchange_opener(name: str, **options: Any) -> Callable[[], Exchange]:
    """Returns what opens a connection to an exchange. Raises StartupError if ccxt is missing or does not know it."""
    try:
        pro = import_module("ccxt.pro")
    except ImportError:
        text = "prices of an exchange need ccxt: pip install --require-hashes -r requirements/exchange.txt"
        raise StartupError(text) from None
    if name not in pro.exchanges:
        raise StartupError(f"ccxt knows no exchange {name!r} with a stream of prices; its manual lists them")
    kind: Callable[[dict[str, Any]], Exchange] = getattr(pro, name)
    return lambda: kind({"enableRateLimit": True, **options})
