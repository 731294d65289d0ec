"""Channels to the other services: deadlines, retries of what may be repeated, the caller's identity."""

from __future__ import annotations

import json

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool

from services.common import request
from services.common.mesh import MeshSecret

_Level = descriptor_pb2.MethodOptions.IdempotencyLevel
_REPEAT_SAFE = {_Level.Value("NO_SIDE_EFFECTS"), _Level.Value("IDEMPOTENT")}


def service_config(service_names: tuple[str, ...]) -> str:
    """The gRPC service config: UNAVAILABLE is retried where the contract says that a method may be repeated.

    The retry budget (retryThrottling) stops retries when more than about a tenth of all calls fail.
    """
    names = [
        {"service": name, "method": method.name}
        for name in service_names
        for method in descriptor_pool.Default().FindServiceByName(name).methods
        if method.GetOptions().idempotency_level in _REPEAT_SAFE
    ]
    retry = {
        "maxAttempts": 4,
        "initialBackoff": "0.05s",
        "maxBackoff": "1s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"],
    }
    return json.dumps(
        {
            "loadBalancingConfig": [{"round_robin": {}}],
            "methodConfig": [{"name": names, "retryPolicy": retry}],
            "retryThrottling": {"maxTokens": 100, "tokenRatio": 0.1},
        }
    )


def connect(address: str, *service_names: str) -> grpc.aio.Channel:
    """A channel to the service at `address` (host:port), for the life of the process."""
    options = [
        ("grpc.service_config", service_config(service_names)),
        ("grpc.enable_retries", 1),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 5_000),
        ("grpc.max_reconnect_backoff_ms", 2_000),
    ]
    return grpc.aio.insecure_channel(address, options=options)


class Caller:
    """What goes with every call to another service: who calls, for which request, until when."""

    def __init__(self, mesh: MeshSecret, identity: str) -> None:
        self._credentials = mesh.credentials(identity)

    def as_service(self) -> tuple[tuple[str, str], ...]:
        """The metadata of a call in the service's own name."""
        return (*self._credentials, ("x-request-id", request.request_id()))

    def as_user(self) -> tuple[tuple[str, str], ...]:
        """The metadata of a call in the name of the user who called this service."""
        return ("authorization", f"Bearer {request.principal().token}"), ("x-request-id", request.request_id())
