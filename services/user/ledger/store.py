"""Accounts, holdings and entries in the users table."""

from __future__ import annotations

import functools
import operator
import statistics
from collections.abc import Callable
from datetime import datetime, timedelta

from aiodynamo.client import Client
from aiodynamo.expressions import Condition, F, HashKey, RangeKey
from aiodynamo.operations import Put, Update

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.unit_of_work import UnitOfWork
from services.user.ledger.domain import Account, Day, Entry, EntryFilter, Holding, Posting, Span
from services.user.ledger.items import HOLDING, account_of, entry_of, holding_of, item_of_entry, key_of
from services.user.ledger.ports import EntryExists
from services.user.schema import LEDGER_INDEX

_CHUNK_SIZE = 200  # entries that one query reads while it looks for matches
_SCANNED_MAX = 1_000  # entries that one page reads while it looks for matches
_NEIGHBOURS = 9
_CLOCK_ERROR = timedelta(hours=1)


class LedgerStore:
    """The ledger in DynamoDB. All reads are consistent."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    def open(self, tx: UnitOfWork, user_id: str, now: datetime) -> None:
        """Adds an empty account, on the condition that the user has none (else Conflict)."""
        item = {
            **key_of(user_id, "ACCOUNT"), "available": 0, "held": 0, "version": 0, "day": "",
            "deposited": 0, "withdrawn": 0, "updated_at": now.isoformat(),
        }  # fmt: skip
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
        item = await dynamo.get(self._client, self._table, key_of(user_id, f"ENTRY#{effect_id}"))
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
        matches = _matches(wanted)
        first, end = span
        found: list[Entry] = []
        scanned = 0
        while first < end:
            page = await self._client.query_single_page(
                self._table,
                HashKey("pk", f"USER#{user_id}") & RangeKey("seq").between(first, end - 1),
                index=LEDGER_INDEX,
                scan_forward=False,
                filter_expression=matches,
                limit=_CHUNK_SIZE if matches else size,
                consistent_read=True,
            )
            found += [entry_of(item) for item in page.items]
            scanned += _CHUNK_SIZE
            if len(found) > size:
                return found[:size], Span(first, found[size - 1].seq)
            if page.last_evaluated_key is None:
                break
            end = int(page.last_evaluated_key["seq"])
            if len(found) == size or scanned >= _SCANNED_MAX:
                return found, Span(first, end)
        return found, None

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
        """Adds an entry, and the account and the holding that follow from it.

        The commit raises EntryExists if the effect has an outcome, Conflict if the account or the holding has changed.
        """
        tx.add(self._put(user_id, entry), EntryExists)
        tx.add(self._account_update(user_id, posting.account))
        if posting.holding is not None:
            tx.add(self._holding_update(user_id, posting.holding))

    def refuse(self, tx: UnitOfWork, user_id: str, entry: Entry) -> None:
        """Adds a refused entry. The commit raises EntryExists if the effect has an outcome."""
        tx.add(self._put(user_id, entry), EntryExists)

    def _put(self, user_id: str, entry: Entry) -> Put:
        return Put(self._table, item_of_entry(user_id, entry), F("pk").does_not_exist())

    def _account_update(self, user_id: str, account: Account) -> Update:
        day, *others = account.days or (Day(""),)
        return Update(
            self._table,
            key_of(user_id, "ACCOUNT"),
            F("available").set(account.available)
            & F("version").set(account.version)
            & F("day").set(day.date)
            & F("deposited").set(day.deposited)
            & F("withdrawn").set(day.withdrawn)
            & F("other_days").set([[other.date, other.deposited, other.withdrawn] for other in others])
            & F("updated_at").set(account.updated_at.isoformat()),
            F("version").equals(account.version - 1),
        )

    def _holding_update(self, user_id: str, holding: Holding) -> Update:
        unchanged = F("version").equals(holding.version - 1)
        return Update(
            self._table,
            key_of(user_id, HOLDING + holding.asset_id),
            F("quantity").set(holding.quantity)
            & F("held").set(holding.held)
            & F("cost").set(holding.cost)
            & F("version").set(holding.version),
            unchanged if holding.version > 1 else F("pk").does_not_exist(),
        )


def _matches(wanted: EntryFilter) -> Condition | None:
    """Returns the condition on what the index does not select."""
    conditions = []
    if wanted.kind is not None:
        conditions.append(F("kind").equals(wanted.kind.value))
    # ISO texts in UTC sort by time, with and without a fraction: "+" is before ".".
    if wanted.start_time is not None:
        conditions.append(F("created_at").gte(wanted.start_time.isoformat()))
    if wanted.end_time is not None:
        conditions.append(F("created_at").lt(wanted.end_time.isoformat()))
    return functools.reduce(operator.and_, conditions) if conditions else None
