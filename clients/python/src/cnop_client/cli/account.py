"""Account commands: balance, deposit, withdraw, transactions, holdings, portfolio."""

from __future__ import annotations

from typing import Any, get_args

import click
from cnop.order.v1 import order_pb2, order_service_pb2
from cnop.user.v1 import account_pb2

from cnop_client.cli.completion import asset_ids, held_asset_ids
from cnop_client.cli.options import first, limited, page_size, request_id_option, settings, windowed
from cnop_client.cli.output import Column, card, enum, moment, show_json, show_list, show_one, table, write
from cnop_client.cli.sources import source_and_age
from cnop_client.operations import TransactionType

BALANCE = (
    Column[account_pb2.Balance]("available", lambda it: f"{it.available_balance} {it.currency}"),
    Column[account_pb2.Balance]("held", lambda it: f"{it.held_balance} {it.currency}"),
    Column[account_pb2.Balance]("total", lambda it: f"{it.current_balance} {it.currency}"),
)
TRANSACTIONS = (
    Column[account_pb2.Transaction]("WHEN", lambda it: moment(it.created_at)),
    Column[account_pb2.Transaction]("TYPE", lambda it: enum(account_pb2.Transaction.Type, it.transaction_type)),
    Column[account_pb2.Transaction]("AMOUNT", lambda it: it.amount, is_number=True, is_signed=True),
    Column[account_pb2.Transaction]("BALANCE AFTER", lambda it: it.balance_after, is_number=True),
    Column[account_pb2.Transaction]("FEE", lambda it: it.fee, is_number=True),
    Column[account_pb2.Transaction]("QUANTITY", lambda it: it.quantity, is_number=True),
    Column[account_pb2.Transaction]("ASSET", lambda it: it.asset_id),
    Column[account_pb2.Transaction]("ORDER", lambda it: it.order_id),
)
FILLS = (
    Column[order_service_pb2.AssetTransaction]("WHEN", lambda it: moment(it.filled_at)),
    Column[order_service_pb2.AssetTransaction]("SIDE", lambda it: enum(order_pb2.Order.Side, it.side)),
    Column[order_service_pb2.AssetTransaction]("QUANTITY", lambda it: it.quantity, is_number=True),
    Column[order_service_pb2.AssetTransaction]("PRICE", lambda it: it.price, is_number=True),
    Column[order_service_pb2.AssetTransaction]("TOTAL", lambda it: it.total_amount, is_number=True),
    Column[order_service_pb2.AssetTransaction]("ORDER", lambda it: it.order_id),
)
HOLDINGS = (
    Column[account_pb2.Holding]("ASSET", lambda it: it.asset_id),
    Column[account_pb2.Holding]("NAME", lambda it: it.asset_name),
    Column[account_pb2.Holding]("QUANTITY", lambda it: it.quantity, is_number=True),
    Column[account_pb2.Holding]("AVERAGE COST", lambda it: it.average_cost, is_number=True),
    Column[account_pb2.Holding]("PRICE", lambda it: it.current_price, is_number=True),
    Column[account_pb2.Holding]("FROM", source_and_age),
    Column[account_pb2.Holding]("VALUE", lambda it: it.market_value, is_number=True),
    Column[account_pb2.Holding]("PROFIT", lambda it: it.unrealized_pnl, is_number=True, is_signed=True),
)
SHARES = (*HOLDINGS, Column[account_pb2.Holding]("SHARE", lambda it: f"{it.percentage}%", is_number=True))
PORTFOLIO = (
    Column[account_pb2.Portfolio]("value", lambda it: it.total_value),
    Column[account_pb2.Portfolio]("prices", source_and_age),
    Column[account_pb2.Portfolio]("cash", lambda it: it.cash),
    Column[account_pb2.Portfolio]("holdings", lambda it: it.holdings_value),
    Column[account_pb2.Portfolio]("cost", lambda it: it.cost_basis),
    Column[account_pb2.Portfolio]("profit", lambda it: it.unrealized_pnl, is_signed=True),
)


def balance() -> None:
    """Show the cash balance."""
    show_one(settings().client.get_balance(), BALANCE, as_json=settings().as_json)


@click.argument("amount")
@request_id_option
def deposit(amount: str, request_id: str) -> None:
    """Deposit dollars."""
    done = settings().client.deposit(amount, request_id=request_id)
    show_list([done], TRANSACTIONS[:4], as_json=settings().as_json)


@click.argument("amount")
@request_id_option
def withdraw(amount: str, request_id: str) -> None:
    """Withdraw dollars."""
    done = settings().client.withdraw(amount, request_id=request_id)
    show_list([done], TRANSACTIONS[:4], as_json=settings().as_json)


@click.argument("asset", type=str.upper, required=False, shell_complete=asset_ids)
@click.option(
    "--type",
    "transaction_type",
    type=click.Choice(get_args(TransactionType), case_sensitive=False),
    help="Only this type.",
)
@windowed
@limited
def transactions(asset: str | None, limit: int | None, **wanted: Any) -> None:
    """List the entries of the ledger, or the fills of one ASSET. Newest first."""
    client, as_json, size = settings().client, settings().as_json, page_size(limit)
    if asset is None:
        show_list(first(client.list_transactions(page_size=size, **wanted), limit), TRANSACTIONS, as_json=as_json)
    elif any(wanted.values()):
        raise click.UsageError("--type, --since and --until select entries of the ledger; leave out the ASSET")
    else:
        show_list(first(client.list_asset_transactions(asset, page_size=size), limit), FILLS, as_json=as_json)


@click.argument("asset", type=str.upper, required=False, shell_complete=held_asset_ids)
@limited
def holdings(asset: str | None, limit: int | None) -> None:
    """List the holdings, or show the holding of one ASSET."""
    client, as_json = settings().client, settings().as_json
    if asset is None:
        show_list(first(client.list_holdings(page_size=page_size(limit)), limit), HOLDINGS, as_json=as_json)
    else:
        show_list([client.get_holding(asset)], HOLDINGS, as_json=as_json)


def portfolio() -> None:
    """Show cash and holdings at market value."""
    found = settings().client.get_portfolio()
    if settings().as_json:
        show_json(found)
        return
    write(card(found, PORTFOLIO))
    if found.holdings:
        click.echo()
        write(table(found.holdings, SHARES))
