"""An open stream, as its servicer sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any

import grpc

from services.common.rpc.call import Call
from services.common.rpc.handler import Context


class Stream:
    """An open stream. It sleeps until something wakes it, and never holds more than the message it is writing."""

    def __init__(self, call: Call, heartbeat_seconds: float) -> None:
        self.call = call
        self.end_reason = ""
        self.began_at = self._written_at = time.monotonic()
        self._heartbeat_seconds = heartbeat_seconds
        self._writing_since: float | None = None
        self._woken = asyncio.Event()
        self._task = asyncio.current_task()

    @property
    def wake(self) -> Any:
        """What wakes the stream: a function without parameters, to be called when there is something to send."""
        return self._woken.set

    @property
    def is_quiet(self) -> bool:
        """Whether it is time for a heartbeat."""
        return time.monotonic() - self._written_at >= self._heartbeat_seconds

    @property
    def blocked_seconds(self) -> float:
        """How long the client has not read the current message."""
        return 0.0 if self._writing_since is None else time.monotonic() - self._writing_since

    async def turns(self) -> AsyncIterator[None]:
        """Yields at once, and then whenever the stream was woken, until it is to end."""
        while not self.end_reason:
            yield
            await self._woken.wait()
            self._woken.clear()

    def end(self, reason: str) -> None:
        """Ends the stream after the message that it is writing. The first reason stands."""
        self.end_reason = self.end_reason or reason
        self._woken.set()

    def cut(self) -> None:
        """Ends the stream without another message: the client reads none. The edge resets it after a while."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    async def write(self, context: Context, message: Any) -> None:
        """Writes a message; waits until the client has room for it. A client that has left cancels the call."""
        self._writing_since = time.monotonic()
        try:
            await context.write(message)
        except grpc.aio.InternalError:  # raised by gRPC if the client left during the write
            raise asyncio.CancelledError from None
        self._written_at, self._writing_since = time.monotonic(), None


_current: ContextVar[Stream] = ContextVar("stream")


def enter(stream: Stream) -> None:
    """Makes `stream` the one that this task serves."""
    _current.set(stream)


def current() -> Stream:
    """Returns the stream that this task serves. Raises LookupError outside of streams."""
    return _current.get()
