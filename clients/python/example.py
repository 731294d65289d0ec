"""A user's first minutes, by both faces of the client: python example.py http://localhost:8080"""

from __future__ import annotations

import asyncio
import secrets
import sys
from decimal import Decimal

from cnop_client import ApiError, AsyncClient, Client, new_request_id

NAME, PASSWORD = f"example_{secrets.token_hex(4)}", secrets.token_urlsafe(12)


def first_minutes(client: Client) -> None:
    """Registers a user, who signs in, deposits and buys. The client makes a deadline and an id for every call."""
    client.register(
        username=NAME, email=f"{NAME}@example.com", password=PASSWORD, first_name="Ada", last_name="Lovelace"
    )
    client.login(NAME, PASSWORD)  # from here on the tokens are kept, and refreshed when it is time
    print("hello,", client.get_profile().first_name)

    # An id of one's own: sent again with it, after a crash for example, the deposit has no second effect.
    request_id = new_request_id()
    first = client.deposit("10000.00", request_id=request_id)
    again = client.deposit("10000.00", request_id=request_id)
    print("deposited once:", first.amount, first.transaction_id == again.transaction_id)

    # UNAVAILABLE is tried four times by itself. Two seconds hold for all tries together.
    price = Decimal(client.within(2.0).get_asset("BTC").price_usd)
    order = client.create_order("BUY", "BTC", "0.05", limit_price=price * 2, wait_seconds=30)
    print("bought", order.quantity, "for", order.total_amount)


async def later(client: AsyncClient) -> None:
    """The same user by asyncio: several orders at once, their list in pages, an error."""
    await client.login(NAME, PASSWORD)
    await asyncio.gather(*(client.create_order("BUY", "ETH", "0.01") for _ in range(5)))

    # A page is fetched when it is needed: here each is of two orders.
    async for order in client.list_orders(page_size=2):
        print("order", order.order_id, order.quantity, order.asset_id)

    try:
        await client.create_order("BUY", "BTC", "5")
    except ApiError as error:
        # `reason` is for programs, `message` for people, `request_id` is what to ask the operator about.
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
        # Whether a change has happened is not known now. It is sent again with its request_id.
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
