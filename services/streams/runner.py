"""Runs the streams of a server: their places, heartbeats and ends."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any, Protocol

import grpc
from google.protobuf.message import Message

from services.common.rpc import call as calls
from services.common.rpc.call import Principal
from services.common.rpc.errors import Unauthenticated, Unavailable
from services.common.rpc.handler import Context, Handler, Method
from services.streams import stream as streams
from services.streams.places import Places
from services.streams.settings import StreamSettings
from services.streams.stream import Stream

_SWEEP_SECONDS = 1.0
_UNKNOWN_SWEEPS_MAX = 10  # how often in a row it may be unknown whether a session has ended
_AGE_SPREAD = 0.1  # so that streams that began together do not end together
_END_REASONS = {"TOKEN_EXPIRED": "TOKEN_EXPIRED", "TOKEN_REVOKED": "SESSION_REVOKED"}

EndMessage = Callable[[str], Message]  # makes the last message of a stream from its reason
Serve = Callable[[Any, Any], AsyncGenerator[Any, None]]

logger = logging.getLogger("cnop.streams")


class Sessions(Protocol):
    """Knows which sessions go on."""

    async def confirm(self, user: Principal) -> None:
        """Raises Unauthenticated if the token has expired or its session has ended, Unavailable if that is unknown."""
        ...


class Streams:
    """The open streams of a server. `ends` has the last message of each streaming method, by its path."""

    def __init__(
        self, config: StreamSettings, ends: Mapping[str, EndMessage], sessions: Sessions | None = None
    ) -> None:
        self._config = config
        self._ends = ends
        self._sessions = sessions
        self._places = Places(config)
        self._open: dict[Stream, float] = {}  # with the time at which it is too old
        self._unknown: dict[str, int] = {}  # sweeps in a row, by session

    def handler(self, calls: Handler, method: Method) -> grpc.RpcMethodHandler[Any, Any]:
        """Returns the handler of a streaming method. Raises LookupError if its last message is not known."""
        serve: Any = method.serve
        method = method._replace(serve=partial(self._run, self._ends[method.path], serve))
        return grpc.stream_stream_rpc_method_handler(partial(calls.run, method), None, serialize)

    async def _run(self, end: EndMessage, serve: Serve, request: Any, context: Context) -> None:
        call = calls.current()
        with self._places.taken(call):
            stream = Stream(call, self._config.heartbeat_seconds)
            streams.enter(stream)
            call.deadline = float("inf")
            age = self._config.age_seconds * (1 - random.uniform(0, _AGE_SPREAD))  # noqa: S311 - jitter
            self._open[stream] = stream.began_at + age
            try:
                async with aclosing(serve(request, context)) as messages:
                    async for message in messages:
                        await stream.write(context, message)
                        if stream.end_reason:
                            break
                await stream.write(context, end(stream.end_reason))
            finally:
                del self._open[stream]

    async def watch(self) -> None:
        """Ends streams that are too old or too slow, or whose sessions have ended, until it is cancelled."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            await self.sweep()

    async def sweep(self) -> None:
        """Looks once at each stream."""
        for stream, ends_at in list(self._open.items()):
            self._check_pace(stream, ends_at)
        await self._check_sessions()

    def _check_pace(self, stream: Stream, ends_at: float) -> None:
        blocked, limit = stream.blocked_seconds, self._config.blocked_seconds
        if blocked >= 2 * limit:
            logger.info("a client does not read its stream", extra={"request_id": stream.call.request_id})
            stream.cut()
        elif blocked >= limit:  # the reason reaches it if it reads on
            stream.end("SLOW_CLIENT")
        elif time.monotonic() >= ends_at:
            stream.end("MAX_AGE")
        elif stream.is_quiet:
            stream.wake()

    async def _check_sessions(self) -> None:
        """Asks for all at once: while the answer is unknown, those who ask wait for it together."""
        users = {one.call.principal.token: one.call.principal for one in self._open if one.call.principal is not None}
        found = await asyncio.gather(*map(self._end_reason, users.values()))
        reasons = dict(zip(users, found, strict=True))
        self._unknown = {
            token: self._unknown.get(token, 0) + 1 for token, reason in reasons.items() if reason == "UNKNOWN"
        }
        for token, sweeps in self._unknown.items():
            reasons[token] = "DEPENDENCY_UNAVAILABLE" if sweeps >= _UNKNOWN_SWEEPS_MAX else ""
        for stream in self._open:
            reason = reasons.get(stream.call.principal.token) if stream.call.principal is not None else ""
            if reason:
                stream.end(reason)

    async def _end_reason(self, user: Principal) -> str:
        """Returns why the streams of a user must end, "" if they need not."""
        if self._sessions is None:
            return ""
        try:
            await self._sessions.confirm(user)
        except Unauthenticated as ended:
            return _END_REASONS.get(ended.reason, "SESSION_REVOKED")
        except Unavailable:
            return "UNKNOWN"
        return ""

    def end_all(self) -> None:
        """Ends all streams: the server stops, and clients find another."""
        for stream in self._open:
            stream.end("SHUTDOWN")


def serialize(message: Message | bytes) -> bytes:
    """Returns the bytes of a message; those that streams share are bytes already."""
    return message if isinstance(message, bytes) else message.SerializeToString()
