"""The sessions that ended, in the users table: written with what ends them, in one transaction.

A partition is a quarter of an hour, so that what is new is read by time, all that matters in a few queries, and no
partition stays hot. An item is kept as long as an access token of its sessions could be good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import HashKey, RangeKey
from aiodynamo.operations import Put

from services.common import ids
from services.common.auth.revocations import LATE_MS_MAX, Feed
from services.user.schema import TTL

_QUARTER_MS = 900_000
_QUERIES_MAX = 4  # at once


class RevocationStore:
    """Reads revocations, and makes the operation that writes them."""

    def __init__(self, client: Client, table: str, kept_seconds: float, now: Callable[[], datetime]) -> None:
        self._client = client
        self._table = table
        self._kept_ms = int(kept_seconds * 1000)
        self._now = now

    def operation(self, session_ids: Sequence[str]) -> Put:
        """Says that sessions have ended now."""
        at = self.now_ms()
        item = {
            "pk": _partition(at // _QUARTER_MS),
            "sk": f"{at:015d}#{ids.random()}",
            "session_ids": list(session_ids),
            TTL: (at + self._kept_ms + 2 * LATE_MS_MAX) // 1000,
        }
        return Put(self._table, item)

    def oldest_ms(self, position: int) -> int:
        """What ended before then matters no more at `position`."""
        return position - self._kept_ms - LATE_MS_MAX

    async def read(self, since_ms: int) -> Feed:
        """The sessions that ended since then, read consistently; never further back than it matters."""
        position = self.now_ms()
        since = max(since_ms, self.oldest_ms(position))
        quarters = range(since // _QUARTER_MS, (position + LATE_MS_MAX) // _QUARTER_MS + 1)
        gate = asyncio.Semaphore(_QUERIES_MAX)

        async def one(quarter: int) -> dict[str, int]:
            async with gate:
                return await self._read_quarter(quarter, since)

        ended: dict[str, int] = {}
        for found in await asyncio.gather(*(one(quarter) for quarter in quarters)):
            ended |= found
        return Feed(ended, position)

    async def _read_quarter(self, quarter: int, since_ms: int) -> dict[str, int]:
        key = HashKey("pk", _partition(quarter)) & RangeKey("sk").gte(f"{since_ms:015d}")
        ended: dict[str, int] = {}
        async for item in self._client.query(self._table, key, consistent_read=True):
            at = int(item["sk"].partition("#")[0])
            ended |= dict.fromkeys(item["session_ids"], at)
        return ended

    def now_ms(self) -> int:
        """The time, as revocations are stamped with it."""
        return int(self._now().timestamp() * 1000)


def _partition(quarter: int) -> str:
    return f"ENDED#{quarter}"
