"""Changes the histories of accounts, which other replicas change as well."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from services.auth.refusals import try_to_record
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, retry_on_conflict
from services.user.identity.login_attempts.domain import AttemptHistory
from services.user.identity.login_attempts.ports import AddRefusal, AttemptRepository

_RECORD_SECONDS_MIN = 0.05  # hides that finding an account takes a little longer than finding none


class _Contention(Exception):
    """Other replicas keep changing the history of an account."""


@dataclass(frozen=True)
class Histories:
    """Writes the histories of accounts. `account` is a digest."""

    store: AttemptRepository
    begin: Begin
    now: Clock

    async def write(self, account: str, after: AttemptHistory) -> None:
        """Writes the next version of a history. Raises Conflict if another replica was first."""
        tx = self.begin()
        self.store.replace(tx, account, after, self.now_ms())
        await tx.commit()

    async def change(
        self, account: str, before: AttemptHistory | None, change: Callable[[AttemptHistory], AttemptHistory]
    ) -> None:
        """Changes a history; `before` saves a read. Gives up under contention, which costs the owner one attempt."""
        current = before
        written: AttemptHistory | None = None

        async def write() -> None:
            nonlocal current, written
            current = current or await self.store.history(account)
            if written and replace(current, refusal_recorded=written.refusal_recorded) == written:
                return  # only the answer to the write was lost
            written = change(current)
            current = None
            await self.write(account, written)

        with suppress(_Contention):
            await retry_on_conflict(write, exhausted=_Contention())

    async def record_refusal(self, account: str, add_refusal: AddRefusal) -> None:
        """Records a refusal. The refusal stands if that fails, and the next one is recorded instead."""

        async def write() -> None:
            tx = self.begin()
            self.store.mark_refusal_recorded(tx, account)
            await add_refusal(tx)
            with suppress(Conflict):  # another refusal was first
                await tx.commit()

        await asyncio.gather(try_to_record(write()), asyncio.sleep(_RECORD_SECONDS_MIN))

    def now_ms(self) -> int:
        """Returns the time in the unit of the histories."""
        return int(self.now().timestamp() * 1000)
