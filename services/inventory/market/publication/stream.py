"""The stream of frames in Redis, as its publisher writes it."""

from __future__ import annotations

from typing import NamedTuple

from redis.asyncio import Redis

from services.inventory.market.publication.lease import epoch_of
from services.prices.frame import Frame, pack
from services.prices.keys import HEAD, PROBE, STREAM, WANTED
from services.prices.line import Line

HEAD_SECONDS = 1.5  # how long a frame is believed to be the newest, by the clock of the server
_KEPT = 600

# KEYS: the stream, its head, the version that is wanted. ARGV: the deadline in microseconds by the clock of the server,
# the id of the entry, the frame, the head, its lifetime in milliseconds, how many entries are kept, the version of the
# catalogue that the frame is of.
_PUBLISH = """
local now = redis.call('TIME')
if now[1] * 1000000 + now[2] > tonumber(ARGV[1]) then return {'late', '0'} end
local wanted = redis.call('GET', KEYS[3])
if wanted and tonumber(wanted) > tonumber(ARGV[7]) then return {'wanted', wanted} end
local added = redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[6], ARGV[2], 'f', ARGV[3])
if type(added) == 'table' and added.err then
  local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
  return {added.err, newest[1] and newest[1][1] or '0-0'}
end
redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
return {'published', '0'}
"""

# KEYS: a key to write to. A server that refuses writes, as a replica or for want of memory, is of no use.
_TIME = """
redis.call('SET', KEYS[1], '1', 'PX', 5000)
return redis.call('TIME')
"""

# KEYS: the head. ARGV: the head as its publisher left it.
_RETIRE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""


class NotPublished(Exception):
    """The frame was not published."""


class Late(NotPublished):
    """The permit has expired."""


class OtherServer(NotPublished):
    """Another process of Redis answers than the one that the permit is for."""


class Outdated(NotPublished):
    """The stream has a frame of this or a later epoch already."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"the stream is at epoch {epoch}")
        self.epoch = epoch


class Wanted(NotPublished):
    """Someone waits for a later version of the catalogue, or has seen it in the frames of another publisher."""

    def __init__(self, version: int) -> None:
        super().__init__(f"version {version} of the catalogue is wanted")
        self.version = version


class ServerTime(NamedTuple):
    """The time in microseconds by the clock of a process of Redis."""

    server: str
    time_us: int


class Permit(NamedTuple):
    """The permission to publish on a server until a moment of its clock. The lease was renewed after it was read."""

    server: str
    deadline_us: int


class FrameStream:
    """Writes frames. Raises what the client raises.

    Two connections: the time is read while frames are sent.
    """

    def __init__(self, redis: Redis) -> None:
        self._frames = Line(redis)
        self._clock = Line(redis)

    async def time(self) -> ServerTime:
        """Returns the time of the server. Raises also if it refuses writes."""
        seconds, microseconds = await self._clock.call("EVAL", _TIME, 1, PROBE)
        return ServerTime(self._clock.server, int(seconds) * 1_000_000 + int(microseconds))

    async def publish(self, frame: Frame, permit: Permit, reached: int = 0) -> None:
        """Publishes a frame. It is of the version `reached` of the catalogue, if that is later than what it says.

        Raises NotPublished. If anything else is raised, the frame may have been published.
        """
        version = max(frame.catalogue_version, reached)
        if await self._frames.connect() != permit.server:
            await self._frames.close()  # it may lead to a process that is gone, and nobody has noticed
            if await self._frames.connect() != permit.server:
                raise OtherServer
        head = f"{permit.server}:{frame.seq}"
        outcome, value = await self._frames.call(
            *("EVAL", _PUBLISH, 3, STREAM, HEAD, WANTED),
            *(permit.deadline_us, f"{frame.seq}-0", pack(frame), head, int(HEAD_SECONDS * 1000), _KEPT, version),
        )
        match outcome:
            case b"published":
                return
            case b"late":
                raise Late
            case b"wanted":
                raise Wanted(int(value))
        newest = int(value.split(b"-")[0])
        if newest >= frame.seq:
            raise Outdated(epoch_of(newest))
        raise NotPublished(outcome.decode())

    async def retire(self, server: str, seq: int) -> None:
        """Removes the head, if it is that of this frame."""
        await self._frames.call("EVAL", _RETIRE, 1, HEAD, f"{server}:{seq}")

    async def close(self) -> None:
        """Gives up the connections."""
        await self._frames.close()
        await self._clock.close()
