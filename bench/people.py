"""Users with tokens and money, for the load."""

from __future__ import annotations

import asyncio

import httpx

PASSWORD = "benchmark-me-please-7"
_AT_ONCE = 8


def username(number: int) -> str:
    """The name of the user of that number."""
    return f"bench_{number}"


async def sign_up(edge: str, count: int, *, dollars: str) -> list[str]:
    """Registers users, gives each some money, and answers their access tokens."""
    at_once = asyncio.Semaphore(_AT_ONCE)
    async with httpx.AsyncClient(base_url=edge, timeout=30.0, trust_env=False) as client:

        async def one(number: int) -> str:
            async with at_once:
                return await _sign_up_one(client, username(number), dollars)

        return await asyncio.gather(*(one(number) for number in range(count)))


async def _sign_up_one(client: httpx.AsyncClient, name: str, dollars: str) -> str:
    who = {"username": name, "password": PASSWORD}
    profile = {"email": f"{name}@example.com", "first_name": "Bench", "last_name": "Mark"}
    (await client.post("/api/v1/auth/register", json=who | profile)).raise_for_status()
    token: str = (await client.post("/api/v1/auth/login", json=who)).raise_for_status().json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    paid = await client.post("/api/v1/balance/deposit", json={"amount": dollars}, headers=headers)
    paid.raise_for_status()
    return token
