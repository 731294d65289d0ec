"""The publisher: one replica makes a frame every 250 ms, as long as it holds the lease.

The frames go to Redis. While that is away they go to the table, once a second, with the renewals of the lease.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from services.inventory.market.publication.frames import FrameMaker
from services.inventory.market.publication.lease import epoch_of
from services.inventory.market.publication.stream import (
    FrameStream,
    NotPublished,
    OtherServer,
    Outdated,
    Permit,
    ServerTime,
    Wanted,
)
from services.inventory.market.publication.tenure import PERMIT_SECONDS, POLL_SECONDS, Election, LeaseLost, Tenure
from services.prices.feed import Feed
from services.prices.frame import Frame

FRAME_SECONDS = 0.25
RENEW_SECONDS = 1.0
_RENEWAL_TIMEOUT_SECONDS = 2.0
_CLOCK_TIMEOUT_SECONDS = 0.5  # of a renewal: a Redis that hangs must not cost the lease
_CATALOGUE_TIMEOUT_SECONDS = 0.5  # frames wait meanwhile; the catalogue is read every second anyway
_SUCCESSION_SECONDS = POLL_SECONDS + 0.1  # after which a released lease is not taken: nobody else is there
_PAUSE_SECONDS = 1.0  # before a duty that failed begins again

Duty = Callable[[], Awaitable[None]]

logger = logging.getLogger("cnop.prices")


class Publisher:
    """Publishes frames while this replica holds the lease.

    `duties` run only meanwhile: work that one replica does for all.
    """

    def __init__(
        self, election: Election, stream: FrameStream, maker: FrameMaker, feed: Feed, duties: Sequence[Duty] = ()
    ) -> None:
        self._election = election
        self._stream = stream
        self._maker = maker
        self._feed = feed
        self._duties = duties
        self._tenure: Tenure | None = None
        self._permit: Permit | None = None
        self._outdated_epoch = 0  # of a stream that has later frames than the table knows of
        self._reached = 0
        self._troubles: dict[str, str] = {}

    async def run(self) -> None:
        """Publishes whenever the lease can be had, until cancelled."""
        while True:
            self._tenure = await self._election.won(self._known_epoch)
            await self._catch_up()
            self._maker.start(self._feed.latest, self._tenure.lease.as_of)
            logger.info("this replica publishes the prices", extra={"epoch": self._tenure.lease.epoch})
            try:
                await self._lead(self._tenure)
            except* LeaseLost:
                logger.warning("another replica publishes the prices")
            self._tenure = self._permit = None

    async def _catch_up(self) -> None:
        """Reads the latest catalogue: the publisher before may have published changes that are not known here."""
        while True:
            try:
                async with asyncio.timeout(_CATALOGUE_TIMEOUT_SECONDS):
                    await self._maker.catalogue.latest()
            except Exception as error:
                self._log("catalogue", repr(error))
            else:
                self._log("catalogue", "")
                return
            await asyncio.sleep(FRAME_SECONDS)

    def _known_epoch(self) -> int:
        return max(epoch_of(self._feed.latest.seq) if self._feed.latest else 0, self._outdated_epoch)

    async def release(self) -> None:
        """Hands the lease over at the end of the process, after `run`. Frames go on until another replica takes it.

        If nobody does, the last frame is withdrawn, so that whoever starts next need not wait until it has expired.
        """
        tenure, self._tenure = self._tenure, None
        if tenure is None:
            return
        try:
            await tenure.release()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SUCCESSION_SECONDS):
                    await self._publish(tenure)
            await tenure.reclaim()
            if tenure.lease.server:
                await self._stream.retire(tenure.lease.server, tenure.last_seq)
            await tenure.renew(server="")
            await tenure.release()
        except LeaseLost:
            logger.info("another replica has taken over the prices")
        except Exception as error:
            logger.warning("the lease of the prices was not handed over", extra={"why": repr(error)})

    async def _lead(self, tenure: Tenure) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep(tenure))
            group.create_task(self._publish(tenure))
            for duty in self._duties:
                group.create_task(self._perform(duty))

    async def _keep(self, tenure: Tenure) -> None:
        """Renews the lease every second. Raises LeaseLost."""
        while True:
            begun = time.monotonic()
            try:
                async with asyncio.timeout(_RENEWAL_TIMEOUT_SECONDS):
                    await self._renew(tenure)
            except LeaseLost:
                raise
            except Exception as error:
                self._log("lease", repr(error))
            else:
                self._log("lease", "")
            await asyncio.sleep(begun + RENEW_SECONDS - time.monotonic())

    async def _renew(self, tenure: Tenure) -> None:
        """Renews the lease, and decides where the next frames go."""
        server, held = await self._server(), tenure.lease.server
        tenure.reached(self._maker.time())
        if self._outdated_epoch >= tenure.lease.epoch:
            self._permit = None
            await tenure.exceed(self._outdated_epoch)
        if server and (server.server == held or tenure.is_fenced):
            await tenure.renew(server=server.server)
            tenure.permitted()
            self._permit = Permit(server.server, server.time_us + int(PERMIT_SECONDS * 1e6))
        elif tenure.is_fenced:
            self._permit = None
            await tenure.renew(server="", frame=self._make(tenure))
        else:  # a head may be left on a server that does not answer, or is no longer the one that does
            await tenure.renew(server=held)

    async def _server(self) -> ServerTime | None:
        try:
            async with asyncio.timeout(_CLOCK_TIMEOUT_SECONDS):
                server = await self._stream.time()
        except Exception as error:
            self._log("redis", repr(error))
            return None
        self._log("redis", "")
        return server

    async def _publish(self, tenure: Tenure) -> None:
        """Publishes a frame every 250 ms while there is a permit."""
        while True:
            begun = time.monotonic()
            permit = self._permit
            if permit is not None:
                try:
                    await self._publish_one(tenure, permit)
                except Outdated as outdated:
                    self._permit, self._outdated_epoch = None, outdated.epoch
                    self._log("stream", repr(outdated))
                except OtherServer as other:
                    self._permit = None
                    self._log("stream", repr(other))
                except NotPublished as refusal:
                    self._log("stream", repr(refusal))
                except Exception as error:
                    self._log("stream", repr(error))
                else:
                    self._log("stream", "")
            await asyncio.sleep(begun + FRAME_SECONDS - time.monotonic())

    async def _publish_one(self, tenure: Tenure, permit: Permit) -> None:
        """Publishes a frame. It is of the version of the catalogue that someone waits for, or of a later one."""
        try:
            await self._stream.publish(self._make(tenure), permit, self._reached)
        except Wanted as wanted:
            async with asyncio.timeout(_CATALOGUE_TIMEOUT_SECONDS):
                await self._maker.catalogue.reach(wanted.version)
            self._reached = wanted.version
            await self._stream.publish(self._make(tenure), permit, self._reached)

    def _make(self, tenure: Tenure) -> Frame:
        frame = self._maker.make(tenure.next_seq())
        tenure.reached(frame.as_of)
        return frame

    async def _perform(self, duty: Duty) -> None:
        while True:
            try:
                await duty()
            except Exception as error:
                logger.exception("a duty of the publisher failed", extra={"why": repr(error)})
            await asyncio.sleep(_PAUSE_SECONDS)

    def _log(self, part: str, trouble: str) -> None:
        """Logs when something begins to fail, and when it works again."""
        if bool(trouble) != bool(self._troubles.get(part)):
            if trouble:
                logger.warning("a part of the publication of prices fails", extra={"part": part, "why": trouble})
            else:
                logger.info("a part of the publication of prices works again", extra={"part": part})
        self._troubles[part] = trouble
