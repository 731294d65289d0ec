"""The turnover of all assets at full hours, in the inventory table."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from aiodynamo.client import Client
from aiodynamo.errors import ConditionalCheckFailed
from aiodynamo.expressions import F, HashKey, RangeKey

from services.inventory.schema import TTL

_PK = "VOLUME"
_KEPT = timedelta(hours=26)


class MarkStore:
    """Reads and writes marks, each of which is one item."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def oldest(self, since: datetime) -> Mapping[str, Decimal] | None:
        """Returns the turnover by asset of the first mark since a time, None if there is no mark. A consistent read."""
        key = HashKey("pk", _PK) & RangeKey("sk").gte(since.isoformat())
        page = await self._client.query_single_page(self._table, key, limit=1, consistent_read=True)
        return page.items[0]["turnover"] if page.items else None

    async def add(self, hour: datetime, turnover: Mapping[str, Decimal]) -> None:
        """Adds a mark, unless there is one."""
        expires_at = int((hour + _KEPT).timestamp())
        item = {"pk": _PK, "sk": hour.isoformat(), "turnover": dict(turnover), TTL: expires_at}
        with contextlib.suppress(ConditionalCheckFailed):
            await self._client.put_item(self._table, item, condition=F("pk").does_not_exist())
