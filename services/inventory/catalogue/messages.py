"""Converts assets and the market for the wire."""

from __future__ import annotations

import functools
from decimal import Decimal

from cnop.inventory.v1 import asset_pb2

from services.common import money
from services.common.times import timestamp
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.listings import Listing, Market, Statistics
from services.prices.frame import Source

_ASSETS_MAX = 4096  # whose lasting fields are kept


def asset_message(listing: Listing, market: Market) -> asset_pb2.Asset:
    """Converts an asset with its price."""
    message = asset_pb2.Asset()
    message.CopyFrom(_lasting(listing.asset, listing.statistics))
    message.market_cap = money.dollars(listing.market_cap)
    message.market_cap_rank = listing.rank
    message.volume_24h = money.dollars(listing.volume_24h)
    message.price_change_percentage_24h = percent(listing.change_24h)
    _set_price(message, listing, market)
    return message


@functools.lru_cache(_ASSETS_MAX)
def _lasting(asset: Asset, statistics: Statistics | None) -> asset_pb2.Asset:
    """Returns what does not change with each price. Callers share it, so they must not change it."""
    message = _described(asset)
    if statistics is not None:
        _set_statistics(message, statistics)
    return message


def _described(asset: Asset) -> asset_pb2.Asset:
    return asset_pb2.Asset(
        asset_id=asset.asset_id,
        name=asset.name,
        description=asset.description,
        category=asset.category,
        circulating_supply=money.quantity(asset.circulating_supply),
        max_supply=money.quantity(asset.max_supply) if asset.max_supply is not None else "",
        available_quantity=money.quantity(asset.available),
        is_active=asset.is_active,
        image=asset.image,
        updated_at=timestamp(asset.updated_at),
        quantity_increment=money.quantity(asset.quantity_increment),
        price_increment=money.quantity(asset.price_increment),
        order_value_min=money.dollars(asset.order_value_min),
        order_value_max=money.dollars(asset.order_value_max),
    )


def _set_price(message: asset_pb2.Asset, listing: Listing, market: Market) -> None:
    price = listing.price
    message.price_usd = money.price(price.middle)
    message.bid = money.price(price.bid)
    message.ask = money.price(price.ask)
    message.trading_status = asset_pb2.TradingStatus.Value(price.status)
    message.price_seq = market.seq
    message.price_source = source_value(market.source)
    message.is_price_stale = market.is_stale
    if market.as_of is not None:
        message.price_as_of.CopyFrom(timestamp(market.as_of))


def _set_statistics(message: asset_pb2.Asset, statistics: Statistics) -> None:
    message.high_24h = money.price(statistics.high_24h)
    message.low_24h = money.price(statistics.low_24h)
    message.price_change_percentage_7d = _optional_percent(statistics.change_7d)
    message.price_change_percentage_30d = _optional_percent(statistics.change_30d)
    message.history_high = money.price(statistics.history_high)
    message.history_low = money.price(statistics.history_low)


def market_message(market: Market) -> asset_pb2.Market:
    """Converts the state of the market."""
    return asset_pb2.Market(
        is_halted=market.is_halted,
        price_source=source_value(market.source),
        price_seq=market.seq,
        price_as_of=timestamp(market.as_of) if market.as_of is not None else None,
        is_price_stale=market.is_stale,
    )


def source_value(source: Source | None) -> asset_pb2.PriceSource.ValueType:
    """Returns the value of a source on the wire."""
    return asset_pb2.PriceSource.Value(source) if source else asset_pb2.PRICE_SOURCE_UNSPECIFIED


def percent(change: Decimal) -> str:
    """Formats a change in percent: two decimals, and no minus sign before a zero."""
    return f"{change:.2f}" if round(change, 2) else "0.00"


def _optional_percent(change: Decimal | None) -> str:
    return "" if change is None else percent(change)
