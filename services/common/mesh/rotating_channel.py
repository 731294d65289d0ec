"""A channel that presents the newest certificate without a restart.

gRPC fixes the certificate of a channel when it is created. So each certificate gets a channel of its own, and stubs
call through the newest.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

import grpc

from services.common.mesh.certificates import Certificate, Certificates

_CHECK_SECONDS = 1.0
_CONNECT_SECONDS_MAX = 5.0
_FINISH_SECONDS_MAX = 15.0  # longer than the deadline of any unary call

Make = Callable[[Certificate], grpc.aio.Channel]

logger = logging.getLogger("cnop.certificates")


class RotatingChannel(grpc.aio.Channel):
    """The channel that `make` creates for the newest certificate. It checks for a newer one while it is entered."""

    def __init__(self, certificates: Certificates, make: Make) -> None:
        self._certificates = certificates
        self._make = make
        self._certificate = certificates.newest()
        self._rotation: asyncio.Task[None] | None = None
        self.newest = make(self._certificate)

    async def _rotate(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_SECONDS)
            certificate = self._certificates.newest()
            if certificate is not self._certificate:
                try:
                    await self._replace(certificate)
                except Exception:
                    logger.exception("no channel with the new certificate")

    async def _replace(self, certificate: Certificate) -> None:
        """Switches to a new channel once it is connected, and closes the old one when its calls have finished."""
        following = self._make(certificate)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS_MAX):
                await following.channel_ready()
        except BaseException as error:
            await following.close()
            if not isinstance(error, TimeoutError):
                raise
            logger.warning("no connection with the new certificate yet")
            return
        old, self.newest, self._certificate = self.newest, following, certificate
        try:
            await old.close(_FINISH_SECONDS_MAX)
        finally:
            await old.close()

    async def __aenter__(self) -> RotatingChannel:
        self._rotation = asyncio.create_task(self._rotate())
        return self

    async def __aexit__(self, *_: object) -> None:
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
    """A method of a stub. Each call goes to the newest channel."""

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
