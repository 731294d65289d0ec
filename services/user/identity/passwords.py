"""Hashes passwords with bcrypt, in a few threads: a hash takes a quarter of a second, and bcrypt releases the GIL.

A flood of sign-ins must not slow down other calls: the threads have a lower priority than the event loop, and few calls
may wait. Nor may one address slow down other sign-ins: it has one hash in the queue at a time.
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

from services.common import texts
from services.common.rpc.errors import ResourceExhausted

T = TypeVar("T")
CheckPassword = Callable[[bytes, bytes], bool]  # a password and a hash

_THREADS = 2
_NICE = 5  # enough for serving to come first, and little enough to sign in while the machine is busy
_WAITING_MAX = 64
_WAITING_MAX_ADDRESS = 16


def common_passwords() -> frozenset[str]:
    """Returns the passwords that are refused because many people use them."""
    text = resources.files("services.user.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))


class Passwords:
    """Hashes and verifies passwords. At most 64 calls may wait."""

    def __init__(self, cost: int, check: CheckPassword = bcrypt.checkpw) -> None:
        self._cost = cost
        self._check = check
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="bcrypt", initializer=_lower_priority)
        self._waiting = 0
        self._slots: Counter[str] = Counter()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # For unknown names, so that they take as long as a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(cost))

    @contextmanager
    def slot(self, address: str) -> Iterator[None]:
        """Holds one of 64 slots for calls that wait; an address gets at most 16. To be taken before any other work.

        Raises ResourceExhausted RATE_LIMITED.
        """
        if self._slots.total() >= _WAITING_MAX or self._slots[address] >= _WAITING_MAX_ADDRESS:
            raise _too_many()
        self._slots[address] += 1
        try:
            yield
        finally:
            self._slots[address] -= 1
            if not self._slots[address]:
                del self._slots[address]

    async def hash(self, password: str, address: str = "") -> bytes:
        """Returns the hash of a password of at most 72 bytes. Raises ResourceExhausted RATE_LIMITED."""
        encoded = texts.normal(password).encode()
        return await self._run(lambda: bcrypt.hashpw(encoded, bcrypt.gensalt(self._cost)), address)

    async def verify(self, password: str, hashed: bytes | None, address: str = "") -> bool:
        """Returns whether the password matches the hash; takes as long if there is no hash. Raises as `hash` does.

        The normal form is compared first. Hashes from before passwords were normalised are of the text as it was typed.
        """
        forms = dict.fromkeys((texts.normal(password), password))
        return await self._run(lambda: any(self._matches(form, hashed) for form in forms), address)

    async def is_outdated(self, password: str, hashed: bytes, address: str = "") -> bool:
        """Returns whether a hash that the password matches is not that of its normal form, of at most 72 bytes.

        Raises as `hash` does.
        """
        normal = texts.normal(password)
        if normal == password or not _fits(normal.encode()):
            return False
        return not await self._run(lambda: self._matches(normal, hashed), address)

    def _matches(self, text: str, hashed: bytes | None) -> bool:
        encoded = text.encode()
        fits = _fits(encoded)
        return self._check(encoded if fits else b"", hashed or self._nobody) and fits and hashed is not None

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
        """Stops the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _fits(encoded: bytes) -> bool:
    """Returns whether bcrypt reads all of a password: it stops at 72 bytes and at U+0000."""
    return len(encoded) <= 72 and b"\0" not in encoded


def _lower_priority() -> None:
    """Lowers the priority of the current thread. Only Linux has priorities of threads."""
    with suppress(OSError):  # elsewhere the ids of threads are not those of processes
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + _NICE)


def _too_many() -> ResourceExhausted:
    return ResourceExhausted("RATE_LIMITED", "too many sign-ins at once; try again", retry_after_seconds="1")
