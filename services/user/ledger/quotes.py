"""Prices, from the inventory service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import grpc
from cnop.inventory.v1 import stock_service_pb2, stock_service_pb2_grpc

from services.common import money
from services.common.rpc import call

_TIMEOUT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Quote:
    """The name and the price (dollars a unit) of an asset."""

    name: str
    price: Decimal


class Quotes:
    """Asks the inventory service."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = stock_service_pb2_grpc.StockServiceStub(channel)

    async def of(self, asset_ids: Iterable[str]) -> dict[str, Quote]:
        """The quotes of assets by id; those that are not in the catalogue are left out."""
        wanted = stock_service_pb2.BatchGetQuotesRequest(asset_ids=asset_ids)
        if not wanted.asset_ids:
            return {}
        answer = await self._stub.BatchGetQuotes(
            wanted, timeout=call.remaining_seconds(_TIMEOUT_SECONDS), metadata=call.as_service()
        )
        return {quote.asset_id: Quote(quote.name, money.parse(quote.price_usd)) for quote in answer.quotes}
