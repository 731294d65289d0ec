"""Hashes passwords with bcrypt, in a few threads: it works for a quarter of a second, and lets go of the GIL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from typing import TypeVar

import bcrypt

from services.common.errors import ResourceExhausted

T = TypeVar("T")

_THREADS = 2
_WAITING_MAX = 64


def common_passwords() -> frozenset[str]:
    """Passwords that are refused because many people have them."""
    text = resources.files("services.user").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))


class Passwords:
    """Hashes and verifies. More than 64 waiting calls are refused, so that a flood starves nobody else."""

    def __init__(self, cost: int) -> None:
        self._cost = cost
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="bcrypt")
        self._waiting = 0
        # Of a user who does not exist, so that an unknown name takes as long as a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(cost))

    async def hash(self, password: str) -> bytes:
        """The hash of a password of at most 72 bytes."""
        return await self._run(lambda: bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._cost)))

    async def verify(self, password: str, hashed: bytes | None) -> bool:
        """Whether the password is that of the hash; takes as long when there is no hash."""
        encoded = password.encode()
        fits = len(encoded) <= 72 and b"\0" not in encoded
        matches = await self._run(lambda: bcrypt.checkpw(encoded if fits else b"", hashed or self._nobody))
        return matches and fits and hashed is not None

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= _WAITING_MAX:
            raise ResourceExhausted("RATE_LIMITED", "too many sign-ins at once; try again")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)
