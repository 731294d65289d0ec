"""Finds the entries of an account by their sequence numbers, without an index, which would cost a write per entry.

The account lists the effects of its last entries. When there are CHAPTER_SIZE of them, they are written as a chapter
too, an item of its own, and the next entry begins a new list. So chapter n begins with entry n * CHAPTER_SIZE + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiodynamo.client import Client
from aiodynamo.expressions import HashKey, RangeKey
from aiodynamo.models import BatchGetRequest
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.user.ledger.account import Account
from services.user.ledger.domain import Entry, Span
from services.user.ledger.items import CHAPTER, chapter_key, entry_key, entry_of
from services.user.ledger.lines import CHAPTER_SIZE, Line, unpacked

_KEYS_MAX = 100  # in one BatchGetItem


class Numbered(NamedTuple):
    """A line of the ledger and the sequence number of its entry."""

    seq: int
    line: Line


class Chapters:
    """Reads the lines of an account, and entries."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def lines(self, user_id: str, account: Account, span: Span) -> list[Numbered]:
        """Returns the lines of a span, newest first. The span must end at the account's last entry or before."""
        current = _chapter_of(account.version)
        chapters = {current: unpacked(account.lines)}
        first, last = _chapter_of(span.first), min(_chapter_of(span.end - 1), current - 1)
        if first <= last:
            chapters |= await self._read(user_id, first, last)
        numbered = [
            Numbered(number * CHAPTER_SIZE + place, line)
            for number, lines in chapters.items()
            for place, line in enumerate(lines, 1)
        ]
        return sorted((one for one in numbered if span.first <= one.seq < span.end), reverse=True)

    async def _read(self, user_id: str, first: int, last: int) -> dict[int, list[Line]]:
        start, end = (chapter_key(user_id, number) for number in (first, last))
        selected = HashKey("pk", start["pk"]) & RangeKey("sk").between(start["sk"], end["sk"])
        found = self._client.query(self._table, selected, consistent_read=True)
        return {int(item["sk"].removeprefix(CHAPTER)): unpacked(bytes(item["lines"])) async for item in found}

    async def entries(self, user_id: str, lines: Sequence[Numbered]) -> list[Entry]:
        """Returns the entries of lines, in that order.

        Entries never change. So those that a cheaper read finds are right; only the missing ones are read consistently.
        """
        keys = [entry_key(user_id, one.line.effect_id) for one in lines]
        found = [
            entry for start in range(0, len(keys), _KEYS_MAX) for entry in await self._some(keys[start:][:_KEYS_MAX])
        ]
        entries = {entry.effect.effect_id: entry for entry in found}
        for one, key in zip(lines, keys, strict=True):
            if one.line.effect_id not in entries:
                item = await dynamo.get(self._client, self._table, key)
                if item is not None:
                    entries[one.line.effect_id] = entry_of(item)
        return [entries[one.line.effect_id] for one in lines]

    async def _some(self, keys: list[Item]) -> list[Entry]:
        page = await self._client.batch_get({self._table: BatchGetRequest(keys=keys)})
        return [entry_of(item) for item in page.items.get(self._table, ())]


def _chapter_of(seq: int) -> int:
    return (seq - 1) // CHAPTER_SIZE
