"""Users with money, for the load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

T = TypeVar("T")

PASSWORD = "benchmark-me-please-7"
_CONCURRENCY = 8


def username(number: int) -> str:
    """Returns the name of a user, by number."""
    return f"bench_{number}"


async def sign_up(edge: str, count: int, *, dollars: str) -> list[str]:
    """Registers users and deposits an amount for each. Returns their access tokens, which are valid for 15 minutes."""

    async def one(client: httpx.AsyncClient, number: int) -> str:
        name = username(number)
        profile = {"email": f"{name}@example.com", "first_name": "Bench", "last_name": "Mark"}
        await _post(client, "/api/v1/auth/register", {"username": name, "password": PASSWORD, **profile})
        token = await _sign_in(client, number)
        await _post(client, "/api/v1/balance/deposit", {"amount": dollars}, token)
        return token

    return await _for_each(edge, count, one)


async def sign_in(edge: str, count: int) -> list[str]:
    """Signs the users in again. Returns new access tokens."""
    return await _for_each(edge, count, _sign_in)


async def _for_each(edge: str, count: int, act: Callable[[httpx.AsyncClient, int], Awaitable[T]]) -> list[T]:
    limit = asyncio.Semaphore(_CONCURRENCY)
    async with httpx.AsyncClient(base_url=edge, timeout=30.0, trust_env=False) as client:

        async def one(number: int) -> T:
            async with limit:
                return await act(client, number)

        return await asyncio.gather(*(one(number) for number in range(count)))


async def _sign_in(client: httpx.AsyncClient, number: int) -> str:
    answer = await _post(client, "/api/v1/auth/login", {"username": username(number), "password": PASSWORD})
    return str(answer["access_token"])


async def _post(client: httpx.AsyncClient, path: str, body: dict[str, str], token: str = "") -> dict[str, str]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer: dict[str, str] = (await client.post(path, json=body, headers=headers)).raise_for_status().json()
    return answer
