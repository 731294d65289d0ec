"""A channel that shows the newest certificate, without a restart.

gRPC gives a channel its certificate once and for all. So there is a new channel for each certificate; what was made of
this one, a stub above all, makes its calls on the newest.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

import grpc

from services.common.mesh.certificates import Certificate, Certificates

_LOOK_SECONDS = 1.0
_CONNECT_SECONDS_MAX = 5.0
_FINISH_SECONDS_MAX = 15.0  # more than the deadline of any call

logger = logging.getLogger("cnop.certificates")


class RotatingChannel(grpc.aio.Channel):
    """The channel that `make` makes of the newest certificate. It looks for a newer one while it is entered."""

    def __init__(self, certificates: Certificates, make: Callable[[Certificate], grpc.aio.Channel]) -> None:
        self._certificates = certificates
        self._make = make
        self._certificate = certificates.newest()
        self._rotation: asyncio.Task[None] | None = None
        self.newest = make(self._certificate)

    async def _rotate(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            certificate = self._certificates.newest()
            if certificate is self._certificate:
                continue
            try:
                old = await self._replace(certificate)
                if old is not None:
                    await _retire(old)
            except Exception:
                logger.exception("no channel with the new certificate")

    async def _replace(self, certificate: Certificate) -> grpc.aio.Channel | None:
        """Makes a new channel the newest once it is connected: answers the one before, None if it does not connect."""
        following = self._make(certificate)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS_MAX):
                await following.channel_ready()
        except TimeoutError:
            logger.warning("no connection with the new certificate yet")
            await following.close()
            return None
        except asyncio.CancelledError:
            await following.close()
            raise
        old, self.newest, self._certificate = self.newest, following, certificate
        return old

    async def __aenter__(self) -> RotatingChannel:
        self._rotation = asyncio.create_task(self._rotate())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self, grace: float | None = None) -> None:
        if self._rotation is not None:
            self._rotation.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._rotation
        await self.newest.close(grace)

    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        return self.newest.get_state(try_to_connect)

    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        await self.newest.wait_for_state_change(last_observed_state)

    async def channel_ready(self) -> None:
        await self.newest.channel_ready()

    def unary_unary(self, *args: Any, **kwargs: Any) -> Any:
        return _Method(self, lambda channel: channel.unary_unary(*args, **kwargs))

    def unary_stream(self, *args: Any, **kwargs: Any) -> Any:
        return _Method(self, lambda channel: channel.unary_stream(*args, **kwargs))

    def stream_unary(self, *args: Any, **kwargs: Any) -> Any:
        return _Method(self, lambda channel: channel.stream_unary(*args, **kwargs))

    def stream_stream(self, *args: Any, **kwargs: Any) -> Any:
        return _Method(self, lambda channel: channel.stream_stream(*args, **kwargs))


class _Method:
    """A method of a stub: each call goes to the channel that is the newest then."""

    def __init__(self, owner: RotatingChannel, make: Callable[[grpc.aio.Channel], Callable[..., Any]]) -> None:
        self._owner = owner
        self._make = make
        self._channel = owner.newest
        self._call = make(owner.newest)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._channel is not self._owner.newest:
            self._channel = self._owner.newest
            self._call = self._make(self._channel)
        return self._call(*args, **kwargs)


async def _retire(channel: grpc.aio.Channel) -> None:
    """Closes a channel when the calls that run on it have finished. A stream that goes on for longer is cancelled."""
    try:
        await channel.close(_FINISH_SECONDS_MAX)
    finally:
        await channel.close()
