"""Hashes passwords with bcrypt, in a few threads: a hash takes a quarter of a second, and bcrypt releases the GIL.

A flood of sign-ins must not slow down other calls: the threads have a lower priority than the event loop, and few calls
may wait. Nor may some sources slow down the sign-ins of others: `hashing` shares the slots and the threads.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from importlib import resources
from typing import Any

import bcrypt

from services.common import texts
from services.user.identity.hashing.queue import HashQueue
from services.user.identity.hashing.slots import Slots
from services.user.identity.hashing.source import Source

CheckPassword = Callable[[bytes, bytes], bool]  # a password and a hash

_THREADS = 2
_NICE = 5  # enough for serving to come first, and little enough to sign in while the machine is busy
_CALLS_MAX = 64
_NOWHERE = Source()


def common_passwords() -> frozenset[str]:
    """Returns the passwords that are refused because many people use them."""
    text = resources.files("services.user.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))


class Passwords:
    """Hashes and verifies passwords, of at most 64 calls at once."""

    def __init__(self, cost: int, check: CheckPassword = bcrypt.checkpw) -> None:
        self._cost = cost
        self._check = check
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="bcrypt", initializer=_lower_priority)
        begin = time.monotonic()
        # For unknown names, so that they take as long as a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(cost))
        self._queue = HashQueue(self._execute, _THREADS, time.monotonic() - begin)
        self._slots = Slots(_CALLS_MAX)

    def slot(self, source: Source) -> AbstractContextManager[None]:
        """Holds the slot that a call needs before any other work.

        One address gets at most 16 of 64, and fewer when few are free. Raises Overloaded and ResourceExhausted
        RATE_LIMITED.
        """
        return self._slots.hold(source)

    def require_room(self, source: Source) -> None:
        """Raises Overloaded if a hash of this source would wait too long: before what would have to be undone."""
        self._queue.require_room(source)

    async def hash(self, password: str, source: Source = _NOWHERE) -> bytes:
        """Returns the hash of a password of at most 72 bytes. Raises Overloaded."""
        encoded = texts.normal(password).encode()
        return await self._queue.run(lambda: bcrypt.hashpw(encoded, bcrypt.gensalt(self._cost)), source)

    async def verify(
        self,
        password: str,
        hashed: bytes | None,
        source: Source = _NOWHERE,
        on_start: Callable[[], None] = lambda: None,
    ) -> bool:
        """Returns whether the password matches the hash; takes as long if there is no hash. Raises Overloaded.

        The normal form is compared first. Hashes from before passwords were normalised are of the text as it was typed.
        The comparison begins when `on_start` is called; until then it can be cancelled.
        """
        forms = dict.fromkeys((texts.normal(password), password))
        return await self._queue.run(lambda: any(self._matches(form, hashed) for form in forms), source, on_start)

    async def is_outdated(self, password: str, hashed: bytes, source: Source = _NOWHERE) -> bool:
        """Returns whether a hash that the password matches is not that of its normal form, of at most 72 bytes.

        Raises Overloaded.
        """
        normal = texts.normal(password)
        if normal == password or not _fits(normal.encode()):
            return False
        return not await self._queue.run(lambda: self._matches(normal, hashed), source)

    def _matches(self, text: str, hashed: bytes | None) -> bool:
        encoded = text.encode()
        fits = _fits(encoded)
        return self._check(encoded if fits else b"", hashed or self._nobody) and fits and hashed is not None

    def _execute(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._pool, work)

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
