"""Addresses of an edge, and the service config of every channel."""

from __future__ import annotations

import json

import pytest
from cnop_client import Edge, methods
from cnop_client.edge import service_config
from google.protobuf import descriptor_pb2, descriptor_pool

from local.paths import ROOT

Level = descriptor_pb2.MethodOptions.IdempotencyLevel


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("http://edge:8080", "http://edge:8080"),
        ("https://edge", "https://edge:443"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("trade.example.com:8443", "https://trade.example.com:8443"),
    ],
)
def test_an_address_without_a_scheme_means_tls_except_for_localhost(address: str, url: str) -> None:
    assert Edge.at(address).url == url
    assert (Edge.at(address).credentials is None) == url.startswith("http:")


@pytest.mark.parametrize("address", ["", "ftp://edge", "http://edge/path", "http://u@edge", "http://:80", "edge:x"])
def test_an_invalid_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"address|Port"):
        Edge.at(address)


def test_a_channel_has_the_service_config_that_all_clients_share() -> None:
    assert json.loads(service_config()) == json.loads((ROOT / "clients" / "service-config.json").read_text())


def test_the_methods_of_the_client_are_those_of_the_contract() -> None:
    described = [value for value in vars(methods).values() if isinstance(value, methods.Method)]
    assert len(described) > 20
    for method in described:
        found = descriptor_pool.Default().FindMethodByName(method.name)
        assert found.input_type.full_name == method.request.DESCRIPTOR.full_name
        assert found.output_type.full_name == method.reply.DESCRIPTOR.full_name
