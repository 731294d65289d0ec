"""Envoy itself accepts the configuration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cnop.access.v1 import access_pb2

from local import binaries
from local.edge import EdgeSettings, arguments, render
from tests.edge.rendered import Configuration, contract_of


def accepts(settings: EdgeSettings, folder: Path) -> bool:
    file = folder / "envoy.yaml"
    file.write_text(render(settings))
    command = [str(binaries.envoy()), "--mode", "validate", *arguments(settings, file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "deprecated" not in done.stderr.lower()
    return done.returncode == 0


def test_envoy_accepts_the_configuration(tmp_path: Path) -> None:
    assert accepts(EdgeSettings(), tmp_path)


def test_envoy_accepts_a_method_for_admins(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", access_pb2.Policy.ADMIN)
    assert accepts(EdgeSettings(descriptors=descriptors), tmp_path)


def test_a_service_has_several_addresses_or_a_name(tmp_path: Path) -> None:
    settings = EdgeSettings(user="127.0.0.1:1,127.0.0.1:2", order="order.mesh:50053")
    assert accepts(settings, tmp_path)
    clusters = Configuration(settings).clusters
    assert [clusters[name]["type"] for name in ("user", "inventory", "order")] == ["STATIC", "STATIC", "STRICT_DNS"]
    assert len(clusters["user"]["load_assignment"]["endpoints"][0]["lb_endpoints"]) == 2


def test_an_edge_that_listens_on_all_addresses_reaches_itself_on_loopback() -> None:
    assert EdgeSettings(listen="0.0.0.0:8080").loopback == "127.0.0.1:8080"


def test_the_command_prints_the_configuration() -> None:
    options = ["--order", "order.mesh:50053", "--allowed-origins", "https://a.test,https://b.test"]
    printed = subprocess.run([sys.executable, "-m", "local.edge", *options], capture_output=True, text=True, check=True)
    settings = EdgeSettings(order="order.mesh:50053", allowed_origins=("https://a.test", "https://b.test"))
    assert printed.stdout == render(settings)
