"""Accounts, holdings and entries in the users table."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import datetime, timedelta

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.operations import Put, Update

from services.common.dynamo import client as dynamo
from services.common.dynamo.updates import set_all
from services.common.money import ZERO
from services.common.unit_of_work import UnitOfWork
from services.user.ledger.account import Account
from services.user.ledger.chapters import Chapters
from services.user.ledger.domain import Entry, EntryFilter, Holding, Posting, Span
from services.user.ledger.items import (
    HOLDING,
    account_of,
    entry_key,
    entry_of,
    holding_of,
    item_of_account,
    item_of_chapter,
    item_of_entry,
    item_of_holding,
    key_of,
)
from services.user.ledger.lines import is_full
from services.user.ledger.ports import EntryExists

_CHUNK_SIZE = 200  # entries that one query reads while it looks for matches
_SCANNED_MAX = 1_000  # entries that one page reads while it looks for matches
_NEIGHBOURS = 9
_CLOCK_ERROR = timedelta(hours=1)


class LedgerStore:
    """The ledger in DynamoDB. All reads are consistent."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table
        self._chapters = Chapters(client, table)

    def open(self, tx: UnitOfWork, user_id: str, now: datetime) -> None:
        """Adds an empty account, on the condition that the user has none (else Conflict)."""
        account = Account(available=ZERO, held=ZERO, version=0, days=(), updated_at=now)
        item = {**key_of(user_id, "ACCOUNT"), **item_of_account(account)}
        tx.add(Put(self._table, item, F("pk").does_not_exist()))

    async def account(self, user_id: str) -> Account | None:
        """Returns the account, None if it does not exist."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, "ACCOUNT"))
        return account_of(item) if item else None

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        """Returns the holding, an empty one if the user never had the asset."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, HOLDING + asset_id))
        return holding_of(item) if item else Holding(asset_id)

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        """Returns the outcome of an effect, None while it has none."""
        item = await dynamo.get(self._client, self._table, entry_key(user_id, effect_id))
        return entry_of(item) if item else None

    async def span(self, user_id: str, wanted: EntryFilter) -> Span:
        """Returns sequence numbers that include those of all posted entries which match, and not many more.

        Times grow with the sequence numbers, but for the differences between the clocks of replicas.
        """
        start, end = wanted.start_time, wanted.end_time
        if start is None and end is None:
            return Span()
        newest, _ = await self.entries(user_id, EntryFilter(), Span(), 1)
        whole = Span(end=newest[0].seq + 1 if newest else 1)
        first, last = whole
        if start is not None:
            first = (await self._bisected(user_id, whole, lambda at: at + _CLOCK_ERROR < start)).first
        if end is not None:
            last = (await self._bisected(user_id, whole, lambda at: at - _CLOCK_ERROR < end)).end
        return Span(first, last)

    async def _bisected(self, user_id: str, span: Span, is_before: Callable[[datetime], bool]) -> Span:
        """Narrows a span to where the times change from `is_before` to not, until one query can read it.

        Looks at the median of a few neighbours, so that one replica of several with a wrong clock does not mislead.
        """
        first, end = span
        while end - first > _CHUNK_SIZE:
            middle = (first + end) // 2
            around = Span(middle, middle + _NEIGHBOURS)
            neighbours, _ = await self.entries(user_id, EntryFilter(), around, _NEIGHBOURS)
            if is_before(statistics.median_low(entry.created_at for entry in neighbours)):
                first = around.first
            else:
                end = around.end
        return Span(first, end)

    async def entries(
        self, user_id: str, wanted: EntryFilter, span: Span, size: int
    ) -> tuple[list[Entry], Span | None]:
        """Returns a page of the posted entries of a span that match, newest first, and the rest of the span.

        A page that is not the last may be short: it reads at most 1,000 entries in search of matches.
        """
        account = await self.account(user_id)
        first, end = span.first, min(span.end, account.version + 1 if account else 1)
        found: list[Entry] = []
        scanned = 0
        while account and first < end and len(found) <= size and scanned < _SCANNED_MAX:
            wanted_count = size + 1 - len(found)
            chunk = Span(max(first, end - (wanted_count if wanted == EntryFilter() else _CHUNK_SIZE)), end)
            lines = await self._chapters.lines(user_id, account, chunk)
            matching = [one for one in lines if wanted.kind in {None, one.line.kind}]
            scanned += end - chunk.first
            end = matching[wanted_count - 1].seq if len(matching) >= wanted_count else chunk.first
            entries = await self._chapters.entries(user_id, matching[:wanted_count])
            found += [entry for entry in entries if wanted.includes(entry)]
        if len(found) > size:
            return found[:size], Span(first, found[size - 1].seq)
        return found, Span(first, end) if first < end else None

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[Holding], str | None]:
        """Returns a page of the holdings above 0, by asset id, and the cursor of the next page."""
        start = key_of(user_id, HOLDING + cursor) if cursor else None
        holdings: list[Holding] = []
        while True:
            page = await self._client.query_single_page(
                self._table,
                HashKey("pk", f"USER#{user_id}") & RangeKey("sk").begins_with(HOLDING),
                start_key=start,
                filter_expression=F("quantity").gt(ZERO),  # a holding that was sold keeps its item, for the version
                limit=size - len(holdings),
                consistent_read=True,
            )
            holdings += [holding_of(item) for item in page.items]
            start = page.last_evaluated_key
            if start is None or len(holdings) == size:
                return holdings, holdings[-1].asset_id if start and holdings else None

    def post(self, tx: UnitOfWork, user_id: str, entry: Entry, posting: Posting) -> None:
        """Adds an entry, and the account, the chapter of the ledger and the holding that follow from it.

        The commit raises EntryExists if the effect has an outcome, Conflict if the account or the holding has changed.
        """
        tx.add(self._put(user_id, entry), EntryExists)
        tx.add(self._account_update(user_id, posting.account))
        if is_full(posting.account.lines):
            tx.add(Put(self._table, item_of_chapter(user_id, posting.account), F("pk").does_not_exist()))
        if posting.holding is not None:
            tx.add(self._holding_update(user_id, posting.holding))

    def refuse(self, tx: UnitOfWork, user_id: str, entry: Entry) -> None:
        """Adds a refused entry. The commit raises EntryExists if the effect has an outcome."""
        tx.add(self._put(user_id, entry), EntryExists)

    def _put(self, user_id: str, entry: Entry) -> Put:
        return Put(self._table, item_of_entry(user_id, entry), F("pk").does_not_exist())

    def _account_update(self, user_id: str, account: Account) -> Update:
        update = set_all(item_of_account(account))
        return Update(self._table, key_of(user_id, "ACCOUNT"), update, F("version").equals(account.version - 1))

    def _holding_update(self, user_id: str, holding: Holding) -> Update:
        unchanged = F("version").equals(holding.version - 1)
        return Update(
            self._table,
            key_of(user_id, HOLDING + holding.asset_id),
            set_all(item_of_holding(holding)),
            unchanged if holding.version > 1 else F("pk").does_not_exist(),
        )
