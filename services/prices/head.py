"""The newest frame in Redis, if it is certain to be the newest."""

from __future__ import annotations

from redis.asyncio import Redis

from services.prices.frame import Frame, unpack
from services.prices.keys import HEAD, STREAM
from services.prices.line import Line

# KEYS: the stream, its head. ARGV: the head that the reader has.
_READ = """
local head = redis.call('GET', KEYS[2])
if not head or head == ARGV[1] then return {head} end
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return {head, newest[1] and newest[1][1], newest[1] and newest[1][2][2]}
"""


class NoHead(Exception):
    """Redis answers, but what it holds cannot be trusted to be the newest frame."""


class Head:
    """Reads the newest frame. Raises NoHead, what the client raises, and ValueError.

    The publisher names the server process in the head, so that one that was restored from a snapshot is not believed.
    A head expires soon after its publisher falls silent, by the clock of that server.
    """

    def __init__(self, redis: Redis) -> None:
        self._line = Line(redis)
        self._head = b""
        self._frame: Frame | None = None

    @property
    def connections(self) -> int:
        """How often a connection was opened. What an earlier one said does not count for the next."""
        return self._line.connections

    async def read(self) -> Frame:
        """Returns the newest frame."""
        answer = await self._line.call("EVAL", _READ, 2, STREAM, HEAD, self._head)
        head, *newest = answer or [None]
        if not head:
            raise NoHead("no publisher is at work")
        if head != self._head or self._frame is None:
            self._head, self._frame = head, _parse(head, self._line.server, *newest)
        return self._frame


def _parse(head: bytes, server: str, entry: bytes = b"", packed: bytes = b"") -> Frame:
    of_server, _, seq = head.decode().partition(":")
    if of_server != server:
        raise NoHead("the head was written by another process of Redis")
    if entry.decode() != f"{seq}-0":
        raise NoHead("the head is not that of the stream")
    frame = unpack(packed)
    if frame.seq != int(seq):
        raise NoHead("the frame has another number than its entry")
    return frame
