"""Catalogue commands: assets, asset."""

from __future__ import annotations

from typing import Any, get_args

import click
from cnop.inventory.v1 import asset_pb2

from cnop_client.cli.completion import asset_ids, categories
from cnop_client.cli.options import first, limited, page_size, settings
from cnop_client.cli.output import Column, moment, percent, show_list, show_one
from cnop_client.operations import Sort

ASSETS = (
    Column[asset_pb2.Asset]("RANK", lambda it: str(it.market_cap_rank), is_number=True),
    Column[asset_pb2.Asset]("ASSET", lambda it: it.asset_id),
    Column[asset_pb2.Asset]("NAME", lambda it: it.name),
    Column[asset_pb2.Asset]("CATEGORY", lambda it: it.category),
    Column[asset_pb2.Asset]("PRICE", lambda it: it.price_usd, is_number=True),
    Column[asset_pb2.Asset]("24 H", lambda it: percent(it.price_change_percentage_24h), is_number=True, is_signed=True),
    Column[asset_pb2.Asset]("AVAILABLE", lambda it: it.available_quantity, is_number=True),
)
ASSET = (
    Column[asset_pb2.Asset]("asset", lambda it: it.asset_id),
    Column[asset_pb2.Asset]("name", lambda it: it.name),
    Column[asset_pb2.Asset]("category", lambda it: it.category),
    Column[asset_pb2.Asset]("price", lambda it: it.price_usd),
    Column[asset_pb2.Asset]("24 hours", lambda it: percent(it.price_change_percentage_24h), is_signed=True),
    Column[asset_pb2.Asset]("market cap", lambda it: f"{it.market_cap} (rank {it.market_cap_rank})"),
    Column[asset_pb2.Asset]("available", lambda it: it.available_quantity),
    Column[asset_pb2.Asset]("active", lambda it: "yes" if it.is_active else "no"),
    Column[asset_pb2.Asset]("updated", lambda it: moment(it.updated_at)),
    Column[asset_pb2.Asset]("description", lambda it: it.description),
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
