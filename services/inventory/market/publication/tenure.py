"""The time in which a replica holds the lease: how it is won, renewed and handed over.

No clock of another machine counts: a lease is taken when it was not renewed for a while by the clock of who takes it,
and a publisher may go on for less than that by the clock of Redis.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from services.common import ids
from services.inventory.market.publication.lease import Lease, LeaseChanged, LeaseStore, first_seq
from services.inventory.market.publication.stream import HEAD_SECONDS
from services.prices.frame import Frame, pack

PERMIT_SECONDS = 2.0  # how long frames may be published after the time was read before a renewal
TAKE_SECONDS = 2.5  # how long a lease that is taken was not renewed
POLL_SECONDS = 0.75
_SUSPICIOUS_POLL_SECONDS = 0.25  # after a renewal did not come
_MARGIN_SECONDS = 0.25  # two clocks do not run at the same pace
FENCE_SECONDS = PERMIT_SECONDS + HEAD_SECONDS + _MARGIN_SECONDS  # then no head of an old permit is left

logger = logging.getLogger("cnop.prices")


class LeaseLost(Exception):
    """Another replica has taken the lease."""


class InDoubt(Exception):
    """A write before this one has come through after all; the lease was read again."""


class Tenure:
    """A lease that this replica holds, as far as it knows."""

    def __init__(self, store: LeaseStore, lease: Lease) -> None:
        self._store = store
        self._owner = lease.owner
        self._frames = 0
        self._as_of = lease.as_of
        self.lease = lease
        self._fenced_at = time.monotonic() + FENCE_SECONDS if lease.server else float("-inf")

    @property
    def is_fenced(self) -> bool:
        """Whether no server has a head that readers believe, unless there was a permit since."""
        return time.monotonic() >= self._fenced_at

    def permitted(self) -> None:
        """Notes that a permit is given, for a time that was read before."""
        self._fenced_at = time.monotonic() + FENCE_SECONDS

    def next_seq(self) -> int:
        """Returns the number of the next frame."""
        self._frames += 1
        return first_seq(self.lease.epoch) + self._frames

    def reached(self, as_of: datetime) -> None:
        """Notes the time of the market: the next write of the lease has it."""
        self._as_of = as_of

    @property
    def last_seq(self) -> int:
        """The number that was returned last."""
        return first_seq(self.lease.epoch) + self._frames

    async def renew(self, *, server: str, frame: Frame | None = None) -> None:
        """Renews the lease. Raises LeaseLost, InDoubt, and what prevents the write."""
        await self._write(replace(self.lease, server=server, frame=pack(frame) if frame else b""))

    async def exceed(self, epoch: int) -> None:
        """Goes on with an epoch above this one. Raises as `renew`."""
        await self._write(replace(self.lease, epoch=max(self.lease.epoch, epoch) + 1, frame=b""))
        self._frames = 0

    async def release(self) -> None:
        """Lets another replica take the lease at once. Raises LeaseLost, and what prevents the write."""
        while self.lease.owner:
            with contextlib.suppress(InDoubt):  # a renewal that was cancelled has come through
                await self._write(replace(self.lease, owner=""))

    async def reclaim(self) -> None:
        """Takes the lease back after its release. Raises LeaseLost if another replica has taken it, and as `renew`."""
        await self._write(replace(self.lease, owner=self._owner))

    async def _write(self, lease: Lease) -> None:
        after = replace(lease, renewal=self.lease.renewal + 1, as_of=self._as_of)
        try:
            await self._store.write(self.lease, after)
        except LeaseChanged:
            found = await self._store.read(consistent=True)
            if found.owner != self.lease.owner:
                raise LeaseLost from None
            self.lease = found
            if found != after:
                raise InDoubt from None
        self.lease = after


class Election:
    """Wins the lease when it is free."""

    def __init__(self, store: LeaseStore) -> None:
        self._store = store
        self._trouble = ""

    async def won(self, known_epoch: Callable[[], int]) -> Tenure:
        """Waits until the lease is free and takes it, with an epoch above `known_epoch` and that of the table.

        The table knows an earlier one if it was lost.
        """
        owner, seen, seen_at = ids.random(), -1, 0.0
        while True:
            pause_seconds = _SUSPICIOUS_POLL_SECONDS
            try:
                lease = await self._store.read(consistent=False)
                if lease.owner == owner:  # the answer to the write was lost
                    return Tenure(self._store, lease)
                if lease.renewal != seen:
                    seen, seen_at, pause_seconds = lease.renewal, time.monotonic(), POLL_SECONDS
                if not lease.owner or time.monotonic() - seen_at >= TAKE_SECONDS:
                    return Tenure(self._store, await self._take(lease, owner, known_epoch()))
            except LeaseChanged:
                pass  # another replica was first
            except Exception as error:
                self._log(repr(error))
            else:
                self._log("")
            await asyncio.sleep(pause_seconds)

    async def _take(self, lease: Lease, owner: str, known_epoch: int) -> Lease:
        epoch = max(lease.epoch, known_epoch) + 1
        after = Lease(owner, epoch, lease.renewal + 1, lease.server, as_of=_latest_time(lease))
        await self._store.write(lease, after)
        return after

    def _log(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            if trouble:
                logger.warning("the lease of the prices cannot be read", extra={"why": trouble})


def _latest_time(lease: Lease) -> datetime | None:
    """Returns a time that is not before that of any frame so far, None if there is none.

    A publisher that did not release its lease may have gone on for as long as its permit.
    """
    if lease.as_of is None or not lease.owner:
        return lease.as_of
    return lease.as_of + timedelta(seconds=PERMIT_SECONDS)
