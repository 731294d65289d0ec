"""What a client has left in the system, seen past the client."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import httpx

from tests.e2e.rest import Json, Rest
from tests.e2e.tokens import Forge


@dataclass(frozen=True)
class Traces:
    """Looks up users and what is theirs, with tokens made for it."""

    http: httpx.AsyncClient
    forge: Forge

    async def of(self, username: str) -> Rest:
        """The eyes of a user."""
        admin = Rest(self.http, token=self.forge.good("00000000-0000-4000-8000-000000000001", role="admin"))
        found = await admin.get("/api/v1/admin/users", username_prefix=username)
        [user] = found["users"]
        return Rest(self.http, token=self.forge.good(user["profile"]["user_id"]))

    async def orders(self, username: str) -> list[Json]:
        """A user's orders, newest first."""
        orders: list[Json] = (await (await self.of(username)).get("/api/v1/orders"))["orders"]
        return orders

    async def cash(self, username: str) -> Decimal:
        """A user's dollars."""
        return Decimal((await (await self.of(username)).get("/api/v1/balance"))["current_balance"])
