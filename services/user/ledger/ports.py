"""What the use cases of the ledger need from the database and from the inventory service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.user.ledger.account import Account
from services.user.ledger.domain import Entry, EntryFilter, Holding, Posting, Quote, Span


class EntryExists(Exception):
    """The effect already has an outcome."""


class Ledger(Protocol):
    """Accounts, holdings and entries. All reads are consistent."""

    async def account(self, user_id: str) -> Account | None:
        """Returns the account, None if it does not exist."""

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        """Returns the holding, an empty one if the user never had the asset."""

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        """Returns the outcome of an effect, None while it has none."""

    async def span(self, user_id: str, wanted: EntryFilter) -> Span:
        """Returns sequence numbers that include those of all posted entries which match, and not many more.

        Where most clocks were wrong by more than an hour, entries may be missing.
        """

    async def entries(
        self, user_id: str, wanted: EntryFilter, span: Span, size: int
    ) -> tuple[list[Entry], Span | None]:
        """Returns a page of the posted entries of a span that match, newest first, and the rest of the span.

        A page that is not the last may be short.
        """

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[Holding], str | None]:
        """Returns a page of the holdings above 0, by asset id, and the cursor of the next page."""

    def post(self, tx: UnitOfWork, user_id: str, entry: Entry, posting: Posting) -> None:
        """Adds an entry, and the account and the holding that follow from it.

        The commit raises EntryExists if the effect has an outcome, Conflict if the account or the holding has changed.
        """

    def refuse(self, tx: UnitOfWork, user_id: str, entry: Entry) -> None:
        """Adds a refused entry. The commit raises EntryExists if the effect has an outcome."""


class Quotes(Protocol):
    """The current prices of assets."""

    async def get(self, asset_ids: Iterable[str]) -> dict[str, Quote]:
        """Returns quotes by asset id, without those that are not in the catalogue."""
