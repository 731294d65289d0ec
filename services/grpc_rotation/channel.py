"""A channel that presents the newest certificate without a restart, and soon finds servers that were away.

gRPC fixes the certificate of a channel when it is created. So each certificate gets a channel of its own, and stubs
call through the newest.

While a name has no addresses, gRPC looks it up ever more rarely, in the end every two minutes, and no option changes
that. A new channel looks it up at once. So a channel without a server is replaced as soon as another one is connected.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import grpc

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)

_CHECK_SECONDS = 1.0
_CONNECT_SECONDS_MAX = 5.0
_FINISH_SECONDS_MAX = 15.0  # longer than the deadline of any call

logger = logging.getLogger(__name__)


class Certificates(Protocol[C_co]):
    """Where certificates come from."""

    def newest(self) -> C_co:
        """Returns the newest certificate: the same object until there is another one."""
        ...


class RotatingChannel(Generic[C]):
    """The channel that `make` creates for the newest certificate. While it is entered, it is replaced when needed.

    It has what stubs of unary methods need of a channel.
    """

    def __init__(self, certificates: Certificates[C], make: Callable[[C], grpc.aio.Channel]) -> None:
        self._certificates = certificates
        self._make = make
        self._certificate = certificates.newest()
        self._newest = make(self._certificate)

    def unary_unary(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """Makes a method of a stub. Each call of it goes through the newest channel."""
        return self._method("unary_unary", *args, **kwargs)

    def unary_stream(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """Makes a method with a stream of responses, as `unary_unary` does. A stream stays on its channel."""
        return self._method("unary_stream", *args, **kwargs)

    def _method(self, kind: str, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        channel = self._newest
        method = getattr(channel, kind)(*args, **kwargs)

        def call(*call_args: Any, **call_kwargs: Any) -> Any:
            nonlocal channel, method
            if channel is not self._newest:
                channel = self._newest
                method = getattr(channel, kind)(*args, **kwargs)
            return method(*call_args, **call_kwargs)

        return call

    async def __aenter__(self) -> RotatingChannel[C]:
        self._rotation = asyncio.create_task(self._rotate())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._rotation.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._rotation
        await self._newest.close()

    async def _rotate(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_SECONDS)
            certificate = self._certificates.newest()
            has_failed = self._newest.get_state() is grpc.ChannelConnectivity.TRANSIENT_FAILURE
            if has_failed or certificate is not self._certificate:
                try:
                    await self._replace(certificate)
                except Exception:
                    logger.exception("the channel was not replaced")

    async def _replace(self, certificate: C) -> None:
        """Switches to a new channel once it is connected, and closes the old one when its calls have finished."""
        following = self._make(certificate)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS_MAX):
                await following.channel_ready()
        except BaseException as error:
            await following.close()
            if not isinstance(error, TimeoutError):
                raise
            if certificate is not self._certificate:
                logger.warning("no connection with the new certificate yet")
            return
        old, self._newest, self._certificate = self._newest, following, certificate
        try:
            await old.close(_FINISH_SECONDS_MAX)
        finally:
            await old.close()
