"""compose.yaml: order, privileges, and the settings of each process."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from containers import compose
from containers.tools import ROOT, MissingError
from edge_config.configuration import envoy_arguments
from edge_config.settings import EdgeSettings
from services.common import settings
from services.inventory.settings import LoaderSettings
from services.inventory.settings import Settings as InventorySettings
from services.order.settings import Settings as OrderSettings
from services.provision import TableSettings
from services.ratelimit.settings import Settings as RatelimitSettings
from services.user.settings import Settings as UserSettings

SYSTEM = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = SYSTEM["services"]
SETTINGS: dict[str, type[Any]] = {
    "provision-user": TableSettings,
    "provision-inventory": TableSettings,
    "provision-order": TableSettings,
    "load-catalogue": LoaderSettings,
    "user": UserSettings,
    "inventory": InventorySettings,
    "order": OrderSettings,
    "ratelimit": RatelimitSettings,
}


def edge_settings() -> EdgeSettings:
    """The settings that the options of edge-config make."""
    options = dict(option[2:].split("=", 1) for option in SERVICES["edge-config"]["command"])
    folder = SERVICES["edge-config"]["entrypoint"][-1].removeprefix("--write=")
    values = {name.replace("-", "_"): value for name, value in options.items()}
    assert folder == values["secrets_dir"], "Envoy must find the files where edge-config writes them"
    paths = {name: Path(value) for name, value in values.items() if isinstance(getattr(EdgeSettings, name), Path)}
    return EdgeSettings(**{**values, **paths})


@pytest.mark.parametrize("name", SETTINGS)
def test_a_process_gets_the_settings_that_it_knows_and_all_that_it_requires(name: str) -> None:
    variables = re.findall(
        r"^  (CNOP_\w+)  .*\((required|default.*)\)$", settings.help_text(SETTINGS[name]), re.MULTILINE
    )
    given = {variable for variable in SERVICES[name]["environment"] if variable.startswith("CNOP_")}
    assert given <= {variable for variable, _ in variables}
    assert given >= {variable for variable, default in variables if default == "required"}
    settings.load(SETTINGS[name], SERVICES[name]["environment"])


def test_every_service_has_its_settings_checked() -> None:
    with_variables = {name for name, service in SERVICES.items() if "environment" in service}
    assert with_variables == set(SETTINGS)


def test_envoy_gets_the_arguments_that_its_configuration_needs() -> None:
    edge = edge_settings()
    expected = envoy_arguments(edge)
    assert tuple(SERVICES["edge"]["command"]) == expected


def test_the_configuration_is_kept_up_to_date_with_the_options_with_which_it_was_rendered() -> None:
    assert SERVICES["edge-keep"]["command"] == SERVICES["edge-config"]["command"]
    assert SERVICES["edge-keep"]["network_mode"] == "service:edge"
    assert edge_settings().admin.startswith("127.0.0.1:")


def test_the_edge_calls_each_service_where_it_listens() -> None:
    edge = edge_settings()
    for name in ("user", "inventory", "order", "ratelimit"):
        port = SERVICES[name]["environment"]["CNOP_LISTEN"].rpartition(":")[2]
        assert getattr(edge, name) == f"{name}:{port}"


def test_the_commands_for_podman_start_everything_in_the_order_of_the_dependencies() -> None:
    order = [*compose.STORES, *compose.JOBS, *compose.PROCESSES]
    assert sorted(order) == sorted(SERVICES)
    for name, service in SERVICES.items():
        for before in service.get("depends_on", ()):
            assert order.index(before) < order.index(name), f"{name} needs {before}"
    started = [word for command in compose.start_commands("podman-compose") for word in command if word in SERVICES]
    assert started == order


@pytest.mark.parametrize("name", [*compose.JOBS, *compose.PROCESSES])
def test_our_processes_have_no_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_the_edge_is_published_and_on_this_machine_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"edge": ["127.0.0.1:${CNOP_EDGE_PORT:-8080}:8080"]}


@pytest.mark.parametrize("name", compose.PROCESSES)
def test_a_process_gets_only_its_own_secrets(name: str) -> None:
    allowed = {
        "user": {"user-tls", "mesh", "keys"},
        "ratelimit": {"ratelimit-tls"},
        "edge": {"edge-tls", "edge"},
        "edge-keep": {"edge"},
    }.get(name, {f"{name}-tls", "mesh"})
    mounts = [
        mount.rsplit(":", 2) if mount.endswith(":ro") else mount.split(":") for mount in SERVICES[name]["volumes"]
    ]
    assert {source for source, *_ in mounts if not source.startswith("${CNOP_LIMITS_DIR")} == allowed
    writable = {source for source, _, *mode in mounts if mode != ["ro"]}
    assert writable == ({"edge"} if name == "edge-keep" else set())


def test_podman_without_names_of_containers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="aardvark-dns"):
        compose.check_names("netavark", [tmp_path])
    with pytest.raises(MissingError, match="dnsname"):
        compose.check_names("cni", [tmp_path])
    (tmp_path / "aardvark-dns").touch()
    compose.check_names("netavark", [tmp_path])
