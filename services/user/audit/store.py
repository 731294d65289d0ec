"""The audit trail in the users table: each record by the users whom it concerns, and by its day.

A record is written once, on the condition that it is not there, and never again.
"""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, KeyCondition, RangeKey
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common import ids
from services.common.dynamo import client as dynamo
from services.user.schema import TTL

_DAYS = "AUDITDAYS"
_DAY_SHARDS = 4  # a partition takes 1,000 writes a second, and those of a transaction count twice
_PAGES_MAX = 10


@dataclass(frozen=True, slots=True)
class Record:
    """One event. `event_id` is of its moment (`ids.ordered`); `user_id` is whom it concerns, `actor_id` who did it."""

    event_id: str
    event: str
    outcome: str
    user_id: str
    actor_id: str
    subject: str
    client_address: str
    user_agent: str
    request_id: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """When it happened."""
        return ids.moment_of(self.event_id)

    def as_texts(self) -> dict[str, str]:
        """All but the facts."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "facts"}


class AuditStore:
    """Adds records and lists them, newest first. Nothing changes one or takes one away."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table
        self._days: set[str] = set()  # those which this process has seen in the list of days

    async def add(self, record: Record) -> None:
        """Writes a record. One that is there already stays as it is."""
        with contextlib.suppress(dynamo.ConditionFailed):  # the answer of the first try was lost
            await dynamo.transact(self._client, await self.operations(record))

    async def add_first(self, record: Record, kind: str, seconds: int) -> None:
        """Writes a record, unless one of its kind was written less than so many seconds before it."""
        key, now = {"pk": f"AUDITKIND#{kind}", "sk": "LAST"}, int(record.at.timestamp())
        last = await dynamo.get(self._client, self._table, key)  # costs less than a transaction that is refused
        if last is not None and last[TTL] > now:
            return
        mark = Put(self._table, {**key, TTL: now + seconds}, F("pk").does_not_exist() | F(TTL).lte(now))
        with contextlib.suppress(dynamo.ConditionFailed):  # another was first
            await dynamo.transact(self._client, [mark, *await self.operations(record)])

    async def operations(self, record: Record) -> list[dynamo.Operation]:
        """What writes a record, as a part of a transaction. The day is in the list of days before its first record."""
        day = record.at.date().isoformat()
        if day not in self._days:
            await self._client.put_item(self._table, {"pk": _DAYS, "sk": day})
            self._days = {day}
        pks = {f"AUDIT#{user}" for user in (record.user_id, record.actor_id) if user}
        item: Item = {**record.as_texts(), "facts": dict(record.facts), "sk": record.event_id}
        shard = zlib.crc32(record.event_id.encode()) % _DAY_SHARDS
        items = [{**item, "pk": pk} for pk in (*sorted(pks), _day_key(day, shard))]
        if not pks:  # as many as for somebody, so that it takes as long
            items.append({**item, "pk": f"AUDITNOBODY#{record.event_id}", TTL: int(record.at.timestamp()) + 3600})
        return [Put(self._table, item, F("pk").does_not_exist()) for item in items]

    async def of_user(
        self, user_id: str, actor_id: str, before: str | None, size: int
    ) -> tuple[list[Record], str | None]:
        """A page of what concerns a user or was done by it, from just before `before`; and where the next page starts.

        With an `actor_id`, only what that user did; a page may then be short and still not be the last.
        """
        records: list[Record] = []
        for _ in range(_PAGES_MAX):
            page = await self._client.query_single_page(
                self._table,
                _before(f"AUDIT#{user_id}", before),
                filter_expression=F("actor_id").equals(actor_id) if actor_id else None,
                scan_forward=False,
                limit=size - len(records),
                consistent_read=True,
            )
            records += [_record(item) for item in page.items]
            before = page.last_evaluated_key["sk"] if page.last_evaluated_key else None
            if before is None or len(records) == size:
                break
        return records, before

    async def of_all(self, before: str | None, size: int) -> tuple[list[Record], str | None]:
        """A page of everything, as `of_user`."""
        records: list[Record] = []
        for day in await self._days_until(before, size + 1):
            shards = await asyncio.gather(
                *(self._of_day(_day_key(day, shard), before, size + 1) for shard in range(_DAY_SHARDS))
            )
            of_day = [record for shard in shards for record in shard]
            records += sorted(of_day, key=lambda record: record.event_id, reverse=True)
            if len(records) > size:
                return records[:size], records[size - 1].event_id
        return records, None

    async def _days_until(self, before: str | None, size: int) -> Sequence[str]:
        """The days with records, newest first, from that of `before` back: enough of them for a page."""
        key: KeyCondition = HashKey("pk", _DAYS)
        if before is not None:
            key = HashKey("pk", _DAYS) & RangeKey("sk").lte(ids.moment_of(before).date().isoformat())
        page = await self._client.query_single_page(
            self._table, key, scan_forward=False, limit=size, consistent_read=True
        )
        return [item["sk"] for item in page.items]

    async def _of_day(self, pk: str, before: str | None, size: int) -> list[Record]:
        page = await self._client.query_single_page(
            self._table, _before(pk, before), scan_forward=False, limit=size, consistent_read=True
        )
        return [_record(item) for item in page.items]


def _day_key(day: str, shard: int) -> str:
    return f"AUDITDAY#{day}#{shard}"


def _before(pk: str, sk: str | None) -> KeyCondition:
    key = HashKey("pk", pk)
    return key if sk is None else key & RangeKey("sk").lt(sk)


def _record(item: Item) -> Record:
    return Record(**{name: item[name] for name in Record.__slots__})
