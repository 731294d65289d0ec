"""Channels to the other services: replicas, retries of what may be repeated, certificates, what goes with a call."""

from __future__ import annotations

import json

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool

from services.common.mesh.certificates import Certificate, Certificates
from services.common.mesh.rotating_channel import RotatingChannel
from services.common.rpc import call as request

_Level = descriptor_pb2.MethodOptions.IdempotencyLevel
_MESSAGE_BYTES_MAX = 16 * 1024 * 1024  # all sessions that ended within the life of an access token: 350,000
_REPEAT_SAFE = {_Level.Value("NO_SIDE_EFFECTS"), _Level.Value("IDEMPOTENT")}

# Within this a replica that came back is used again; the next may be restarted only after it.
RECONNECT_SECONDS_MAX = 0.5


def service_config(service_names: tuple[str, ...]) -> str:
    """The gRPC service config: UNAVAILABLE is retried where the contract says that a method may be repeated.

    Calls go to the replicas in turn, without those that say that they are not healthy: each is asked to tell of every
    change (the Watch of gRPC's health protocol), so one that is about to end gets no new calls at once.

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
            "healthCheckConfig": {"serviceName": ""},
            "methodConfig": [{"name": names, "retryPolicy": retry}],
            "retryThrottling": {"maxTokens": 100, "tokenRatio": 0.1},
        }
    )


def target(address: str) -> str:
    """The gRPC target of an address: host:port, or the IPv4 addresses of several replicas with commas between.

    A name stands for all addresses that DNS has for it. In Kubernetes that is the name of a headless service; the name
    of any other is one virtual address, and all calls of a channel would go to the replica that it first leads to.
    """
    return f"ipv4:{address}" if "," in address else f"dns:///{address}"


def connect(address: str, certificates: Certificates, *service_names: str) -> grpc.aio.Channel:
    """A channel to the replicas of the service at `address` (see `target`), for the life of the process.

    The server must show the certificate of the service that the names belong to ("inventory" for cnop.inventory.v1), of
    the same namespace and trust domain as our own.
    """
    owner = service_names[0].split(".")[1]
    options = [
        ("grpc.service_config", service_config(service_names)),
        ("grpc.enable_retries", 1),
        ("grpc.enable_http_proxy", 0),
        ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 5_000),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", int(RECONNECT_SECONDS_MAX * 1000)),
        # A replica that was lost is looked for under its name again, and the one that replaces it is found so.
        ("grpc.dns_min_time_between_resolutions_ms", 2_000),
    ]

    def make(certificate: Certificate) -> grpc.aio.Channel:
        named = ("grpc.ssl_target_name_override", certificate.mesh.dns_name(owner))
        return grpc.aio.secure_channel(target(address), certificate.for_clients(), options=[*options, named])

    return RotatingChannel(certificates, make)


def as_service() -> tuple[tuple[str, str], ...]:
    """The metadata of a call in the service's own name."""
    return (("x-request-id", request.request_id()),)


def as_user() -> tuple[tuple[str, str], ...]:
    """The metadata of a call in the name of the user who called this service."""
    return ("authorization", f"Bearer {request.principal().token}"), ("x-request-id", request.request_id())
