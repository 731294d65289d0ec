"""A user's first minutes, with both clients: python example.py http://localhost:8080"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import sys
from decimal import Decimal

from cnop_client import ApiError, AsyncClient, Client, new_request_id

NAME, PASSWORD = f"example_{secrets.token_hex(4)}", secrets.token_urlsafe(12)


def first_minutes(client: Client) -> None:
    """Registers, signs in, deposits and buys. The client gives every call a deadline and an id."""
    client.register(
        username=NAME, email=f"{NAME}@example.com", password=PASSWORD, first_name="Ada", last_name="Lovelace"
    )
    client.login(NAME, PASSWORD)  # the client keeps the tokens, and refreshes them when necessary
    print("hello,", client.get_profile().first_name)

    # With a request id of its own the deposit can be replayed, after a crash for example, without a second effect.
    request_id = new_request_id()
    first = client.deposit("10000.00", request_id=request_id)
    again = client.deposit("10000.00", request_id=request_id)
    print("deposited once:", first.amount, first.transaction_id == again.transaction_id)

    # The client retries UNAVAILABLE, up to four attempts. Here two seconds are the deadline for all of them together.
    price = Decimal(client.within(2.0).get_asset("BTC").price_usd)
    order = client.create_order("BUY", "BTC", "0.05", limit_price=price * 2, wait_seconds=30)
    print("bought", order.quantity, "for", order.total_amount)


async def later(client: AsyncClient) -> None:
    """Continues with asyncio: concurrent orders, a list in pages, and errors."""
    await client.login(NAME, PASSWORD)
    await asyncio.gather(*(client.create_order("BUY", "ETH", "0.01") for _ in range(5)))

    # A stream goes on until you leave it. Here only its first message is read.
    async with contextlib.aclosing(client.watch_prices(["BTC", "ETH"])) as messages:
        first = await anext(messages)
        print("watched:", *(f"{price.asset_id} at {price.price_usd}" for price in first.prices))

    # Pages, here of two orders each, are fetched when they are needed.
    async for order in client.list_orders(page_size=2):
        print("order", order.order_id, order.quantity, order.asset_id)

    try:
        await client.create_order("BUY", "BTC", "5")
    except ApiError as error:
        # `reason` is for programs, `message` for people; `request_id` identifies the call for the operator.
        if error.reason != "INSUFFICIENT_FUNDS":
            raise
        print("refused:", error.reason, error.message, "request", error.request_id)

    try:
        await client.deposit("0.001")
    except ApiError as error:
        for violation in error.violations:
            print("refused:", violation.field, violation.description)

    try:
        await client.within(0.001).get_portfolio()
    except ApiError as error:
        # The outcome of a change would now be unknown: send it again with its request_id.
        print("too slow:", error.code.name, error.is_definite)

    portfolio = await client.get_portfolio()
    print("worth", portfolio.total_value)
    await client.logout()


async def main(edge: str) -> None:
    async with AsyncClient(edge) as client:
        await later(client)


if __name__ == "__main__":
    with Client(sys.argv[1]) as client:
        first_minutes(client)
    asyncio.run(main(sys.argv[1]))
