"""One connection to Redis, which never changes silently: whoever uses it knows which server process answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection

_RUN_ID = re.compile(rb"^run_id:(\w+)", re.MULTILINE)


class Line:
    """Sends one command at a time. Raises what the client raises, and opens a new connection after that.

    A pooled client reconnects by itself, perhaps to another server. Here `connections` counts.
    """

    def __init__(self, redis: Redis) -> None:
        self._pool = redis.connection_pool
        self._connection: AbstractConnection | None = None
        self.server = ""  # the run id of the process at the other end
        self.connections = 0

    async def connect(self) -> str:
        """Connects if necessary. Returns the run id of the server that the next command goes to."""
        async with self._closed_on_error():
            await self._connected()
        return self.server

    async def call(self, *command: Any) -> Any:
        """Sends a command and returns the answer. Connects if necessary."""
        async with self._closed_on_error():
            return await self._ask(await self._connected(), *command)

    @asynccontextmanager
    async def _closed_on_error(self) -> AsyncIterator[None]:
        try:
            yield
        except BaseException:  # also cancelled: an answer may be on its way
            await self.close()
            raise

    async def _connected(self) -> AbstractConnection:
        if self._connection is None:
            self._connection = await self._pool.get_connection()  # type: ignore[no-untyped-call]  # its decorator is
            self.connections += 1
            info: bytes = await self._ask(self._connection, "INFO", "server")
            found = _RUN_ID.search(info)
            self.server = found[1].decode() if found else "unknown"
        return self._connection

    @staticmethod
    async def _ask(connection: AbstractConnection, *command: Any) -> Any:
        await connection.send_command(*command)
        return await connection.read_response()

    async def close(self) -> None:
        """Gives up the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.disconnect(nowait=True)
            await self._pool.release(connection)
