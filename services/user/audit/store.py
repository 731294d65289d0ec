"""The audit trail in the users table: each record under the users whom it concerns, and under its day.

A record is put on the condition that there is none with its id, and is never changed or deleted.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Sequence
from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, KeyCondition, RangeKey
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import UnitOfWork
from services.user.audit import event_ids
from services.user.audit.domain import Record
from services.user.schema import TTL

_DAYS = "AUDITDAYS"
_NOBODY = "AUDITNOBODY#"
_NOBODY_SECONDS = 3600  # how long such a copy is kept
_DAY_SHARDS = 4  # a partition takes 1,000 writes per second, and a write of a transaction counts twice
_PAGES_MAX = 10


class AuditStore:
    """Adds records and lists them, newest first."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table
        self._days: set[str] = set()  # the day that this process last put into the list of days

    async def add(self, tx: UnitOfWork, record: Record) -> None:
        """Adds a record, on the condition that there is none with this id. Puts its day into the list of days first."""
        day = record.at.date().isoformat()
        if day not in self._days:
            await self._client.put_item(self._table, {"pk": _DAYS, "sk": day})
            self._days = {day}
        for pk in _partitions(record, day):
            tx.add(Put(self._table, _item(pk, record), F("pk").does_not_exist()))

    async def is_marked(self, kind: str, now: datetime) -> bool:
        """Returns whether a mark for this kind of record is still valid."""
        mark = await dynamo.get(self._client, self._table, _mark_key(kind))
        return mark is not None and int(mark[TTL]) > int(now.timestamp())

    def mark(self, tx: UnitOfWork, kind: str, now: datetime, seconds: int) -> None:
        """Marks this kind of record for so many seconds, on the condition that no mark is valid."""
        now_seconds = int(now.timestamp())
        is_free = F("pk").does_not_exist() | F(TTL).lte(now_seconds)
        tx.add(Put(self._table, {**_mark_key(kind), TTL: now_seconds + seconds}, is_free))

    async def of_user(
        self, user_id: str, actor_id: str, cursor: str | None, size: int
    ) -> tuple[list[Record], str | None]:
        """Returns a page of what concerns a user or was done by it, and the cursor of the next page.

        With an `actor_id`, only what that actor did; a page may then be short and not be the last.
        """
        records: list[Record] = []
        for _ in range(_PAGES_MAX):
            page = await self._client.query_single_page(
                self._table,
                _before(f"AUDIT#{user_id}", cursor),
                filter_expression=F("actor_id").equals(actor_id) if actor_id else None,
                scan_forward=False,
                limit=size - len(records),
                consistent_read=True,
            )
            records += [_record(item) for item in page.items]
            cursor = page.last_evaluated_key["sk"] if page.last_evaluated_key else None
            if cursor is None or len(records) == size:
                break
        return records, cursor

    async def of_all(self, cursor: str | None, size: int) -> tuple[list[Record], str | None]:
        """Returns a page of all records, and the cursor of the next page."""
        records: list[Record] = []
        for day in await self._days_until(cursor, size + 1):
            shards = await asyncio.gather(
                *(self._of_partition(_day_key(day, shard), cursor, size + 1) for shard in range(_DAY_SHARDS))
            )
            of_day = [record for shard in shards for record in shard]
            records += sorted(of_day, key=lambda record: record.event_id, reverse=True)
            if len(records) > size:
                return records[:size], records[size - 1].event_id
        return records, None

    async def _days_until(self, cursor: str | None, size: int) -> Sequence[str]:
        """Returns the days with records, newest first, from that of the cursor: enough of them for a page."""
        key: KeyCondition = HashKey("pk", _DAYS)
        if cursor is not None:
            key = HashKey("pk", _DAYS) & RangeKey("sk").lte(event_ids.moment_of(cursor).date().isoformat())
        page = await self._client.query_single_page(
            self._table, key, scan_forward=False, limit=size, consistent_read=True
        )
        return [item["sk"] for item in page.items]

    async def _of_partition(self, pk: str, cursor: str | None, size: int) -> list[Record]:
        page = await self._client.query_single_page(
            self._table, _before(pk, cursor), scan_forward=False, limit=size, consistent_read=True
        )
        return [_record(item) for item in page.items]


def _partitions(record: Record, day: str) -> list[str]:
    users = sorted({f"AUDIT#{user}" for user in (record.user_id, record.actor_id) if user})
    shard = zlib.crc32(record.event_id.encode()) % _DAY_SHARDS
    if users:
        return [*users, _day_key(day, shard)]
    # As many as for a known user, so that the time does not tell whether there is one.
    return [_day_key(day, shard), f"{_NOBODY}{record.event_id}"]


def _item(pk: str, record: Record) -> Item:
    item: Item = {**record.as_texts(), "facts": dict(record.facts), "sk": record.event_id, "pk": pk}
    if pk.startswith(_NOBODY):
        item[TTL] = int(record.at.timestamp()) + _NOBODY_SECONDS
    return item


def _day_key(day: str, shard: int) -> str:
    return f"AUDITDAY#{day}#{shard}"


def _mark_key(kind: str) -> Item:
    return {"pk": f"AUDITKIND#{kind}", "sk": "LAST"}


def _before(pk: str, sk: str | None) -> KeyCondition:
    key = HashKey("pk", pk)
    return key if sk is None else key & RangeKey("sk").lt(sk)


def _record(item: Item) -> Record:
    return Record(**{name: item[name] for name in Record.__slots__})
