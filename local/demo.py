"""Plays a user's first minutes against the running edge (`make demo`): shows each call as curl, each answer as JSON."""

from __future__ import annotations

import secrets
import time
from decimal import Decimal

from rich.console import Console

from local.errors import LocalError
from local.rest import Json, Rest

DEPOSIT, BOUGHT, SPENT, SOLD = "10000.00", "0.05", "250.00", "0.02"
ASSET = "BTC"
PRICE_SECONDS = 1.0  # between two looks at the price, of which there are four a second
PENDING_SECONDS_MAX = 30.0  # how long an order may stay pending while a service is down


def play(edge: str, console: Console) -> None:
    """Registers a user, trades, and checks the sums. Raises LocalError if a call fails or a sum is wrong."""
    with Rest(edge, console) as rest:
        rest.call("Check that everything is up.", "GET", "/health")
        refresh_token = _sign_in(rest)
        deposit = {"amount": DEPOSIT, "request_id": f"demo-{secrets.token_hex(4)}"}
        rest.call("Deposit dollars. A repeat with the same request_id has no second effect.",
                  "POST", "/api/v1/balance/deposit", deposit)  # fmt: skip
        rest.call("List the assets.", "GET", "/api/v1/inventory/assets?page_size=3")
        rest.call(f"The price of {ASSET}.", "GET", f"/api/v1/inventory/assets/{ASSET}")
        time.sleep(PRICE_SECONDS)
        rest.call("A second later. Unless prices are fixed, it has moved.", "GET", f"/api/v1/inventory/assets/{ASSET}")
        order = {"side": "BUY", "asset_id": ASSET, "quantity": BOUGHT}
        rest.call("Preview an order.", "POST", "/api/v1/orders:preview", order)
        bought = _trade(rest, "Buy.", order)
        more = {"side": "BUY", "asset_id": ASSET, "quote_amount": SPENT}
        bought_more = _trade(rest, f"Buy for {SPENT} dollars, with the fee.", more)
        rest.call("The remaining cash.", "GET", "/api/v1/balance")
        rest.call("The holding.", "GET", f"/api/v1/balance/asset/{ASSET}")
        rest.call("The portfolio at market value.", "GET", "/api/v1/portfolio")
        sold = _trade(rest, "Sell some of it.", {"side": "SELL", "asset_id": ASSET, "quantity": SOLD})
        rest.call("The orders, newest first.", "GET", "/api/v1/orders")
        rest.call("The ledger, newest first.", "GET", "/api/v1/balance/transactions")
        rest.note("Check the sums.")
        _check(rest, [bought, bought_more], sold)
        _sign_out(rest, refresh_token)


def _sign_in(rest: Rest) -> str:
    """Registers a user and signs in. Returns the refresh token."""
    name, password = f"demo_{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    user = {
        "username": name,
        "email": f"{name}@example.com",
        "password": password,
        "first_name": "Ada",
        "last_name": "Lovelace",
    }
    rest.call("Register.", "POST", "/api/v1/auth/register", user)
    answer = rest.call("Sign in.", "POST", "/api/v1/auth/login", {"username": name, "password": password})
    rest.token = answer["access_token"]
    return str(answer["refresh_token"])


def _sign_out(rest: Rest, refresh_token: str) -> None:
    answer = rest.call("New tokens, before the old ones expire.",
                       "POST", "/api/v1/auth/refresh", {"refresh_token": refresh_token})  # fmt: skip
    rest.token = answer["access_token"]
    rest.call("The sessions of the user.", "GET", "/api/v1/auth/sessions")
    rest.call("Sign out. It takes effect everywhere within a second.", "POST", "/api/v1/auth/logout", {})


def _trade(rest: Rest, title: str, order: Json) -> Json:
    """Makes an order. Returns it when it is completed; raises LocalError if it is not within 30 s."""
    answer = rest.call(title, "POST", "/api/v1/orders", {**order, "request_id": f"demo-{secrets.token_hex(4)}"})
    end = time.monotonic() + PENDING_SECONDS_MAX
    while answer["status"] == "PENDING" and time.monotonic() < end:
        time.sleep(1)
        answer = rest.call("The order is pending. Get it again.", "GET", f"/api/v1/orders/{answer['order_id']}")
    if answer["status"] != "COMPLETED":
        raise LocalError(f"the order is {answer['status']} {answer['failure_reason']}")
    return answer


def _check(rest: Rest, bought: list[Json], sold: Json) -> None:
    """Compares cash, holding and portfolio with the amounts of the orders."""
    balance = rest.get("/api/v1/balance")
    holding = rest.get(f"/api/v1/balance/asset/{ASSET}")
    portfolio = rest.get("/api/v1/portfolio")
    cash = Decimal(DEPOSIT) - _sum(bought, "net_amount") + Decimal(sold["net_amount"])
    quantity = _sum(bought, "quantity") - Decimal(sold["quantity"])
    total = Decimal(portfolio["cash"]) + Decimal(portfolio["holdings_value"])
    rest.compare("cash: deposit - bought + sold", cash, balance["current_balance"])
    rest.compare(f"{ASSET}: bought - sold", quantity, holding["quantity"])
    rest.compare("portfolio: cash + holdings", total, portfolio["total_value"])


def _sum(orders: list[Json], field: str) -> Decimal:
    return sum((Decimal(order[field]) for order in orders), Decimal(0))
