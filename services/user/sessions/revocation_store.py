"""Revocations in the users table, written in the transaction that revokes the sessions.

A partition holds a quarter of an hour, so that new revocations are found by their time, all that matter take few
queries, and no partition stays hot. An item is kept until the access tokens of its sessions have expired.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiodynamo.client import Client
from aiodynamo.expressions import HashKey, RangeKey
from aiodynamo.operations import Put

from services.auth.revocations import LATE_MS_MAX, Feed
from services.common import ids
from services.common.times import Clock
from services.common.unit_of_work import UnitOfWork
from services.user.schema import TTL

_QUARTER_MS = 900_000
_QUERIES_MAX = 4  # concurrent ones


class RevocationStore:
    """Reads and writes revocations. `kept_seconds` is the time for which they matter."""

    def __init__(self, client: Client, table: str, kept_seconds: float, now: Clock) -> None:
        self._client = client
        self._table = table
        self._kept_ms = int(kept_seconds * 1000)
        self._now = now

    def add(self, tx: UnitOfWork, session_ids: Sequence[str]) -> None:
        """Adds the revocation of these sessions, as of now."""
        at = self.now_ms()
        item = {
            "pk": _partition(at // _QUARTER_MS),
            "sk": f"{at:015d}#{ids.random()}",
            "session_ids": list(session_ids),
            TTL: (at + self._kept_ms + 2 * LATE_MS_MAX) // 1000,
        }
        tx.add(Put(self._table, item))

    def oldest_ms(self, position: int) -> int:
        """Returns the time before which revocations no longer matter at `position`; both in ms since 1970."""
        return position - self._kept_ms - LATE_MS_MAX

    async def read(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then, read consistently, as far back as they matter."""
        position = self.now_ms()
        since = max(since_ms, self.oldest_ms(position))
        quarters = range(since // _QUARTER_MS, (position + LATE_MS_MAX) // _QUARTER_MS + 1)
        gate = asyncio.Semaphore(_QUERIES_MAX)

        async def one(quarter: int) -> dict[str, int]:
            async with gate:
                return await self._read_quarter(quarter, since)

        revoked: dict[str, int] = {}
        for found in await asyncio.gather(*(one(quarter) for quarter in quarters)):
            revoked |= found
        return Feed(revoked, position)

    async def _read_quarter(self, quarter: int, since_ms: int) -> dict[str, int]:
        key = HashKey("pk", _partition(quarter)) & RangeKey("sk").gte(f"{since_ms:015d}")
        revoked: dict[str, int] = {}
        async for item in self._client.query(self._table, key, consistent_read=True):
            at = int(item["sk"].partition("#")[0])
            revoked |= dict.fromkeys(item["session_ids"], at)
        return revoked

    def now_ms(self) -> int:
        """Returns the time that a revocation is stamped with, in ms since 1970."""
        return int(self._now().timestamp() * 1000)


def _partition(quarter: int) -> str:
    return f"ENDED#{quarter}"
