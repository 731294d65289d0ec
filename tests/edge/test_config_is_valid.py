"""Envoy accepts the rendered configuration."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cnop.access.v1 import access_pb2

from edge_config.configuration import envoy_arguments, render, write
from edge_config.settings import EdgeSettings
from local import authority, binaries, fetch
from tests.edge.rendered import Configuration, contract_of, edge_settings

COMMAND = [sys.executable, "-m", "edge_config", "--swagger-ui", str(fetch.SWAGGER_UI.folder)]


def accepts(settings: EdgeSettings, folder: Path) -> bool:
    authority.ensure(folder / "mesh")
    settings = replace(settings, certs_dir=folder / "mesh" / "edge", secrets_dir=folder)
    write(settings, folder)
    command = [str(binaries.envoy()), "--mode", "validate", *envoy_arguments(settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "deprecated" not in done.stderr.lower()
    return done.returncode == 0


def test_envoy_accepts_the_configuration(tmp_path: Path) -> None:
    assert accepts(edge_settings(), tmp_path)


def test_envoy_accepts_a_method_for_admins(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", access_pb2.Policy.ADMIN)
    assert accepts(edge_settings(descriptors=descriptors), tmp_path)


def test_a_service_has_several_addresses_or_a_name(tmp_path: Path) -> None:
    settings = edge_settings(user="127.0.0.1:1,127.0.0.1:2", order="order.mesh:50053")
    assert accepts(settings, tmp_path)
    clusters = Configuration(settings).clusters
    assert [clusters[name].get("type") for name in ("user", "inventory", "order")] == ["STATIC", "STATIC", None]
    assert clusters["order"]["cluster_type"]["name"] == "envoy.cluster.dns"
    assert len(clusters["user"]["load_assignment"]["endpoints"][0]["lb_endpoints"]) == 2


def test_addresses_may_be_those_of_ipv6(tmp_path: Path) -> None:
    settings = edge_settings(user="[::1]:50051", listen="[::]:8080", admin="[::1]:9901")
    assert accepts(settings, tmp_path)
    user = Configuration(settings).clusters["user"]
    [endpoint] = user["load_assignment"]["endpoints"][0]["lb_endpoints"]
    assert user["type"] == "STATIC"
    assert endpoint["endpoint"]["address"]["socket_address"] == {"address": "::1", "port_value": 50051}


@pytest.mark.parametrize(
    ("listen", "loopback"),
    [("0.0.0.0:8080", "127.0.0.1:8080"), ("[::]:8080", "[::1]:8080"), ("10.0.0.1:1", "10.0.0.1:1")],
)
def test_an_edge_that_listens_on_all_addresses_reaches_itself_on_loopback(listen: str, loopback: str) -> None:
    assert edge_settings(listen=listen).loopback == loopback


def test_the_command_prints_the_configuration() -> None:
    options = ["--order", "order.mesh:50053", "--allowed-origins", "https://a.test,https://b.test"]
    printed = subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        check=True,
    )
    settings = edge_settings(order="order.mesh:50053", allowed_origins=("https://a.test", "https://b.test"))
    assert printed.stdout == render(settings)


def test_the_command_writes_it_with_what_it_refers_to(tmp_path: Path) -> None:
    options = ["--secrets-dir", "/etc/envoy", "--certs-dir", "/certs", "--namespace", "prod", "--write", str(tmp_path)]
    subprocess.run([*COMMAND, *options], check=True)
    assert '"/certs/tls.key"' in (tmp_path / "certificate.yaml").read_text()
    assert '"/certs/ca.crt"' in (tmp_path / "authorities.yaml").read_text()
    written = (tmp_path / "envoy.yaml").read_text()
    assert '"/etc/envoy/certificate.yaml"' in written
    assert "spiffe://cnop/prod/order" in written
