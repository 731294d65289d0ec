"""Catalogue commands: assets, asset."""

from __future__ import annotations

from typing import Any, get_args

import click
from cnop.inventory.v1 import asset_pb2

from cnop_client.cli.completion import asset_ids, categories
from cnop_client.cli.options import first, limited, page_size, settings, windowed
from cnop_client.cli.output import Column, enum, moment, percent, show_json, show_list, show_one, table, write
from cnop_client.cli.sources import source, source_and_age
from cnop_client.operations import Interval, Sort


def _range(low: str, high: str) -> str:
    return f"{low} to {high}" if high else ""


ASSETS = (
    Column[asset_pb2.Asset]("RANK", lambda it: str(it.market_cap_rank), is_number=True),
    Column[asset_pb2.Asset]("ASSET", lambda it: it.asset_id),
    Column[asset_pb2.Asset]("NAME", lambda it: it.name),
    Column[asset_pb2.Asset]("CATEGORY", lambda it: it.category),
    Column[asset_pb2.Asset]("PRICE", lambda it: it.price_usd, is_number=True),
    Column[asset_pb2.Asset]("FROM", lambda it: source(it.price_source)),
    Column[asset_pb2.Asset]("24 H", lambda it: percent(it.price_change_percentage_24h), is_number=True, is_signed=True),
    Column[asset_pb2.Asset]("AVAILABLE", lambda it: it.available_quantity, is_number=True),
)
ASSET = (
    Column[asset_pb2.Asset]("asset", lambda it: it.asset_id),
    Column[asset_pb2.Asset]("name", lambda it: it.name),
    Column[asset_pb2.Asset]("category", lambda it: it.category),
    Column[asset_pb2.Asset]("price", lambda it: it.price_usd),
    Column[asset_pb2.Asset]("bid and ask", lambda it: f"{it.bid} to {it.ask}"),
    Column[asset_pb2.Asset]("prices", source_and_age),
    Column[asset_pb2.Asset]("trading", lambda it: enum(asset_pb2.TradingStatus, it.trading_status)),
    Column[asset_pb2.Asset]("24 hours", lambda it: percent(it.price_change_percentage_24h), is_signed=True),
    Column[asset_pb2.Asset]("7 days", lambda it: percent(it.price_change_percentage_7d), is_signed=True),
    Column[asset_pb2.Asset]("30 days", lambda it: percent(it.price_change_percentage_30d), is_signed=True),
    Column[asset_pb2.Asset]("range of 24 hours", lambda it: _range(it.low_24h, it.high_24h)),
    Column[asset_pb2.Asset]("range of all time", lambda it: _range(it.history_low, it.history_high)),
    Column[asset_pb2.Asset]("volume of 24 hours", lambda it: it.volume_24h),
    Column[asset_pb2.Asset]("order value", lambda it: _range(it.order_value_min, it.order_value_max)),
    Column[asset_pb2.Asset]("market cap", lambda it: f"{it.market_cap} (rank {it.market_cap_rank})"),
    Column[asset_pb2.Asset]("available", lambda it: it.available_quantity),
    Column[asset_pb2.Asset]("active", lambda it: "yes" if it.is_active else "no"),
    Column[asset_pb2.Asset]("updated", lambda it: moment(it.updated_at)),
    Column[asset_pb2.Asset]("description", lambda it: it.description),
)


CANDLES = (
    Column[asset_pb2.Candle]("START", lambda it: moment(it.start_time)),
    Column[asset_pb2.Candle]("OPEN", lambda it: it.open, is_number=True),
    Column[asset_pb2.Candle]("HIGH", lambda it: it.high, is_number=True),
    Column[asset_pb2.Candle]("LOW", lambda it: it.low, is_number=True),
    Column[asset_pb2.Candle]("CLOSE", lambda it: it.close, is_number=True),
)


@click.option("--search", default="", help="Only assets whose symbol or name contains this text.")
@click.option("--category", default="", shell_complete=categories, help="Only assets of this category.")
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort), case_sensitive=False),
    default="RANK",
    show_default=True,
    help="The sort order.",
)
@click.option("--show-inactive", is_flag=True, help="Also assets that are closed, or not open yet.")
@limited
def assets(*, limit: int | None, **wanted: Any) -> None:
    """List the assets that can be traded. Requires no sign-in."""
    found = settings().client.list_assets(page_size=page_size(limit), **wanted)
    show_list(first(found, limit), ASSETS, as_json=settings().as_json)


@click.argument("asset", type=str.upper, shell_complete=asset_ids)
def asset(asset: str) -> None:
    """Show one ASSET."""
    show_one(settings().client.get_asset(asset), ASSET, as_json=settings().as_json)


@click.argument("asset", type=str.upper, shell_complete=asset_ids)
@click.option(
    "--interval",
    type=click.Choice(get_args(Interval)),
    default="1h",
    show_default=True,
    help="The length of a candle: a minute, an hour or a day.",
)
@windowed
@click.option("--count", type=click.IntRange(1, 1000), default=24, show_default=True, help="How many, at most.")
def candles(asset: str, *, interval: Interval, count: int, **window: Any) -> None:
    """Show the past prices of one ASSET, oldest first: the last ones, or those from --since on."""
    found = settings().client.list_candles(asset, interval, page_size=count, **window)
    if settings().as_json:
        name = enum(asset_pb2.PriceSource, found.price_source)
        for candle in found.candles:
            show_json(candle, price_source=name)
        return
    origin = Column[asset_pb2.Candle]("FROM", lambda _: source(found.price_source))
    write(table(found.candles, (*CANDLES, origin)))
