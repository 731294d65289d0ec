"""How it is shown where prices come from."""

from __future__ import annotations

from cnop.inventory.v1 import asset_pb2
from cnop.user.v1 import account_pb2

from cnop_client.cli.output import enum


def source(number: int) -> str:
    """Returns where prices come from; empty if it is not known."""
    return enum(asset_pb2.PriceSource, number).lower() if number else ""


def source_and_age(item: asset_pb2.Asset | account_pb2.Holding | account_pb2.Portfolio) -> str:
    """Returns where prices come from, and whether they are too old."""
    parts = source(item.price_source), "too old to trade at" if item.is_price_stale else ""
    return ", and ".join(filter(None, parts))
