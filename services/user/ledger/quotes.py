"""Prices from the inventory service."""

from __future__ import annotations

from collections.abc import Iterable

import grpc
from cnop.inventory.v1 import asset_pb2, stock_service_pb2, stock_service_pb2_grpc

from services.common import money
from services.common.rpc import call
from services.prices.frame import Source
from services.user.ledger.domain import Quote

_TIMEOUT_SECONDS = 2.0
_SOURCES = {asset_pb2.PriceSource.Value(source): source for source in Source}


class InventoryQuotes:
    """Gets quotes from the inventory service."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = stock_service_pb2_grpc.StockServiceStub(channel)

    async def get(self, asset_ids: Iterable[str]) -> dict[str, Quote]:
        """Returns quotes by asset id, without those that are not in the catalogue. Raises AioRpcError."""
        request = stock_service_pb2.BatchGetQuotesRequest(asset_ids=asset_ids)
        if not request.asset_ids:
            return {}
        response = await self._stub.BatchGetQuotes(
            request, timeout=call.remaining_seconds(_TIMEOUT_SECONDS), metadata=call.as_service()
        )
        return {quote.asset_id: _quote(quote) for quote in response.quotes}


def _quote(quote: stock_service_pb2.Quote) -> Quote:
    source = _SOURCES.get(quote.price_source)
    return Quote(quote.name, money.parse(quote.price_usd), source, quote.is_price_stale)
