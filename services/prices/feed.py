"""The current prices, for a service that reads them.

An order must be filled at a frame that is at least as new as any that a client has received before it sent the order.
So `current` reads anew: the head of the stream in Redis, which the publisher renews with every frame, or else the
frame in the table, which is there only while no head can be. If neither has one, prices are unavailable.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

from redis.asyncio import Redis

from services.common.rpc.errors import Unavailable
from services.prices.frame import Frame
from services.prices.head import Head, NoHead
from services.prices.ports import FrameTable
from services.prices.shared import SharedRead

_FOLLOW_SECONDS = 0.25
_FOLLOW_TABLE_SECONDS = 1.0  # how often the publisher writes there
_STALE_SECONDS = 5.0
_HEAD_SECONDS_MAX = 2.0  # a head lives for less, unless the clock of its server was put back
_REST_SECONDS = 1.0  # after Redis did not answer, the table is asked first

logger = logging.getLogger("cnop.prices")


class Feed:
    """The prices as last read, and the reading of newer ones."""

    def __init__(self, redis: Redis, table: FrameTable) -> None:
        self._head = Head(redis)
        self._table = table
        self._read = SharedRead(self._find)
        self._latest: Frame | None = None
        self._news = asyncio.Event()
        self._new_at = float("-inf")  # when a new frame was last read; like the others, a time.monotonic() reading
        self._rest_until = float("-inf")
        self._trusted = 0  # the connection whose frames are known to be no older than the publisher
        self._candidate = 0, 0  # the next connection, and the first number that was read there
        self._seq_min = 0
        self._unproven = 0  # the number of a frame in the table that may be left over
        self._place = ""

    @property
    def latest(self) -> Frame | None:
        """The frame that was read last, None before the first. For lists and pages."""
        return self._latest

    @property
    def is_stale(self) -> bool:
        """Whether no new frame was read for 5 seconds.

        By the clock of this process alone: those of two machines may differ by minutes.
        """
        return time.monotonic() - self._new_at > _STALE_SECONDS

    async def current(self) -> Frame:
        """Returns a frame that was the newest at a moment after the call. Raises Unavailable PRICES_UNAVAILABLE."""
        return await self._read()

    async def newer(self, seq: int) -> Frame:
        """Waits until a frame above `seq` was read, and returns the latest."""
        while self._latest is None or self._latest.seq <= seq:
            await self._news.wait()
        return self._latest

    async def follow(self) -> None:
        """Reads the frames as they come, until cancelled."""
        while True:
            with contextlib.suppress(Unavailable):  # logged when the place changes
                await self._read()
            await asyncio.sleep(_FOLLOW_TABLE_SECONDS if self._place == "table" else _FOLLOW_SECONDS)

    async def _find(self) -> Frame:
        """Reads the newest frame from Redis or from the table."""
        places = [("redis", self._in_redis), ("table", self._in_table)]
        if time.monotonic() < self._rest_until:
            places.reverse()
        reasons: list[str] = []
        for place, read in places:
            try:
                frame = self._accept(await read())
            except Exception as error:
                reasons.append(f"{place}: {error!r}")
            else:
                self._log(place, reasons)
                return frame
        self._log("nowhere", reasons)
        raise Unavailable("PRICES_UNAVAILABLE", "the current prices are not known; try again")

    async def _in_redis(self) -> Frame:
        """Reads the head.

        A new connection may lead to a server that was rolled back with its memory, and has an old head. So it must be
        trusted first.
        """
        try:
            frame = await self._head.read()
        except NoHead:
            raise
        except Exception:
            self._rest_until = time.monotonic() + _REST_SECONDS
            raise
        if self._trusted != self._head.connections:
            await self._trust(frame, self._head.connections)
        if frame.seq < self._seq_min:
            raise NoHead("the head is that of an earlier publisher")
        if frame is self._latest and time.monotonic() - self._new_at > _HEAD_SECONDS_MAX:
            raise NoHead("the head should have expired")
        return frame

    async def _trust(self, frame: Frame, connection: int) -> None:
        """Trusts a server once the table says which frames are outdated, or its head moves: a publisher is at work.

        Raises what prevents the read of the table if neither is so.
        """
        if self._candidate[0] != connection:
            self._candidate = connection, frame.seq
        try:
            self._seq_min = (await self._table.latest()).seq_min
        except Exception:
            if frame.seq <= self._candidate[1]:
                raise
            self._seq_min = 0  # its publisher is alive
        self._trusted = connection

    async def _in_table(self) -> Frame:
        """Reads the frame in the table. After a silence, it must be followed by another one: its publisher may be dead.

        (A head in Redis expires instead.)
        """
        frame = (await self._table.latest()).frame
        if frame is None:
            raise NoHead("no frame")
        if self.is_stale and self._unproven in (0, frame.seq):
            self._unproven = frame.seq
            raise NoHead(f"frame {frame.seq} may be left over")
        return frame

    def _accept(self, frame: Frame) -> Frame:
        """Notes a frame. Raises NoHead if an order must not be filled at it."""
        if self._latest is not None and frame.seq < self._latest.seq:
            raise NoHead(f"frame {frame.seq} is older than {self._latest.seq}")
        if self._latest is None or frame.seq > self._latest.seq:
            self._latest, self._new_at, self._unproven = frame, time.monotonic(), 0
            news, self._news = self._news, asyncio.Event()
            news.set()
        if self.is_stale:
            raise NoHead(f"frame {frame.seq} is too old")
        return frame

    def _log(self, place: str, reasons: list[str]) -> None:
        if place != self._place:
            self._place = place
            log = logger.info if place == "redis" or self._latest is None else logger.warning
            log("prices come from another place", extra={"place": place, "why": "; ".join(reasons)})
