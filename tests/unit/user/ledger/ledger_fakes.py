"""Fakes of the ledger's ports: conditional commits in memory, and fixed prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from services.common.unit_of_work import ConditionFailed, UnitOfWork
from services.user.ledger.account import Account, DailyLimits
from services.user.ledger.domain import Entry, EntryFilter, Holding, Posting, Quote, Span
from services.user.ledger.ports import EntryExists
from services.user.ledger.usecases import Accounts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WIDE = DailyLimits(deposit=Decimal("1e9"), withdrawal=Decimal("1e9"))


@dataclass(frozen=True)
class _Change:
    is_allowed: Callable[[], bool]
    make: Callable[[], None]


class FakeLedger:
    """Stores the ledger in memory. `calls` lists the calls that would go to the database."""

    def __init__(self) -> None:
        self.stored_accounts: dict[str, Account] = {}
        self.stored_holdings: dict[tuple[str, str], Holding] = {}
        self.stored_entries: dict[tuple[str, str], Entry] = {}
        self.calls: list[str] = []
        self.lost_responses = 0  # the number of commits that succeed but raise ConnectionError
        self.is_contended = False  # whether every commit conflicts with another replica

    def open(self, user_id: str, dollars: str = "0") -> None:
        """Opens an account with some dollars."""
        self.stored_accounts[user_id] = Account(
            available=Decimal(dollars),
            held=Decimal(0),
            version=0,
            days=(),
            updated_at=NOON,
        )

    async def account(self, user_id: str) -> Account | None:
        self.calls.append("account")
        return self.stored_accounts.get(user_id)

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        self.calls.append("holding")
        return self.stored_holdings.get((user_id, asset_id), Holding(asset_id))

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        self.calls.append("entry")
        return self.stored_entries.get((user_id, effect_id))

    async def span(self, user_id: str, wanted: EntryFilter) -> Span:
        seqs = [
            entry.seq
            for (owner, _), entry in self.stored_entries.items()
            if owner == user_id
            and (wanted.start_time is None or wanted.start_time <= entry.created_at)
            and (wanted.end_time is None or entry.created_at < wanted.end_time)
        ]
        return Span(min(seqs, default=1), max(seqs, default=0) + 1)

    async def entries(
        self, user_id: str, wanted: EntryFilter, span: Span, size: int
    ) -> tuple[list[Entry], Span | None]:
        self.calls.append("entries")
        posted = [entry for (owner, _), entry in self.stored_entries.items() if owner == user_id and entry.seq]
        newest = sorted(posted, key=lambda entry: -entry.seq)
        found = [entry for entry in newest if span.first <= entry.seq < span.end and wanted.includes(entry)]
        return found[:size], Span(span.first, found[size - 1].seq) if len(found) > size else None

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[Holding], str | None]:
        self.calls.append("holdings")
        held = [holding for (owner, _), holding in self.stored_holdings.items() if owner == user_id]
        sorted_by_id = sorted((one for one in held if one.quantity), key=lambda one: one.asset_id)
        found = [one for one in sorted_by_id if cursor is None or one.asset_id > cursor]
        return found[:size], found[size - 1].asset_id if len(found) > size else None

    def post(self, tx: UnitOfWork, user_id: str, entry: Entry, posting: Posting) -> None:
        account, holding = posting.account, posting.holding
        tx.add(self._entry_change(user_id, entry), EntryExists)
        tx.add(
            _Change(
                lambda: not self.is_contended and self.stored_accounts[user_id].version == account.version - 1,
                lambda: self.stored_accounts.update({user_id: account}),
            )
        )
        if holding is not None:
            key = user_id, holding.asset_id
            tx.add(
                _Change(
                    lambda: self.stored_holdings.get(key, Holding("")).version == holding.version - 1,
                    lambda: self.stored_holdings.update({key: holding}),
                )
            )

    def refuse(self, tx: UnitOfWork, user_id: str, entry: Entry) -> None:
        tx.add(self._entry_change(user_id, entry), EntryExists)

    def _entry_change(self, user_id: str, entry: Entry) -> _Change:
        key = user_id, entry.effect.effect_id
        return _Change(lambda: key not in self.stored_entries, lambda: self.stored_entries.update({key: entry}))

    def begin(self) -> UnitOfWork:
        """Begins a unit of work on this ledger."""
        return UnitOfWork(self._write)

    async def _write(self, changes: Sequence[_Change]) -> None:
        self.calls.append("write")
        failed = frozenset(at for at, change in enumerate(changes) if not change.is_allowed())
        if failed:
            raise ConditionFailed(failed)
        for change in changes:
            change.make()
        if self.lost_responses:
            self.lost_responses -= 1
            raise ConnectionError("the response was lost")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def accounts_over(ledger: FakeLedger, limits: DailyLimits = WIDE, clock: Clock | None = None) -> Accounts:
    """Returns the use cases of a replica with its own cache."""
    return Accounts(ledger, ledger.begin, limits, clock or Clock())


@dataclass
class FakeQuotes:
    """Quotes 2 dollars for every asset, and no price for ids with an X. Raises `error` if set."""

    error: Exception | None = None

    async def get(self, asset_ids: Iterable[str]) -> dict[str, Quote]:
        if self.error is not None:
            raise self.error
        return {asset_id: Quote(asset_id.title(), Decimal(2)) for asset_id in asset_ids if "X" not in asset_id}
