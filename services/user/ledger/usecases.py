"""The use cases of accounts: each deposit, withdrawal and settlement changes an account exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from weakref import WeakValueDictionary

from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable, key_reused
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, retry_on_conflict
from services.user.ledger.account import Account, DailyLimits
from services.user.ledger.cache import AccountCache
from services.user.ledger.domain import Effect, Entry, EntryFilter, Holding, Posting, Span, Trade, cash_effect
from services.user.ledger.lines import Kind
from services.user.ledger.ports import EntryExists, Ledger

Change = Callable[[Account, Holding], Posting]


@dataclass(frozen=True)
class Accounts:
    """Reads and changes accounts and holdings.

    Deposits and withdrawals raise NotFound ACCOUNT_NOT_FOUND. Every change raises AlreadyExists IDEMPOTENCY_KEY_REUSED
    and Unavailable CONTENTION. A FailedPrecondition is final: a replay of the request raises it again.
    """

    ledger: Ledger
    begin: Begin
    limits: DailyLimits
    now: Clock
    _cache: AccountCache = field(default_factory=AccountCache)
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def balance(self, user_id: str) -> Account:
        """Returns the account. Raises NotFound ACCOUNT_NOT_FOUND."""
        account = await self.ledger.account(user_id)
        if account is None:
            raise NotFound("ACCOUNT_NOT_FOUND", "the user has no account; check the user id")
        return account

    async def latest(self, user_id: str) -> Account:
        """Returns the account as this process wrote it last, or as it is now. Raises NotFound ACCOUNT_NOT_FOUND."""
        return self._cache.account(user_id) or await self.balance(user_id)

    async def transactions(
        self, user_id: str, wanted: EntryFilter, rest: Span | None, size: int
    ) -> tuple[list[Entry], Span | None]:
        """Returns a page of the ledger, newest first, and the rest of it, None after the last page."""
        span = rest or await self.ledger.span(user_id, wanted)
        return await self.ledger.entries(user_id, wanted, span, size)

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        """Returns the holding of an asset. Raises NotFound HOLDING_NOT_FOUND."""
        holding = await self.ledger.holding(user_id, asset_id)
        if not holding.quantity:
            raise NotFound(
                "HOLDING_NOT_FOUND", f"the account holds no {asset_id}; list its holdings to see what it has"
            )
        return holding

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[Holding], str | None]:
        """Returns a page of the holdings, by asset id, and the cursor of the next page."""
        return await self.ledger.holdings(user_id, cursor, size)

    async def deposit(self, user_id: str, amount: Decimal, request_id: str) -> Entry:
        """Adds dollars to the account. Raises FailedPrecondition DAILY_LIMIT_REACHED."""

        def change(account: Account, _: Holding) -> Posting:
            return Posting(account.deposit(amount, self.limits, self.now()), amount)

        return await self._apply(user_id, cash_effect(user_id, Kind.DEPOSIT, amount, request_id), change)

    async def withdraw(self, user_id: str, amount: Decimal, request_id: str) -> Entry:
        """Pays dollars out. Raises FailedPrecondition INSUFFICIENT_FUNDS or DAILY_LIMIT_REACHED."""

        def change(account: Account, _: Holding) -> Posting:
            return Posting(account.withdraw(amount, self.limits, self.now()), -amount)

        return await self._apply(user_id, cash_effect(user_id, Kind.WITHDRAWAL, amount, request_id), change)

    async def settle(self, user_id: str, trade: Trade) -> Entry:
        """Moves the cash and the asset of a trade.

        Raises FailedPrecondition INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, ACCOUNT_NOT_FOUND or TRADE_VOIDED.
        """
        effect = trade.effect()
        try:
            return await self._apply(
                user_id, effect, lambda account, holding: trade.settle(account, holding, self.now())
            )
        except NotFound as missing:  # final, so that the order does not wait for an account that is gone
            return await self._refuse(user_id, effect, FailedPrecondition(missing.reason, missing.message))

    async def void(self, user_id: str, trade: Trade) -> FailedPrecondition:
        """Ensures that a trade never settles. Returns its refusal: TRADE_VOIDED, or an earlier one.

        Raises FailedPrecondition TRADE_SETTLED.
        """
        text = "the order could not be filled and was ended by an admin; create a new order"
        try:
            await self._refuse(user_id, trade.effect(), FailedPrecondition("TRADE_VOIDED", text))
        except FailedPrecondition as refusal:
            return refusal
        raise FailedPrecondition("TRADE_SETTLED", "the trade has been settled and cannot be voided")

    async def _apply(self, user_id: str, effect: Effect, change: Change) -> Entry:
        """Returns the entry of the effect, posted now or by an earlier request. Raises its refusal.

        Within a process, changes of one account wait for each other. This avoids conflicts; it is not needed for
        safety, as every commit is conditional.
        """
        async with self._locks.setdefault(user_id, asyncio.Lock()):
            return await retry_on_conflict(lambda: self._post_or_refuse(user_id, effect, change))

    async def _post_or_refuse(self, user_id: str, effect: Effect, change: Change) -> Entry:
        is_cached = self._cache.get(user_id, effect.asset_id) is not None
        try:
            posting = await self._posting(user_id, effect.asset_id, change)
        except FailedPrecondition as refusal:
            return await self._refuse(user_id, effect, refusal)
        try:
            return await self._post(user_id, effect, posting)
        except Conflict:
            if not is_cached:
                raise
        return await self._post_or_refuse(user_id, effect, change)  # at once: the cache was stale, now it is empty

    async def _posting(self, user_id: str, asset_id: str, change: Change) -> Posting:
        """Applies a change to the cached account or, if there is none or it does not suffice, to the stored one."""
        cached = self._cache.get(user_id, asset_id)
        if cached is not None:
            with suppress(FailedPrecondition):  # a refusal must rest on a consistent read
                return change(*cached)
            self._cache.discard(user_id, asset_id)
        return change(*await self._read(user_id, asset_id))

    async def _read(self, user_id: str, asset_id: str) -> tuple[Account, Holding]:
        if not asset_id:
            return await self.balance(user_id), Holding("")
        return await asyncio.gather(self.balance(user_id), self.ledger.holding(user_id, asset_id))

    async def _post(self, user_id: str, effect: Effect, posting: Posting) -> Entry:
        posting = replace(posting, account=posting.account.with_line(effect.line))
        entry = Entry.posted(effect, posting)
        tx = self.begin()
        self.ledger.post(tx, user_id, entry, posting)
        try:
            await tx.commit()
        except EntryExists:
            return await self._replay(user_id, effect)
        except Conflict:
            self._cache.discard(user_id, effect.asset_id)
            raise
        self._cache.put(user_id, posting.account, posting.holding)
        return entry

    async def _refuse(self, user_id: str, effect: Effect, refusal: FailedPrecondition) -> Entry:
        """Stores and raises a refusal, unless the effect already has an outcome; then that is the answer."""
        tx = self.begin()
        self.ledger.refuse(tx, user_id, Entry(effect, self.now(), refusal=refusal))
        try:
            await tx.commit()
        except EntryExists:
            return await self._replay(user_id, effect)
        raise refusal

    async def _replay(self, user_id: str, effect: Effect) -> Entry:
        """Returns the stored entry of the effect. Raises its refusal."""
        entry = await self.ledger.entry(user_id, effect.effect_id)
        if entry is None:
            raise Unavailable("CONTENTION", "the first request with this request_id is still running; try again")
        if entry.effect.fingerprint != effect.fingerprint:
            raise key_reused()
        if entry.refusal is not None:
            raise entry.refusal
        return entry
