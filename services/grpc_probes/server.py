"""A port for probes: kubelets show no client certificate, so they cannot ask the port of the mesh.

It has one method, grpc.health.v1.Health/Check. The service "liveness" is healthy as long as the process can answer; all
others are as healthy as on the port of the mesh. So a database that is unavailable takes a replica out of use, and does
not restart it.

Anybody who can reach the port may ask. A connection has few calls, ends soon, and can hold nothing open: there is no
Watch.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2

LIVENESS = "liveness"
_CONNECTION_MS_MAX = 5_000  # a kubelet opens a connection for each probe

Context = grpc.aio.ServicerContext[Any, Any]
Check = Callable[[health_pb2.HealthCheckRequest, Context], Awaitable[health_pb2.HealthCheckResponse]]


def build(readiness: Check) -> grpc.aio.Server:
    """Builds the server. `readiness` answers for all services but "liveness"."""

    async def check(request: health_pb2.HealthCheckRequest, context: Context) -> health_pb2.HealthCheckResponse:
        if request.service == LIVENESS:  # the event loop has just answered
            return health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVING)
        return await readiness(request, context)

    server = grpc.aio.server(
        options=[
            ("grpc.so_reuseport", 0),
            ("grpc.max_concurrent_streams", 4),
            ("grpc.max_receive_message_length", 1024),
            ("grpc.max_metadata_size", 8 * 1024),
            ("grpc.server_handshake_timeout_ms", _CONNECTION_MS_MAX),
            ("grpc.max_connection_age_ms", _CONNECTION_MS_MAX),
            ("grpc.max_connection_age_grace_ms", 1_000),
        ]
    )
    method = grpc.unary_unary_rpc_method_handler(
        check,
        request_deserializer=health_pb2.HealthCheckRequest.FromString,
        response_serializer=health_pb2.HealthCheckResponse.SerializeToString,
    )
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(health.SERVICE_NAME, {"Check": method})])
    return server
