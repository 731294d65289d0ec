"""The service config that clients of all languages share retries exactly what the contracts allow."""

from __future__ import annotations

import json
from collections.abc import Iterator

import grpc
from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2

from codegen.paths import DESCRIPTORS, ROOT

CONFIG = (ROOT / "clients" / "service-config.json").read_text()


def idempotent_methods(*, streams: bool) -> Iterator[tuple[str, str]]:
    """Yields the methods of the edge that are idempotent, by nature or by their request_id."""
    image = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())
    fields = {
        f".{file.package}.{message.name}": {field.name for field in message.field}
        for file in image.file
        for message in file.message_type
    }
    for file in image.file:
        for service in file.service:
            for method in service.method:
                at_the_edge = method.options.Extensions[access_pb2.policy].caller != access_pb2.Policy.MESH
                if method.server_streaming != streams:
                    continue
                if at_the_edge and (method.options.idempotency_level or "request_id" in fields[method.input_type]):
                    yield f"{file.package}.{service.name}", method.name


def test_exactly_the_idempotent_methods_are_retried() -> None:
    for retried, streams in zip(json.loads(CONFIG)["methodConfig"][1:], (False, True), strict=True):
        named = [(name["service"], name["method"]) for name in retried["name"]]
        assert named == sorted(idempotent_methods(streams=streams))
        assert retried["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE"]
        assert retried["retryPolicy"]["maxAttempts"] == 4


def test_every_method_but_a_stream_has_a_deadline() -> None:
    default, unary, streams = json.loads(CONFIG)["methodConfig"]
    assert default == {"name": [{}], "timeout": "10s"}
    assert unary["timeout"] == "10s"
    assert "timeout" not in streams


def test_grpc_accepts_the_config() -> None:
    with grpc.insecure_channel("127.0.0.1:1", options=[("grpc.service_config", CONFIG)]) as channel:
        assert channel
