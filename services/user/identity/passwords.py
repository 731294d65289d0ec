"""Hashes passwords with bcrypt, in a few threads: it works for a quarter of a second, and lets go of the GIL.

A flood of it takes nothing from other calls but spare time: the threads step back behind the event loop, and few may
wait. It takes little from other sign-ins: an address has one hash at a time in the queue.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import resources
from typing import TypeVar
from weakref import WeakValueDictionary

import bcrypt

from services.common.rpc.errors import ResourceExhausted

T = TypeVar("T")

_THREADS = 2
_NICE = 5  # serving comes first; not so far behind that nobody can sign in while the machine is busy
_WAITING_MAX = 64
_WAITING_MAX_ADDRESS = 16


def common_passwords() -> frozenset[str]:
    """Passwords that are refused because many people have them."""
    text = resources.files("services.user.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))


class Passwords:
    """Hashes and verifies. More than 64 waiting calls are refused."""

    def __init__(self, cost: int) -> None:
        self._cost = cost
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="bcrypt", initializer=_step_back)
        self._waiting = 0
        self._places: Counter[str] = Counter()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # Of a user who does not exist, so that an unknown name takes as long as a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(cost))

    @contextmanager
    def place(self, address: str) -> Iterator[None]:
        """A place among those who wait; take one before any other work. One address has a quarter of them at most.

        Raises ResourceExhausted RATE_LIMITED.
        """
        if self._places.total() >= _WAITING_MAX or self._places[address] >= _WAITING_MAX_ADDRESS:
            raise _too_many()
        self._places[address] += 1
        try:
            yield
        finally:
            self._places[address] -= 1
            if not self._places[address]:
                del self._places[address]

    async def hash(self, password: str, address: str = "") -> bytes:
        """The hash of a password of at most 72 bytes, for somebody at that address."""
        return await self._run(lambda: bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._cost)), address)

    async def verify(self, password: str, hashed: bytes | None, address: str = "") -> bool:
        """Whether the password is that of the hash; takes as long when there is no hash."""
        encoded = password.encode()
        fits = len(encoded) <= 72 and b"\0" not in encoded
        matches = await self._run(lambda: bcrypt.checkpw(encoded if fits else b"", hashed or self._nobody), address)
        return matches and fits and hashed is not None

    async def _run(self, work: Callable[[], T], address: str) -> T:
        if self._waiting >= _WAITING_MAX:
            raise _too_many()
        self._waiting += 1
        try:
            async with self._lanes.setdefault(address, asyncio.Lock()):
                return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _step_back() -> None:
    """Gives the thread less of the processor than the event loop has (Linux: a thread has a priority of its own)."""
    with suppress(OSError):  # elsewhere a thread is not known by its id
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + _NICE)


def _too_many() -> ResourceExhausted:
    return ResourceExhausted("RATE_LIMITED", "too many sign-ins at once; try again", retry_after_seconds="1")
