"""The messages of streams of prices."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cnop.inventory.v1 import asset_pb2
from cnop.inventory.v1 import inventory_service_pb2 as pb

from services.common import money
from services.common.times import timestamp
from services.prices.frame import AssetPrice, Frame, Status

Kind = pb.WatchPricesResponse.Kind

_STATUSES = {status: asset_pb2.TradingStatus.Value(status) for status in Status}


class Shown(NamedTuple):
    """What is shown: a frame, and whether its prices are too old to trade at."""

    frame: Frame
    is_stale: bool


def message(kind: Kind.ValueType, shown: Shown, assets: Iterable[str] = ()) -> bytes:
    """Returns a message with the prices of `assets`, which must be in the frame, in their order."""
    frame = shown.frame
    return pb.WatchPricesResponse(
        kind=kind,
        seq=frame.seq,
        as_of=timestamp(frame.as_of),
        price_source=asset_pb2.PriceSource.Value(frame.source),
        is_stale=shown.is_stale,
        is_halted=frame.is_halted,
        prices=[_price(asset_id, frame.prices[asset_id]) for asset_id in assets],
    ).SerializeToString()


def nothing_known() -> bytes:
    """Returns a heartbeat for the time before any prices are known."""
    return pb.WatchPricesResponse(kind=Kind.HEARTBEAT, is_stale=True).SerializeToString()


def end(reason: str) -> pb.WatchPricesResponse:
    """Returns the last message of a stream."""
    return pb.WatchPricesResponse(kind=Kind.END, end_reason=reason)


def _price(asset_id: str, price: AssetPrice) -> pb.WatchPricesResponse.Price:
    return pb.WatchPricesResponse.Price(
        asset_id=asset_id,
        price_usd=_text(price.middle),
        bid=_text(price.bid),
        ask=_text(price.ask),
        trading_status=_STATUSES[price.status],
    )


@functools.lru_cache(2048)  # groups of streams share assets
def _text(price: Decimal) -> str:
    return money.price(price)
