"""Cash, ledger, holdings: what changes them, and how each change happens exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from weakref import WeakValueDictionary

from services.common import ids, money
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable, key_reused
from services.user.ledger.domain import Account, Effect, Entry, Holding, Kind, Limits, Posting, Trade
from services.user.ledger.positions import Positions
from services.user.ledger.store import EntryExists, LedgerStore, Stale

Clock = Callable[[], datetime]
Change = Callable[[Account, Holding, datetime], Posting]

_TRIES_MAX = 50


@dataclass(frozen=True)
class Accounts:
    """The use cases of an account."""

    store: LedgerStore
    limits: Limits
    now: Clock
    _positions: Positions = field(default_factory=Positions)
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def balance(self, user_id: str) -> Account:
        """The cash. Raises NotFound ACCOUNT_NOT_FOUND."""
        account = await self.store.account(user_id)
        if account is None:
            raise NotFound("ACCOUNT_NOT_FOUND", "there is no such account")
        return account

    async def deposit(self, user_id: str, amount: Decimal, request_id: str) -> Entry:
        """Brings dollars in. Raises FailedPrecondition DAILY_LIMIT_REACHED, AlreadyExists IDEMPOTENCY_KEY_REUSED."""

        def change(account: Account, _: Holding, now: datetime) -> Posting:
            return Posting(account.deposit(amount, self.limits, now), amount)

        return await self._apply(user_id, _cash_effect(user_id, Kind.DEPOSIT, amount, request_id), change)

    async def withdraw(self, user_id: str, amount: Decimal, request_id: str) -> Entry:
        """Takes dollars out. Raises FailedPrecondition INSUFFICIENT_FUNDS or DAILY_LIMIT_REACHED, and as `deposit`."""

        def change(account: Account, _: Holding, now: datetime) -> Posting:
            return Posting(account.withdraw(amount, self.limits, now), -amount)

        return await self._apply(user_id, _cash_effect(user_id, Kind.WITHDRAWAL, amount, request_id), change)

    async def settle(self, user_id: str, trade: Trade) -> Entry:
        """Moves the cash and the asset of a trade.

        Raises FailedPrecondition INSUFFICIENT_FUNDS or INSUFFICIENT_HOLDINGS: final for this order.
        """

        def buy(account: Account, holding: Holding, now: datetime) -> Posting:
            paid, bought = account.pay(trade.amount, now), holding.buy(trade.quantity, trade.amount)
            return Posting(paid, -trade.amount, bought, trade.quantity)

        def sell(account: Account, holding: Holding, now: datetime) -> Posting:
            sold, paid = holding.sell(trade.quantity), account.receive(trade.amount, now)
            return Posting(paid, trade.amount, sold, -trade.quantity)

        return await self._apply(user_id, _trade_effect(trade), buy if trade.is_buy else sell)

    async def _apply(self, user_id: str, effect: Effect, change: Change) -> Entry:
        """Makes an effect happen, once, and answers its entry; a refusal is raised, and is as final as an entry.

        The account is read (or guessed from what was last written), changed, and written on the condition that it is
        still what was read. A refusal rests on a read. Changes of one account take turns within a process, which saves
        most conflicts; safety does not rest on it.
        """
        async with self._turn(user_id):
            for attempt in range(_TRIES_MAX):
                guess = self._positions.guess(user_id, effect.asset_id)
                account, holding = guess or await self._read(user_id, effect.asset_id)
                now = self.now()
                try:
                    posting = change(account, holding, now)
                except FailedPrecondition as refusal:
                    if guess is None:
                        return await self._refuse(user_id, effect, refusal, now)
                    self._positions.forget(user_id, effect.asset_id)
                    continue
                try:
                    return await self._post(user_id, effect, posting, now)
                except EntryExists:
                    return await self._replay(user_id, effect)
                except Stale:
                    self._positions.forget(user_id, effect.asset_id)
                    await asyncio.sleep(0 if guess else dynamo.backoff_seconds(attempt))
        raise Unavailable("CONTENTION", "too many changes of this account at once; try again")

    async def _post(self, user_id: str, effect: Effect, posting: Posting, now: datetime) -> Entry:
        entry = Entry(
            effect,
            created_at=now,
            seq=posting.account.version,
            amount=posting.amount,
            balance_after=posting.account.current,
            quantity=posting.quantity,
        )
        await self.store.post(user_id, entry, posting)
        self._positions.remember(user_id, posting.account, posting.holding)
        return entry

    async def _refuse(self, user_id: str, effect: Effect, refusal: FailedPrecondition, now: datetime) -> Entry:
        """Makes a refusal final and raises it, unless the effect has an outcome already: that is the answer then."""
        try:
            await self.store.refuse(user_id, Entry(effect, now, refusal=refusal))
        except EntryExists:
            return await self._replay(user_id, effect)
        raise refusal

    async def _read(self, user_id: str, asset_id: str) -> tuple[Account, Holding]:
        if not asset_id:
            return await self.balance(user_id), Holding("")
        return await asyncio.gather(self.balance(user_id), self.store.holding(user_id, asset_id))

    async def _replay(self, user_id: str, effect: Effect) -> Entry:
        """The first outcome of the effect, for a request that comes again."""
        entry = await self.store.entry(user_id, effect.effect_id)
        if entry is None:
            raise Unavailable("CONTENTION", "the first request is still at work; try again")
        if entry.effect.body != effect.body:
            raise key_reused()
        if entry.refusal is not None:
            raise entry.refusal
        return entry

    @asynccontextmanager
    async def _turn(self, user_id: str) -> AsyncIterator[None]:
        lock = self._turns.get(user_id)
        if lock is None:
            lock = self._turns[user_id] = asyncio.Lock()
        async with lock:
            yield


def _cash_effect(user_id: str, kind: Kind, amount: Decimal, request_id: str) -> Effect:
    """The effect of a deposit or a withdrawal. One request id names one of them, whichever it is."""
    effect_id = ids.derive("cash", user_id, request_id)
    return Effect(effect_id, body=ids.fingerprint(kind.value, money.dollars(amount)), kind=kind)


def _trade_effect(trade: Trade) -> Effect:
    kind = Kind.ORDER_PAYMENT if trade.is_buy else Kind.ORDER_SALE
    body = ids.fingerprint(kind.value, trade.asset_id, money.quantity(trade.quantity), money.dollars(trade.amount))
    return Effect(ids.derive("settle", trade.order_id), body, kind, trade.order_id, trade.asset_id)
