"""The service config that clients of all languages share retries exactly what the contracts allow."""

from __future__ import annotations

import json
from collections.abc import Iterator

import grpc
from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2

from codegen.paths import DESCRIPTORS, ROOT

CONFIG = (ROOT / "clients" / "service-config.json").read_text()


def idempotent_methods() -> Iterator[tuple[str, str]]:
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
                if at_the_edge and (method.options.idempotency_level or "request_id" in fields[method.input_type]):
                    yield f"{file.package}.{service.name}", method.name


def test_exactly_the_idempotent_methods_are_retried() -> None:
    [retried] = [config for config in json.loads(CONFIG)["methodConfig"] if "retryPolicy" in config]
    named = [(name["service"], name["method"]) for name in retried["name"]]
    assert named == sorted(idempotent_methods())
    assert retried["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE"]
    assert retried["retryPolicy"]["maxAttempts"] == 4


def test_every_method_has_a_deadline() -> None:
    assert any({} in config["name"] for config in json.loads(CONFIG)["methodConfig"])
    assert all(config["timeout"] for config in json.loads(CONFIG)["methodConfig"])


def test_grpc_accepts_the_config() -> None:
    with grpc.insecure_channel("127.0.0.1:1", options=[("grpc.service_config", CONFIG)]) as channel:
        assert channel
