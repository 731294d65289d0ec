"""Order commands: buy, sell, orders, order."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, get_args

import click
from cnop.order.v1 import order_pb2

from cnop_client.cli.completion import asset_ids, held_asset_ids, order_ids
from cnop_client.cli.failures import PENDING, REFUSED
from cnop_client.cli.options import F, first, limited, page_size, request_id_option, settings, windowed
from cnop_client.cli.order_views import ORDER, ORDERS, PREVIEW, PREVIEW_ID
from cnop_client.cli.output import card, show_list, show_one, write
from cnop_client.operations import OrderStatus, Side

_SLIPPAGE = Decimal("0.01")  # how far the price may move while the user answers
_EIGHT_DECIMALS = Decimal("0.00000001")


@dataclass(frozen=True)
class Size:
    """How much is ordered: a quantity, an amount of dollars, or all."""

    quantity: str = ""
    quote_amount: str = ""
    sell_all: bool = False

    @classmethod
    def of(cls, quantity: str | None, quote_amount: str, *, sell_all: bool = False) -> Size:
        """Raises UsageError unless exactly one is given."""
        if [bool(quantity), bool(quote_amount), sell_all].count(True) != 1:
            raise click.UsageError("give either a QUANTITY, --quote-amount or, to sell, --sell-all")
        return cls(quantity or "", quote_amount, sell_all)

    def text(self, asset: str) -> str:
        if self.sell_all:
            return f"all {asset}"
        return f"{self.quantity} {asset}" if self.quantity else f"{asset} for {self.quote_amount} USD"


def _trading(command: F) -> F:
    """Adds the options of buy and sell."""
    for option in (
        click.option("--wait", type=click.FloatRange(0, 300), default=30.0, show_default=True, metavar="SECONDS",
                     help="How long to wait while the order is PENDING."),
        request_id_option,
        click.option("--yes", "-y", is_flag=True, help="Do not ask for confirmation."),
        click.option("--preview", is_flag=True, help="Show what the order would come to, and do not make it."),
        click.option("--preview-id", default="", metavar="ID",
                     help="Limits the price to the worst price of the preview with this id, which is valid for 10 s."),
        click.option("--limit-price", default="", metavar="PRICE",
                     help="The worst unit price. By default 1% worse than the price shown; with --yes, none."),
        click.option("--quote-amount", default="", metavar="DOLLARS",
                     help="The dollars to trade for, instead of QUANTITY: a buy pays at most this, with the fee."),
        click.argument("quantity", required=False),
    ):  # fmt: skip
        command = option(command)
    return command


@click.argument("asset", type=str.upper, shell_complete=asset_ids)
@_trading
def buy(*, asset: str, quantity: str | None, quote_amount: str, **how: Any) -> None:
    """Buy a QUANTITY of an ASSET, or for --quote-amount. Shows the cost and asks for confirmation."""
    _trade("BUY", asset, Size.of(quantity, quote_amount), **how)


@click.argument("asset", type=str.upper, shell_complete=held_asset_ids)
@_trading
@click.option("--sell-all", is_flag=True, help="Sell all that you have of the asset, instead of QUANTITY.")
def sell(*, asset: str, quantity: str | None, quote_amount: str, sell_all: bool, **how: Any) -> None:
    """Sell a QUANTITY of an ASSET, for --quote-amount, or all. Shows the proceeds and asks for confirmation."""
    _trade("SELL", asset, Size.of(quantity, quote_amount, sell_all=sell_all), **how)


def _trade(side: Side, asset: str, size: Size, *, preview: bool, yes: bool, wait: float, **how: Any) -> None:
    if preview:
        shown = settings().client.preview_order(side, asset, **vars(size))
        show_one(shown, (*PREVIEW, *PREVIEW_ID), as_json=settings().as_json)
        return
    if not yes:
        how["limit_price"] = _confirmed(side, asset, size, how["limit_price"])
    _order(side, asset, **vars(size), **how, wait_seconds=wait)


def _order(side: Side, asset: str, **how: Any) -> None:
    """Makes the order and shows it. Exits with PENDING if it is still pending."""
    order = settings().client.create_order(side, asset, **how)
    show_one(order, ORDER, as_json=settings().as_json)
    if order.status == order_pb2.Order.PENDING:
        click.echo(f"cnop: the order is PENDING; check it again with --request-id {order.request_id}", err=True)
        raise click.exceptions.Exit(PENDING)


def _confirmed(side: Side, asset: str, size: Size, limit_price: str) -> str:
    """Shows a preview and asks for confirmation; returns the limit price. Exits if the user declines."""
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask for confirmation; use --yes to make the order without it")
    preview = settings().client.preview_order(side, asset, **vars(size))
    write(card(preview, PREVIEW), stderr=True)
    if preview.obstacles:
        click.echo(f"cnop: {preview.obstacles[0]}: the order would be refused and was not sent", err=True)
        raise click.exceptions.Exit(REFUSED)
    limit = limit_price or worst_price(side, Decimal(preview.price))
    verb, bound = ("Buy", "at most") if side == "BUY" else ("Sell", "at least")
    click.confirm(f"{verb} {size.text(asset)} for {bound} {limit} each?", abort=True, err=True)
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
