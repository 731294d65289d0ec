"""The effects of a client in the system, looked up without that client."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import httpx

from tests.e2e.rest import Json, Rest
from tests.e2e.tokens import Forge


@dataclass(frozen=True)
class Traces:
    """Looks up users and their data, with tokens made for this purpose."""

    http: httpx.AsyncClient
    forge: Forge

    async def of(self, username: str) -> Rest:
        """A REST client with the token of a user."""
        admin = Rest(self.http, token=self.forge.good("00000000-0000-4000-8000-000000000001", role="admin"))
        found = await admin.get("/api/v1/admin/users", username_prefix=username)
        [user] = found["users"]
        return Rest(self.http, token=self.forge.good(user["profile"]["user_id"]))

    async def orders(self, username: str) -> list[Json]:
        """The orders of a user, newest first."""
        orders: list[Json] = (await (await self.of(username)).get("/api/v1/orders"))["orders"]
        return orders

    async def cash(self, username: str) -> Decimal:
        """The cash of a user, in dollars."""
        return Decimal((await (await self.of(username)).get("/api/v1/balance"))["current_balance"])
