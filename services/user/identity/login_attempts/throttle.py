"""Counts each login attempt before the password is compared, and refuses those that come too soon."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

from services.common import texts
from services.common.rpc import call
from services.common.rpc.errors import ResourceExhausted
from services.common.times import Clock
from services.common.unit_of_work import Begin, retry_on_conflict
from services.user.identity.hashing.source import WAIT_SECONDS_MAX, Overloaded, Source, Timeout
from services.user.identity.login_attempts import finish
from services.user.identity.login_attempts.domain import AttemptHistory, AttemptLimits, Origin, Payer
from services.user.identity.login_attempts.histories import Histories
from services.user.identity.login_attempts.ports import AddRefusal, AttemptRepository, Device
from services.user.identity.passwords import Passwords

_CONTENTION_WAIT_MS = 1000
_GIVE_BACK_SECONDS_MAX = 1.0


@dataclass(frozen=True)
class Throttle:
    """Guards every comparison of a password with that of an account. `key` keys the digests of names and addresses."""

    store: AttemptRepository
    passwords: Passwords
    limits: AttemptLimits
    key: bytes
    begin: Begin
    now: Clock
    timeout: Timeout = asyncio.timeout
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    @asynccontextmanager
    async def attempt(
        self, username: str, address: str, add_refusal: AddRefusal, device: Device | None = None
    ) -> AsyncIterator[Attempt]:
        """Counts an attempt on the account of that name, which may not exist, and admits it.

        It counts as wrong, from before the password is hashed, until `verify` finds it right: concurrent attempts
        cannot slip past together. An attempt that ends before its password is compared, because it is shed, times out
        or is cancelled, is given back. Attempts on one account take turns within a process, so that right ones do not
        delay each other; one that would wait too long for its turn is shed. The first refusal after a counted attempt
        is recorded, so that there are no more records than attempts; a refusal because of the load is not recorded.
        Raises ResourceExhausted RATE_LIMITED and Overloaded, both with retry_after_seconds.
        """
        account, source = self._account(username), Source.of(address)
        origin = self._origin(source)
        with self.passwords.slot(source):  # before any other work
            if device is not None and (session_id := await device()):
                origin = replace(origin, device=self._digest("device", session_id))
            async with self._turn(account):
                attempt = await self._admit_or_give_back(account, origin, source, add_refusal)
                try:
                    yield attempt
                finally:
                    if not attempt.is_compared:
                        await asyncio.wait({finish.start(self._give_back(attempt))})

    async def welcome(self, username: str, address: str) -> None:
        """Adds the address from which a user has just registered to the known ones."""
        account, origin = self._account(username), self._origin(Source.of(address))
        await self._histories.change(account, None, lambda history: history.welcomed(origin, self.limits))

    async def conclude(self, attempt: Attempt, *, is_right: bool) -> None:
        """Refunds an attempt with the right password; charges the address for one with a wrong password.

        Raises ResourceExhausted RATE_LIMITED for a wrong password from an address that must wait.
        """
        if is_right:
            await self._histories.change(
                attempt.account,
                attempt.counted,
                lambda history: history.succeeded(
                    attempt.origin, self.limits, attempt.payer, refusal_recorded=attempt.before.refusal_recorded
                ),
            )
        elif attempt.address_wait_ms:  # not charged: a refusal does not prolong the wait
            await self._histories.record_refusal(attempt.account, attempt.add_refusal)
            raise _rate_limited(attempt.address_wait_ms)
        else:
            await self.store.charge(attempt.origin.address, self.limits.address, self._histories.now_ms())

    @asynccontextmanager
    async def _turn(self, account: str) -> AsyncIterator[None]:
        """Holds the turn of an account. Raises Overloaded if others hold it for too long."""
        lock = self._turns.setdefault(account, asyncio.Lock())
        try:
            async with self.timeout(WAIT_SECONDS_MAX):
                await lock.acquire()
        except TimeoutError:
            raise Overloaded from None
        try:
            yield
        finally:
            lock.release()

    async def _admit_or_give_back(
        self, account: str, origin: Origin, source: Source, add_refusal: AddRefusal
    ) -> Attempt:
        admitting = finish.start(self._admit(account, origin, source, add_refusal))
        try:
            return await asyncio.shield(admitting)
        except asyncio.CancelledError:
            finish.start(self._give_back_later(admitting))
            raise

    async def _give_back_later(self, admitting: asyncio.Task[Attempt]) -> None:
        await self._give_back(await admitting)

    async def _give_back(self, attempt: Attempt) -> None:
        """Uncounts an attempt. To be run as a task: its call may have no time left."""
        call.enter(replace(call.current(), deadline=time.monotonic() + _GIVE_BACK_SECONDS_MAX))
        await self._histories.change(
            attempt.account,
            attempt.counted,
            lambda history: history.given_back(
                attempt.origin, self.limits, attempt.payer, attempt.before, attempt.counted
            ),
        )

    async def _admit(self, account: str, origin: Origin, source: Source, add_refusal: AddRefusal) -> Attempt:
        return await retry_on_conflict(
            lambda: self._count(account, origin, source, add_refusal), exhausted=_rate_limited(_CONTENTION_WAIT_MS)
        )

    async def _count(self, account: str, origin: Origin, source: Source, add_refusal: AddRefusal) -> Attempt:
        before, at_address = await asyncio.gather(self.store.history(account), self.store.bucket(origin.address))
        now_ms = self._histories.now_ms()
        wait_ms = before.wait_ms(origin, self.limits, now_ms)
        if wait_ms:
            if not before.refusal_recorded:
                await self._histories.record_refusal(account, add_refusal)
            raise _rate_limited(wait_ms)
        source = replace(source, is_known=before.knows(origin))
        self.passwords.require_room(source)  # before the attempt is written, which would have to be undone
        counted, payer = before.charged(origin, self.limits, now_ms)
        await self._histories.write(account, counted)
        return Attempt(
            throttle=self,
            account=account,
            origin=origin,
            source=source,
            add_refusal=add_refusal,
            before=before,
            counted=counted,
            payer=payer,
            address_wait_ms=at_address.wait_ms(self.limits.address, now_ms),
        )

    @property
    def _histories(self) -> Histories:
        return Histories(self.store, self.begin, self.now)

    def _account(self, username: str) -> str:
        return self._digest("account", texts.folded(username))

    def _origin(self, source: Source) -> Origin:
        return Origin(self._digest("address", source.address))

    def _digest(self, what: str, text: str) -> str:
        return hmac.digest(self.key, f"{what}:{text}".encode(), hashlib.sha256).hex()[:32]


@dataclass
class Attempt:
    """An attempt that the account's budgets let through, counted.

    If its address must wait, only the right password passes, and only if the account knows the origin. Everything else
    is hashed and refused alike, so that neither the answer nor the time tells of accounts.
    """

    throttle: Throttle
    account: str
    origin: Origin
    source: Source
    add_refusal: AddRefusal
    before: AttemptHistory
    counted: AttemptHistory
    payer: Payer
    address_wait_ms: int
    is_compared: bool = False  # or about to be

    async def verify(self, password: str, hashed: bytes | None) -> bool:
        """Returns whether the password matches the hash; takes as long if there is no hash. To be called once.

        Once the comparison has begun, its outcome counts, even if nobody waits for it any more.
        Raises ResourceExhausted RATE_LIMITED and Overloaded, as `Throttle.attempt` does.
        """
        comparing = finish.start(self._verify(password, hashed))
        try:
            return await asyncio.shield(comparing)
        except asyncio.CancelledError:
            if not self.is_compared:
                comparing.cancel()
            raise

    async def _verify(self, password: str, hashed: bytes | None) -> bool:
        may_pass = not self.address_wait_ms or self.source.is_known
        is_right = await self.throttle.passwords.verify(
            password, hashed if may_pass else None, self.source, self._compare
        )
        await self.throttle.conclude(self, is_right=is_right)
        return is_right

    def _compare(self) -> None:
        self.is_compared = True


def _rate_limited(wait_ms: int) -> ResourceExhausted:
    seconds = str(-(-wait_ms // 1000))
    text = "too many login attempts; wait before the next one"
    return ResourceExhausted("RATE_LIMITED", text, retry_after_seconds=seconds)
