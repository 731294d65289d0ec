"""Lets a bounded number of guesses at passwords through, and keeps no owner out. `guesses` says how many, and when."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from weakref import WeakValueDictionary

from services.common.auth.refusals import try_to_record
from services.common.dynamo.client import Operation, backoff_seconds
from services.common.rpc.errors import ResourceExhausted
from services.user.identity.guesses import Account, Limits, Origin, Payer
from services.user.identity.passwords import Passwords
from services.user.identity.throttle_store import Changed, ThrottleStore
from services.user.networks import network_of

_WRITES_MAX = 10
_NOTE_SECONDS_MIN = 0.05  # for a refusal that is recorded: to find somebody takes a little longer than to find nobody

# The id of a session that the owner began there before, when that is certain, else "".
Device = Callable[[], Awaitable[str]]
# What writes the record of a refusal; makes the same calls whether there is such an account or not.
Refusal = Callable[[], Awaitable[Sequence[Operation]]]


@dataclass(frozen=True)
class Throttle:
    """Stands before each comparison of a password with an account's. `key` makes the digests of names and addresses."""

    store: ThrottleStore
    passwords: Passwords
    limits: Limits
    key: bytes
    now: Callable[[], datetime]
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    @asynccontextmanager
    async def attempt(
        self, username: str, address: str, refusal: Refusal, device: Device | None = None
    ) -> AsyncIterator[Attempt]:
        """A try at the password of an account, whether there is such an account or not.

        It counts as failed, from before the password is hashed, unless `verify` finds the right one: tries at once
        cannot pass together. Tries on one account take turns within a process, so that those with the right password
        do not count against each other.
        Raises ResourceExhausted RATE_LIMITED with retry_after_seconds. The first refusal after a try that was counted
        is recorded, so that there are no more records than tries; those for want of a place in the queue never are.
        """
        account, origin = self._digest("account", username.casefold()), self._origin(address)
        with self.passwords.place(origin.address):  # before any work is done
            if device is not None and (session_id := await device()):
                origin = replace(origin, device=self._digest("device", session_id))
            async with self._turns.setdefault(account, asyncio.Lock()):
                yield await self._take(account, origin, refusal)

    async def welcome(self, username: str, address: str) -> None:
        """Remembers the address as one of the owner's, who has just registered there."""
        account, origin = self._digest("account", username.casefold()), self._origin(address)
        before = await self.store.account(account)
        await self._change(account, before, lambda now: now.welcomed(origin, self.limits))

    async def settle(self, attempt: Attempt, *, is_right: bool) -> None:
        """Counts a wrong password against the address too; does not count the right one, and remembers its address.

        Raises ResourceExhausted RATE_LIMITED for a wrong one from an address that must wait.
        """
        if not is_right:
            if attempt.address_wait_ms:  # not counted: nothing prolongs the wait
                await self._note(attempt.account, attempt.refusal)
                raise _rate_limited(attempt.address_wait_ms)
            await self.store.charge_address(attempt.origin.address, self.limits.address, self._now_ms())
            return

        def succeeded(account: Account) -> Account:
            return account.succeeded(attempt.origin, self.limits, attempt.payer, noted=attempt.noted)

        await self._change(attempt.account, attempt.counted, succeeded)

    async def _take(self, account: str, origin: Origin, refusal: Refusal) -> Attempt:
        for attempt in range(_WRITES_MAX):
            before, at_address = await asyncio.gather(self.store.account(account), self.store.address(origin.address))
            now_ms = self._now_ms()
            wait_ms = before.wait_ms(origin, self.limits, now_ms)
            if wait_ms:
                if not before.noted:
                    await self._note(account, refusal)
                raise _rate_limited(wait_ms)
            after, payer = before.charged(origin, self.limits, now_ms)
            try:
                await self.store.replace(account, after, now_ms)
            except Changed:  # at another replica: at once, it would be so again and again
                await asyncio.sleep(backoff_seconds(attempt))
                continue
            return Attempt(
                throttle=self,
                account=account,
                origin=origin,
                refusal=refusal,
                counted=after,
                payer=payer,
                noted=before.noted,
                address_wait_ms=at_address.wait_ms(self.limits.address, now_ms),
            )
        raise _rate_limited(1000)

    async def _note(self, account: str, refusal: Refusal) -> None:
        """Records a refusal. It stays one when that fails, and the next is recorded instead."""

        async def write() -> None:
            await self.store.note(account, await refusal())

        await asyncio.gather(try_to_record(write()), asyncio.sleep(_NOTE_SECONDS_MIN))

    async def _change(self, account: str, before: Account, change: Callable[[Account], Account]) -> None:
        """Makes a change; gives up on an account on which too much is tried at once, to the owner's loss of one try."""
        for attempt in range(_WRITES_MAX):
            after = change(before)
            try:
                await self.store.replace(account, after, self._now_ms())
            except Changed:
                await asyncio.sleep(backoff_seconds(attempt))
                before = await self.store.account(account)
                if replace(before, noted=after.noted) == after:  # it was written; the answer was lost
                    return
            else:
                return

    def _origin(self, address: str) -> Origin:
        return Origin(self._digest("address", network_of(address)))

    def _now_ms(self) -> int:
        return int(self.now().timestamp() * 1000)

    def _digest(self, what: str, text: str) -> str:
        return hmac.digest(self.key, f"{what}:{text}".encode(), hashlib.sha256).hex()[:32]


@dataclass(frozen=True)
class Attempt:
    """A try that was let through as far as the account goes, and counted.

    When its address must wait, only the owner's right password passes, at an address or on a device of the owner. All
    else is hashed and refused alike, so that nothing tells of accounts, not even the time.
    """

    throttle: Throttle
    account: str
    origin: Origin
    refusal: Refusal
    counted: Account
    payer: Payer
    noted: bool
    address_wait_ms: int

    async def verify(self, password: str, hashed: bytes | None) -> bool:
        """Whether the password is that of the hash; takes as long when there is no hash. Call it once.

        Raises ResourceExhausted RATE_LIMITED, as `attempt` does.
        """
        is_owners = bool(self.origin.device) or self.origin.address in self.counted.known
        may_pass = not self.address_wait_ms or is_owners
        is_right = await self.throttle.passwords.verify(password, hashed if may_pass else None, self.origin.address)
        await self.throttle.settle(self, is_right=is_right)
        return is_right


def _rate_limited(wait_ms: int) -> ResourceExhausted:
    seconds = str(-(-wait_ms // 1000))
    return ResourceExhausted("RATE_LIMITED", "too many tries; wait before the next", retry_after_seconds=seconds)
