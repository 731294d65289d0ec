"""Runs a gRPC server until SIGTERM: health, reflection, graceful shutdown."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.common import settings
from services.common.mesh.certificates import Certificates
from services.common.rpc.health import Check, Health
from services.common.rpc.interceptor import ContractInterceptor
from services.common.startup import StartupError
from services.grpc_probes import server as grpc_probes

_MESSAGE_BYTES_MAX = 256 * 1024

logger = logging.getLogger("cnop.server")


def build(interceptor: ContractInterceptor, config: settings.Server, streams: int = 0) -> grpc.aio.Server:
    """Builds a server with room for `streams` besides its calls.

    The interceptor refuses calls past the concurrency but does not count health checks; the server's own limit, which
    counts everything, is higher.
    """
    return grpc.aio.server(
        interceptors=[interceptor],
        maximum_concurrent_rpcs=4 * config.concurrency + streams,
        options=[
            ("grpc.so_reuseport", 0),  # a taken port is an error, not a share of its calls
            ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX),
            # Above the edge's limit (32 KiB): gRPC refuses some requests near its own limit at random.
            ("grpc.max_metadata_size", 64 * 1024),
            ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
            # A certificate is checked only when a connection begins.
            ("grpc.max_connection_age_ms", int(config.connection_seconds * 1000)),
            ("grpc.max_connection_age_grace_ms", int(config.connection_grace_seconds * 1000)),
        ],
    )


async def serve(
    server: grpc.aio.Server,
    listen: str,
    service_names: Sequence[str],
    check: Check,
    config: settings.Server,
    *,
    certificates: Certificates,
    health_listen: str = "",
    background: Sequence[Callable[[], Coroutine[Any, Any, None]]] = (),
    end_streams: Callable[[], None] = lambda: None,
) -> None:
    """Serves members of the mesh on `listen` (host:port) until SIGTERM or SIGINT, then drains.

    The services are healthy while `check` succeeds. Probes of `health_listen`, if any, are answered until the end.
    `background` tasks run meanwhile and must not end. Raises StartupError if a port is taken or a background task ends:
    a new process is better than one that only seems well.
    """
    servicer = Health(service_names, check)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    reflection.enable_server_reflection((*service_names, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
    probes = grpc_probes.build(servicer.Check)
    _listen(server.add_secure_port, "CNOP_LISTEN", listen, certificates.for_server())
    if health_listen:
        _listen(probes.add_insecure_port, "CNOP_HEALTH_LISTEN", health_listen)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await server.start()
    await probes.start()
    watch = asyncio.create_task(servicer.watch())
    tasks = [watch, *(asyncio.create_task(work()) for work in background)]
    for task in tasks:
        task.add_done_callback(lambda _: stop.set())
    logger.info("serving", extra={"listen": listen})
    await stop.wait()
    ended = [task for task in tasks if task.done()]
    for task in ended:
        why = "cancelled" if task.cancelled() else repr(task.exception())
        logger.critical("a background task has ended", extra={"why": why})
    watch.cancel()
    await servicer.enter_graceful_shutdown()
    # Clients go elsewhere once they see that. Until then their calls must be accepted: one that is on its way when the
    # server stops ends as CANCELLED (grpc/grpc#41785), which must not be retried.
    await asyncio.sleep(config.lame_duck_seconds)
    end_streams()
    await server.stop(config.drain_seconds)
    await probes.stop(None)
    for task in tasks:  # last, because running calls may need them
        task.cancel()
    logger.info("stopped")
    if ended:
        raise StartupError("a background task has ended")


def _listen(add_port: Callable[..., int], variable: str, address: str, *credentials: grpc.ServerCredentials) -> None:
    try:
        add_port(address, *credentials)
    except RuntimeError as error:
        raise StartupError(f"cannot listen on {address}: {error}; {variable} sets another address") from None
