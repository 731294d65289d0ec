"""Channels to other services: load balancing, retries and certificates."""

from __future__ import annotations

import json
from typing import cast

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool

from services.common.mesh.certificates import Certificate, Certificates
from services.grpc_rotation.channel import RotatingChannel

_Level = descriptor_pb2.MethodOptions.IdempotencyLevel
_REPEATABLE = {_Level.Value("NO_SIDE_EFFECTS"), _Level.Value("IDEMPOTENT")}
_MESSAGE_BYTES_MAX = 16 * 1024 * 1024  # 350,000 revoked sessions, all within the life of an access token

# A replica that comes back is used again within this time. Wait as long before restarting the next one.
RECONNECT_SECONDS_MAX = 0.5


def service_config(service_names: tuple[str, ...]) -> str:
    """Returns the gRPC service config: UNAVAILABLE is retried for the methods that the contract calls repeatable.

    Calls go round-robin to the replicas that are healthy by gRPC's health protocol. The retry budget stops retries
    when more than about a tenth of all calls fail.
    """
    names = [
        {"service": name, "method": method.name}
        for name in service_names
        for method in descriptor_pool.Default().FindServiceByName(name).methods
        if method.GetOptions().idempotency_level in _REPEATABLE
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
    """Returns the gRPC target of an address: host:port, IPv4 addresses separated by commas, or a target in full.

    A name stands for all addresses that DNS has for it: in Kubernetes, use that of a headless service.
    """
    named = address if "://" in address else f"dns:///{address}"  # dns://10.0.0.2/user:50051 asks a server of its own
    return f"ipv4:{address}" if "," in address else named


def connect(address: str, certificates: Certificates, *service_names: str) -> grpc.aio.Channel:
    """Opens a channel for unary calls to the replicas at `address` (see `target`).

    The server must present the certificate of the owner of the services ("inventory" for cnop.inventory.v1), of our own
    namespace and trust domain.
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
        # A name is looked up again when a connection ends: of a lost replica, or after the server's connection_seconds.
        ("grpc.dns_min_time_between_resolutions_ms", 2_000),
    ]

    def make(certificate: Certificate) -> grpc.aio.Channel:
        name = ("grpc.ssl_target_name_override", certificate.mesh.dns_name(owner))
        return grpc.aio.secure_channel(target(address), certificate.for_clients(), options=[*options, name])

    return cast(grpc.aio.Channel, RotatingChannel(certificates, make))
