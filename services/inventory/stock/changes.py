"""Which assets' stock has changed, shared by the replicas in Redis: a sorted set, scored by the clock of Redis."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.inventory.stock.ports import SharedChangesAway

KEY = "cnop:stock-changed"

# Adds the assets ARGV[2...], and returns the time and the assets that have changed since ARGV[1], both in microseconds.
_EXCHANGE = """
local clock = redis.call('TIME')
local now = string.format('%.0f', clock[1] * 1000000 + clock[2])
for number = 2, #ARGV do
  redis.call('ZADD', KEYS[1], now, ARGV[number])
end
return {now, redis.call('ZRANGE', KEYS[1], ARGV[1], '+inf', 'BYSCORE')}
"""


class SharedChanges:
    """Tells the other replicas what this one has changed, and learns what they have."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._server = ""
        self._since = 0

    async def exchange(self, changed: Collection[str]) -> Collection[str] | None:
        """Adds changes and returns all since the last exchange, maybe more; None if Redis may have forgotten some.

        Raises SharedChangesAway. What was added then may be added again.
        """
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.info("server")
                pipe.eval(_EXCHANGE, 1, KEY, str(self._since), *changed)
                server, (now, assets) = await pipe.execute()
        except (RedisError, OSError) as error:  # TimeoutError is an OSError
            raise SharedChangesAway from error
        return self._learn(server["run_id"], int(now), [_text(asset) for asset in assets])

    def _learn(self, server: str, now: int, assets: Collection[str]) -> Collection[str] | None:
        """Another server may lack changes, and so does one whose clock went back."""
        is_complete = server == self._server and now >= self._since
        self._server, self._since = server, now
        return assets if is_complete else None


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
