"""Order commands: buy, sell, orders, order."""

from __future__ import annotations

import sys
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, get_args

import click
from cnop.order.v1 import order_pb2, order_service_pb2

from cnop_client.cli.completion import asset_ids, held_asset_ids, order_ids
from cnop_client.cli.failures import PENDING, REFUSED
from cnop_client.cli.options import F, first, limited, page_size, request_id_option, settings, windowed
from cnop_client.cli.output import Column, card, enum, moment, show_list, show_one, write
from cnop_client.operations import OrderStatus, Side

ORDERS = (
    Column[order_pb2.Order]("WHEN", lambda it: moment(it.created_at)),
    Column[order_pb2.Order]("SIDE", lambda it: enum(order_pb2.Order.Side, it.side)),
    Column[order_pb2.Order]("QUANTITY", lambda it: it.quantity, is_number=True),
    Column[order_pb2.Order]("ASSET", lambda it: it.asset_id),
    Column[order_pb2.Order]("PRICE", lambda it: it.price, is_number=True),
    Column[order_pb2.Order]("TOTAL", lambda it: it.total_amount, is_number=True),
    Column[order_pb2.Order]("STATUS", lambda it: enum(order_pb2.Order.Status, it.status)),
    Column[order_pb2.Order]("REASON", lambda it: it.failure_reason),
    Column[order_pb2.Order]("ORDER", lambda it: it.order_id),
)
ORDER = (
    Column[order_pb2.Order]("order", lambda it: it.order_id),
    Column[order_pb2.Order]("side", lambda it: enum(order_pb2.Order.Side, it.side)),
    Column[order_pb2.Order]("asset", lambda it: it.asset_id),
    Column[order_pb2.Order]("quantity", lambda it: it.quantity),
    Column[order_pb2.Order]("price", lambda it: it.price),
    Column[order_pb2.Order]("limit price", lambda it: it.limit_price),
    Column[order_pb2.Order]("total", lambda it: it.total_amount),
    Column[order_pb2.Order]("status", lambda it: enum(order_pb2.Order.Status, it.status)),
    Column[order_pb2.Order]("reason", lambda it: it.failure_reason),
    Column[order_pb2.Order]("request id", lambda it: it.request_id),
    Column[order_pb2.Order]("created", lambda it: moment(it.created_at)),
    Column[order_pb2.Order]("updated", lambda it: moment(it.updated_at)),
)
PREVIEW = (
    Column[order_service_pb2.PreviewOrderResponse]("price", lambda it: it.price),
    Column[order_service_pb2.PreviewOrderResponse]("total", lambda it: it.total_amount),
    Column[order_service_pb2.PreviewOrderResponse]("obstacles", lambda it: ", ".join(it.obstacles) or "none"),
)

_SLIPPAGE = Decimal("0.01")  # how far the price may move while the user answers
_EIGHT_DECIMALS = Decimal("0.00000001")


def _trading(command: F) -> F:
    """Adds the options of buy and sell."""
    for option in (
        click.option("--wait", type=click.FloatRange(0, 300), default=30.0, show_default=True, metavar="SECONDS",
                     help="How long to wait while the order is PENDING."),
        request_id_option,
        click.option("--yes", "-y", is_flag=True, help="Do not ask for confirmation."),
        click.option("--limit-price", default="",
                     help="The worst unit price. By default 1% worse than the price shown; with --yes, none."),
        click.argument("quantity"),
    ):  # fmt: skip
        command = option(command)
    return command


@click.argument("asset", type=str.upper, shell_complete=asset_ids)
@_trading
def buy(*, asset: str, quantity: str, limit_price: str, yes: bool, request_id: str, wait: float) -> None:
    """Buy a QUANTITY of an ASSET. Shows the cost and asks for confirmation."""
    limit_price = limit_price if yes else _confirmed("BUY", asset, quantity, limit_price)
    _order("BUY", asset, quantity, limit_price=limit_price, request_id=request_id, wait_seconds=wait)


@click.argument("asset", type=str.upper, shell_complete=held_asset_ids)
@_trading
def sell(*, asset: str, quantity: str, limit_price: str, yes: bool, request_id: str, wait: float) -> None:
    """Sell a QUANTITY of an ASSET. Shows the proceeds and asks for confirmation."""
    limit_price = limit_price if yes else _confirmed("SELL", asset, quantity, limit_price)
    _order("SELL", asset, quantity, limit_price=limit_price, request_id=request_id, wait_seconds=wait)


def _order(side: Side, asset: str, quantity: str, **how: Any) -> None:
    """Makes the order and shows it. Exits with PENDING if it is still pending."""
    order = settings().client.create_order(side, asset, quantity, **how)
    show_one(order, ORDER, as_json=settings().as_json)
    if order.status == order_pb2.Order.PENDING:
        click.echo(f"cnop: the order is PENDING; check it again with --request-id {order.request_id}", err=True)
        raise click.exceptions.Exit(PENDING)


def _confirmed(side: Side, asset: str, quantity: str, limit_price: str) -> str:
    """Shows a preview and asks for confirmation; returns the limit price. Exits if the user declines."""
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask for confirmation; use --yes to make the order without it")
    preview = settings().client.preview_order(side, asset, quantity)
    write(card(preview, PREVIEW), stderr=True)
    if preview.obstacles:
        click.echo(f"cnop: {preview.obstacles[0]}: the order would be refused and was not sent", err=True)
        raise click.exceptions.Exit(REFUSED)
    limit = limit_price or worst_price(side, Decimal(preview.price))
    verb, bound = ("Buy", "at most") if side == "BUY" else ("Sell", "at least")
    click.confirm(f"{verb} {quantity} {asset} for {bound} {limit} each?", abort=True, err=True)
    return limit


def worst_price(side: Side, price: Decimal) -> str:
    """The worst acceptable price after the user saw `price`."""
    worst = price * (1 + _SLIPPAGE if side == "BUY" else 1 - _SLIPPAGE)
    text = format(max(worst, _EIGHT_DECIMALS).quantize(_EIGHT_DECIMALS, ROUND_HALF_EVEN), "f")
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


@click.option("--status", type=click.Choice(get_args(OrderStatus), case_sensitive=False), help="Only this status.")
@click.option("--asset", type=str.upper, default="", shell_complete=asset_ids, help="Only this asset.")
@click.option("--side", type=click.Choice(get_args(Side), case_sensitive=False), help="Only this side.")
@windowed
@limited
def orders(*, asset: str, limit: int | None, **wanted: Any) -> None:
    """List the orders, newest first."""
    found = settings().client.list_orders(asset_id=asset, page_size=page_size(limit), **wanted)
    show_list(first(found, limit), ORDERS, as_json=settings().as_json)


@click.argument("order", required=False, shell_complete=order_ids)
@click.option("--request-id", help="Show the order that the request with this id has made, instead of ORDER.")
def order(order: str | None, request_id: str | None) -> None:
    """Show one ORDER."""
    client = settings().client
    if (order is None) == (request_id is None):
        raise click.UsageError("name one order, by its ORDER id or by --request-id")
    found = client.get_order(order) if order is not None else client.get_order_by_request_id(request_id or "")
    show_one(found, ORDER, as_json=settings().as_json)
