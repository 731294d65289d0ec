"""Users of the system, and their actions."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from dataclasses import dataclass
from decimal import Decimal

import httpx

from .leaks import CANARY
from .rest import Json, Refusal, Rest, answer, refusal

_numbers = itertools.count(1)
PENDING_TRIES = 60


def request_id() -> str:
    """Returns a new request id."""
    return f"e2e-{next(_numbers)}-{secrets.token_hex(4)}"


def registration(name: str = "") -> Json:
    """Returns the body of a registration."""
    name = name or f"user_{next(_numbers)}_{secrets.token_hex(3)}"
    return {
        "username": name,
        "email": f"{name}@example.com",
        "password": f"{CANARY} {secrets.token_hex(8)}",
        "first_name": "Ada",
        "last_name": "Lovelace",
    }


@dataclass(frozen=True)
class User(Rest):
    """A signed-in user."""

    username: str = ""
    password: str = ""
    user_id: str = ""

    async def deposit(self, amount: str, **more: str) -> Json:
        return await self.post("/api/v1/balance/deposit", {"amount": amount, **more})

    async def withdraw(self, amount: str, **more: str) -> Json:
        return await self.post("/api/v1/balance/withdraw", {"amount": amount, **more})

    async def cash(self) -> Decimal:
        return Decimal((await self.get("/api/v1/balance"))["current_balance"])

    async def quantity(self, asset_id: str) -> Decimal:
        """Returns the quantity that the user holds of an asset, 0 without a holding."""
        response = await self.send("GET", f"/api/v1/balance/asset/{asset_id}")
        return Decimal(0) if response.status_code == 404 else Decimal(answer(response)["quantity"])

    async def buy(self, asset_id: str, quantity: str, **more: str) -> Json:
        return await self._order({"side": "BUY", "asset_id": asset_id, "quantity": quantity, **more})

    async def sell(self, asset_id: str, quantity: str, **more: str) -> Json:
        return await self._order({"side": "SELL", "asset_id": asset_id, "quantity": quantity, **more})

    async def _order(self, body: Json) -> Json:
        outcome = await self.outcome(body)
        assert isinstance(outcome, dict), outcome
        return outcome

    async def outcome(self, body: Json) -> Json | Refusal:
        """Creates an order and returns it once it is COMPLETED, or returns the definite refusal.

        Retries while the order is PENDING (on a busy machine, or while a service is unavailable), as a client does.
        """
        body = {"request_id": request_id(), **body}
        for _ in range(PENDING_TRIES):
            response = await self.send("POST", "/api/v1/orders", body)
            if response.status_code != 200:
                return refusal(response)
            order = answer(response)
            if order["status"] != "PENDING":
                assert order["status"] == "COMPLETED", order
                return order
            await asyncio.sleep(0.5)
        raise AssertionError(f"the order {body['request_id']} stays PENDING")


async def register(http: httpx.AsyncClient, details: Json | None = None) -> User:
    """Registers a user and signs the user in."""
    details = details or registration()
    guest = Rest(http)
    profile = await guest.post("/api/v1/auth/register", details)
    signed_in = await guest.post(
        "/api/v1/auth/login", {"username": details["username"], "password": details["password"]}
    )
    return User(
        http,
        token=signed_in["access_token"],
        username=details["username"],
        password=details["password"],
        user_id=profile["user_id"],
    )
