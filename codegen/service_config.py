"""The gRPC service config that the clients of all languages share: a deadline for every call, and retries.

Streams have no deadline. One is retried by gRPC only if it ends before its first message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2

TIMEOUT = "10s"
RETRY_POLICY = {
    "maxAttempts": 4,
    "initialBackoff": "0.2s",
    "maxBackoff": "2s",
    "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"],
}


def render(image: descriptor_pb2.FileDescriptorSet) -> str:
    """Returns the service config as JSON."""
    methods = sorted(safe_to_repeat(image))
    config = [
        {"name": [{}], "timeout": TIMEOUT},
        {"name": _names(methods, is_stream=False), "timeout": TIMEOUT, "retryPolicy": RETRY_POLICY},
        {"name": _names(methods, is_stream=True), "retryPolicy": RETRY_POLICY},
    ]
    return json.dumps({"methodConfig": config}, indent=2) + "\n"


def _names(methods: Sequence[tuple[str, str, bool]], *, is_stream: bool) -> list[dict[str, str]]:
    return [{"service": service, "method": method} for service, method, streams in methods if streams == is_stream]


def safe_to_repeat(image: descriptor_pb2.FileDescriptorSet) -> Iterator[tuple[str, str, bool]]:
    """Yields the methods at the edge that may be repeated without a second effect, and whether they return streams.

    Such a method declares an idempotency level, or its request has a request_id, by which the service detects a replay.
    """
    fields = {
        f".{file.package}.{message.name}": {field.name for field in message.field}
        for file in image.file
        for message in file.message_type
    }
    for file in image.file:
        for service in file.service:
            for method in service.method:
                is_internal = method.options.Extensions[access_pb2.policy].caller == access_pb2.Policy.MESH
                is_safe = bool(method.options.idempotency_level) or "request_id" in fields[method.input_type]
                if is_safe and not is_internal:
                    yield f"{file.package}.{service.name}", method.name, method.server_streaming
