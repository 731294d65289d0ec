"""A server that speaks as much of the public API of Kraken as prices need: REST, and version 2 of its WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

PAIRS = {"XXBTZUSD": ("XBT/USD", "XXBT", "BTC"), "SOLUSD": ("SOL/USD", "SOL", "SOL")}


@dataclass
class FakeKraken:
    """Sends the quotes that a test puts in, to the symbols that a client has subscribed to."""

    rest: dict[str, tuple[str, str]] = field(default_factory=dict)  # bid and ask by pair
    minutes: list[list[Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # the intervals of candles
    subscribed: asyncio.Queue[list[str]] = field(default_factory=asyncio.Queue)
    connections: list[web.WebSocketResponse] = field(default_factory=list)
    url: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """What leads ccxt here."""
        stream = self.url.replace("http", "ws") + "/v2"
        return {"urls": {"api": {"public": self.url, "ws": {"publicV2": stream}}}}

    async def quote(self, symbol: str, bid: float, ask: float) -> None:
        """Sends a quote to the newest client."""
        data = {"symbol": symbol, "bid": bid, "bid_qty": 1.5, "ask": ask, "ask_qty": 2.5, "last": bid, "volume": 9.0}
        await self.connections[-1].send_json({"channel": "ticker", "type": "update", "data": [data]})

    async def assets(self, request: web.Request) -> web.Response:
        names = {base: name for _, base, name in PAIRS.values()} | {"ZUSD": "USD"}
        return _result({base: {"altname": name, "decimals": 8, "status": "enabled"} for base, name in names.items()})

    async def pairs(self, request: web.Request) -> web.Response:
        return _result(
            {
                pair: {
                    "altname": pair,
                    "wsname": wsname,
                    "base": base,
                    "quote": "ZUSD",
                    "pair_decimals": 2,
                    "lot_decimals": 8,
                    "status": "online",
                }
                for pair, (wsname, base, _) in PAIRS.items()
            }
        )

    async def tickers(self, request: web.Request) -> web.Response:
        wanted = request.query["pair"].split(",")
        return _result(
            {
                pair: {"a": [ask, "1", "1"], "b": [bid, "1", "1"], "c": [bid, "1"], "v": ["1", "1"], "o": bid}
                for pair, (bid, ask) in self.rest.items()
                if pair in wanted
            }
        )

    async def candles(self, request: web.Request) -> web.Response:
        self.asked.append(request.query["interval"])
        since = int(request.query.get("since", "0"))
        return _result({request.query["pair"]: [one for one in self.minutes if one[0] > since], "last": 0})

    async def stream(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        self.connections.append(connection)
        async for message in connection:
            if message.type is WSMsgType.TEXT and json.loads(message.data)["method"] == "subscribe":
                self.subscribed.put_nowait(json.loads(message.data)["params"]["symbol"])
        return connection


def _result(result: dict[str, Any]) -> web.Response:
    return web.json_response({"error": [], "result": result})


@asynccontextmanager
async def kraken() -> AsyncIterator[FakeKraken]:
    """Yields a server that runs."""
    fake = FakeKraken()
    application = web.Application()
    application.router.add_get("/0/public/Assets", fake.assets)
    application.router.add_get("/0/public/AssetPairs", fake.pairs)
    application.router.add_get("/0/public/Ticker", fake.tickers)
    application.router.add_get("/0/public/OHLC", fake.candles)
    application.router.add_get("/v2", fake.stream)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await runner.cleanup()
