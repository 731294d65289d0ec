"""The health of a server, by gRPC's health protocol."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import grpc
from google.protobuf.message import Message
from grpc_health.v1 import health, health_pb2

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
_CHECK_SECONDS = 1.0
_UNHEALTHY_CHECK_SECONDS = 0.2
_CHECK_TIMEOUT_SECONDS = 2.0

Check = Callable[[], Awaitable[object]]

logger = logging.getLogger("cnop.server")


class Health(health.aio.HealthServicer):
    """All services of a server are healthy while `check` succeeds, and unhealthy until it has."""

    _server_status: dict[str, int]

    def __init__(self, service_names: Iterable[str], check: Check) -> None:
        super().__init__()
        self._server_status = dict.fromkeys(("", *service_names), _NOT_SERVING)  # "" stands for the whole server
        self._check = check

    async def List(self, request: Message, context: grpc.aio.ServicerContext[Any, Any]) -> Message:
        """Lists the health of every service, which the library's servicer does not implement."""
        statuses = {name: health_pb2.HealthCheckResponse(status=status) for name, status in self._server_status.items()}
        response: Message = health_pb2.HealthListResponse(statuses=statuses)  # type: ignore[attr-defined] # not in the stubs
        return response

    async def watch(self) -> None:
        """Keeps the health up to date, forever."""
        status: int | None = None
        while True:
            before, status = status, await self._checked(warn=status != _NOT_SERVING)
            if status != before:
                for name in list(self._server_status):
                    await self.set(name, status)
            await asyncio.sleep(_CHECK_SECONDS if status == _SERVING else _UNHEALTHY_CHECK_SECONDS)

    async def _checked(self, *, warn: bool) -> int:
        try:
            async with asyncio.timeout(_CHECK_TIMEOUT_SECONDS):
                await self._check()
        except Exception as error:
            if warn:
                logger.warning("not serving", extra={"why": repr(error)})
            return _NOT_SERVING
        return _SERVING
