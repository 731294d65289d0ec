"""A frame: the prices and the trading status of all assets at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from cnop.inventory.v1 import asset_pb2, price_frame_pb2

from services.common.money import EXACT
from services.common.times import moment, timestamp

_PLACES = 8  # on the wire, prices are whole units of 10^-8 dollars


class Status(StrEnum):
    """What may be done with an asset."""

    TRADING = "TRADING"
    SELL_ONLY = "SELL_ONLY"
    HALTED = "HALTED"


class Source(StrEnum):
    """Where prices come from."""

    SIMULATED = "SIMULATED"
    FIXED = "FIXED"
    EXCHANGE = "EXCHANGE"


@dataclass(frozen=True, slots=True)
class AssetPrice:
    """The price of one unit of an asset, in dollars. Users sell at the bid and buy at the ask."""

    middle: Decimal
    bid: Decimal
    ask: Decimal
    status: Status


@dataclass(frozen=True, slots=True)
class Frame:
    """The prices of all assets, by id. `seq` rises with every frame, `catalogue_version` with every change of one."""

    seq: int
    as_of: datetime
    source: Source
    is_halted: bool
    catalogue_version: int
    prices: Mapping[str, AssetPrice]


def pack(frame: Frame) -> bytes:
    """Serializes a frame."""
    return frame_message(frame).SerializeToString()


def unpack(data: bytes) -> Frame:
    """Parses a frame. Raises ValueError if the bytes are none."""
    try:
        return frame_of(price_frame_pb2.PriceFrame.FromString(data))
    except Exception as error:  # DecodeError, and the ValueError of an enum, a clock or a status that is not set
        raise ValueError("not a frame of prices") from error


def frame_message(frame: Frame) -> price_frame_pb2.PriceFrame:
    """Converts a frame for the wire."""
    return price_frame_pb2.PriceFrame(
        seq=frame.seq,
        as_of=timestamp(frame.as_of),
        source=asset_pb2.PriceSource.Value(frame.source),
        is_halted=frame.is_halted,
        catalogue_version=frame.catalogue_version,
        prices=[
            price_frame_pb2.AssetPrice(
                asset_id=asset_id,
                middle=_units(price.middle),
                bid=_units(price.bid),
                ask=_units(price.ask),
                status=_STATUS_NUMBERS[price.status],
            )
            for asset_id, price in sorted(frame.prices.items())
        ],
    )


def frame_of(message: price_frame_pb2.PriceFrame) -> Frame:
    """Converts a frame from the wire. Raises ValueError for a value that is not known."""
    return Frame(
        seq=message.seq,
        as_of=moment(message.as_of),
        source=Source(asset_pb2.PriceSource.Name(message.source)),
        is_halted=message.is_halted,
        catalogue_version=message.catalogue_version,
        prices=_Received(message.prices),
    )


class _Received(Mapping[str, AssetPrice]):
    """Prices from the wire. One is converted when it is first looked up: an order needs one of 200."""

    def __init__(self, messages: Iterable[price_frame_pb2.AssetPrice]) -> None:
        """Raises ValueError for a status that is not known."""
        self._messages = {message.asset_id: message for message in messages}
        self._converted: dict[str, AssetPrice] = {}
        unknown = {message.status for message in self._messages.values()} - _STATUSES.keys()
        if unknown:
            raise ValueError(f"trading status {min(unknown)}")

    def __getitem__(self, asset_id: str) -> AssetPrice:
        price = self._converted.get(asset_id)
        if price is None:
            message = self._messages[asset_id]
            price = self._converted[asset_id] = AssetPrice(
                _dollars(message.middle), _dollars(message.bid), _dollars(message.ask), _STATUSES[message.status]
            )
        return price

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


_STATUS_NUMBERS = {status: asset_pb2.TradingStatus.Value(status) for status in Status}
_STATUSES = {int(number): status for status, number in _STATUS_NUMBERS.items()}


def _units(price: Decimal) -> int:
    return int(price.scaleb(_PLACES, EXACT))


def _dollars(units: int) -> Decimal:
    return Decimal(units).scaleb(-_PLACES, EXACT)
