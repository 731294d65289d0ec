"""The gRPC method of candles."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from cnop.inventory.v1 import asset_pb2, inventory_service_pb2

from services.common import money, times
from services.inventory.market.history.domain import Candle, Interval
from services.inventory.market.history.usecases import CandleLists
from services.prices.frame import Source

_INTERVALS = {"": Interval.HOUR, "1m": Interval.MINUTE, "1h": Interval.HOUR, "1d": Interval.DAY}
_SIZE = 200  # unless the request says another one
_AT_ONCE = 100  # converted before other calls have their turn


@dataclass(frozen=True)
class CandleServicer:
    """ListCandles of cnop.inventory.v1.InventoryService. `source` is where the candles come from."""

    candles: CandleLists
    source: Source

    async def list(
        self, request: inventory_service_pb2.ListCandlesRequest
    ) -> inventory_service_pb2.ListCandlesResponse:
        candles = await self.candles.list(
            request.asset_id,
            _INTERVALS[request.interval],
            times.moment(request.start_time) if request.HasField("start_time") else None,
            times.moment(request.end_time) if request.HasField("end_time") else None,
            request.page_size or _SIZE,
        )
        response = inventory_service_pb2.ListCandlesResponse(price_source=asset_pb2.PriceSource.Value(self.source))
        for index in range(0, len(candles), _AT_ONCE):
            response.candles.extend(map(_message, candles[index : index + _AT_ONCE]))
            await asyncio.sleep(0)
        return response


def _message(candle: Candle) -> asset_pb2.Candle:
    return asset_pb2.Candle(
        start_time=times.timestamp(candle.start),
        open=money.price(candle.open),
        high=money.price(candle.high),
        low=money.price(candle.low),
        close=money.price(candle.close),
    )
