"""Runs a gRPC server until SIGTERM: health, reflection, drain."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.common import settings
from services.common.mesh.certificates import Certificates
from services.common.rpc.contract import Contract
from services.common.rpc.health import Health

_HEALTH_SECONDS = 1.0
_UNHEALTHY_SECONDS = 0.2
_HEALTH_TIMEOUT_SECONDS = 2.0
_MESSAGE_BYTES_MAX = 256 * 1024

logger = logging.getLogger("cnop.server")


def build(contract: Contract, config: settings.Server) -> grpc.aio.Server:
    """A server that holds every call to its contract.

    The contract refuses calls past the concurrency; health checks are not counted there. The server's own limit, which
    counts everything, lies above it.
    """
    return grpc.aio.server(
        interceptors=[contract],
        maximum_concurrent_rpcs=4 * config.concurrency,
        options=[
            ("grpc.so_reuseport", 0),  # a taken port is an error, not a share of the calls
            ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX),
            # Above what the edge lets through (32 KiB): gRPC refuses some of the requests near its limit, by chance.
            ("grpc.max_metadata_size", 64 * 1024),
            ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
            # A certificate is looked at when a connection begins, and never again.
            ("grpc.max_connection_age_ms", int(config.connection_seconds * 1000)),
            ("grpc.max_connection_age_grace_ms", int(config.connection_grace_seconds * 1000)),
        ],
    )


async def serve(
    server: grpc.aio.Server,
    listen: str,
    service_names: Iterable[str],
    check: Callable[[], Awaitable[object]],
    config: settings.Server,
    *,
    certificates: Certificates,
    background: Sequence[Callable[[], Coroutine[Any, Any, None]]] = (),
) -> None:
    """Serves on `listen` (host:port) until SIGTERM or SIGINT, then hands over, finishes what runs and returns.

    Only who shows a certificate of the mesh is let in. The services are healthy while `check` succeeds. `background` is
    what runs meanwhile, and never ends by itself. Raises SystemExit when the port is taken, and after it has stopped
    because something in the background ended: a new process is better than one that seems to be well.
    """
    names = ("", *service_names)  # "" stands for all of them
    servicer = Health()
    for name in names:
        await servicer.set(name, health_pb2.HealthCheckResponse.NOT_SERVING)  # until the first check
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    reflection.enable_server_reflection((*names[1:], health.SERVICE_NAME, reflection.SERVICE_NAME), server)
    try:
        server.add_secure_port(listen, certificates.for_server())
    except RuntimeError as error:
        raise SystemExit(f"cannot listen on {listen}: {error}") from None

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await server.start()
    watch = asyncio.create_task(_watch(servicer, names, check))
    others = [asyncio.create_task(work()) for work in background]
    tasks = [watch, *others]
    for task in tasks:
        task.add_done_callback(lambda _: stop.set())
    logger.info("serving", extra={"listen": listen})
    await stop.wait()
    dead = [task for task in tasks if task.done()]
    for task in dead:
        why = "cancelled" if task.cancelled() else repr(task.exception())
        logger.critical("cannot go on: work in the background has ended", extra={"why": why})
    watch.cancel()
    await servicer.enter_graceful_shutdown()
    # Clients go elsewhere as soon as they see that. Until then their calls must be taken: one that is on its way when
    # the server stops ends as CANCELLED (grpc/grpc#41785), which nobody may retry.
    await asyncio.sleep(config.lame_duck_seconds)
    await server.stop(config.drain_seconds)
    for task in others:  # calls that were still served may have needed them
        task.cancel()
    logger.info("stopped")
    if dead:
        raise SystemExit(1)


async def _watch(servicer: Health, names: tuple[str, ...], check: Callable[[], Awaitable[object]]) -> None:
    """Keeps the health of the services at what `check` says."""
    before: int | None = None
    while True:
        now = await _status(check, warn=before != health_pb2.HealthCheckResponse.NOT_SERVING)
        if before != now:
            before = now
            for name in names:
                await servicer.set(name, now)
        await asyncio.sleep(_HEALTH_SECONDS if now == health_pb2.HealthCheckResponse.SERVING else _UNHEALTHY_SECONDS)


async def _status(check: Callable[[], Awaitable[object]], *, warn: bool) -> int:
    try:
        async with asyncio.timeout(_HEALTH_TIMEOUT_SECONDS):
            await check()
    except Exception as error:
        if warn:
            logger.warning("not serving", extra={"why": repr(error)})
        return health_pb2.HealthCheckResponse.NOT_SERVING
    return health_pb2.HealthCheckResponse.SERVING
