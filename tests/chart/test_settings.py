"""Settings: the chart sets what each process requires, and nothing that a process does not know."""

from __future__ import annotations

import dataclasses

import pytest
import yaml

from edge_config.settings import EdgeSettings
from services.common import settings
from services.inventory.settings import LoaderSettings
from services.provision import TableSettings
from tests.chart import schema
from tests.chart.rendering import (
    MINIMUM,
    SERVICES,
    VALUES,
    Manifest,
    containers,
    environment,
    one,
    pod,
    pods,
    render,
    rendered,
)

REDIS_WITH_ALL = {
    "url": "rediss://redis:6379",
    "passwordSecret": {"name": "redis-password"},
    "caSecret": {"name": "redis-ca"},
}


def ours(container: Manifest) -> dict[str, str]:
    """The variables of a container that are settings."""
    return {name: value for name, value in environment(container).items() if name.startswith("CNOP_")}


def service_container(manifests: list[Manifest], service: str) -> Manifest:
    spec = pod(one(manifests, "Deployment", service))
    assert spec is not None
    container: Manifest = spec["containers"][0]
    return container


@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_what_it_requires_and_nothing_unknown(service: str, values: str) -> None:
    given = ours(service_container(rendered(values), service))
    declared = list(schema.settings_of(schema.SERVICES[service]))
    assert {name for name, _, required in declared if required} <= given.keys()
    assert given.keys() <= {name for name, _, _ in declared}
    settings.load(schema.SERVICES[service], given)  # each value has the type of its setting


@pytest.mark.parametrize("service", SERVICES)
def test_the_chart_can_set_everything_about_redis(service: str) -> None:
    container = service_container(render(values={**MINIMUM, "redis": REDIS_WITH_ALL}), service)
    given = ours(container)
    assert given["CNOP_REDIS_PASSWORD_FILE"] == "/run/cnop/redis/password"
    assert given["CNOP_REDIS_CA_FILE"] == "/run/cnop/redis/ca.crt"
    assert given.keys() <= {name for name, _, _ in schema.settings_of(schema.SERVICES[service])}


@pytest.mark.parametrize("service", SERVICES)
def test_everything_else_can_be_set_in_the_values(service: str) -> None:
    known = {name for name, _, _ in schema.settings_of(schema.SERVICES[service])}
    assert set(schema.schema()["properties"][service]["properties"]["settings"]["properties"]) == known - schema.OWNED


@pytest.mark.parametrize("values", VALUES)
def test_the_edge_gets_known_options(values: str) -> None:
    known = {field.name.replace("_", "-") for field in dataclasses.fields(EdgeSettings)}
    spec = pod(one(rendered(values), "Deployment", "edge"))
    assert spec is not None
    render_args, keep_args = (container["args"] for container in spec["initContainers"])
    assert render_args == ["--write=/run/edge", *keep_args]
    options = dict(argument.removeprefix("--").split("=", 1) for argument in keep_args)
    assert options.keys() <= known
    assert options.keys() >= {name.replace("_", "-") for name in schema.OWNED_BY_EDGE - {"tls_dir"}}


@pytest.mark.parametrize("values", VALUES)
def test_commands_on_tables_get_known_settings(values: str) -> None:
    known = {name for kind in (TableSettings, LoaderSettings) for name, _, _ in schema.settings_of(kind)}
    for _, spec in pods(rendered(values)):
        for container in containers(spec):
            if {"provision", "load-catalogue"} & set(container.get("args", ())):
                assert {"CNOP_TABLE"} <= ours(container).keys() <= known


@pytest.mark.parametrize("values", VALUES)
def test_tokens_of_one_service_are_those_that_others_accept(values: str) -> None:
    names = ("CNOP_TOKEN_ISSUER", "CNOP_TOKEN_AUDIENCE", "CNOP_TOKEN_SECONDS", "CNOP_MESH_NAMESPACE")
    found = {
        tuple(ours(service_container(rendered(values), service))[name] for name in names)
        for service in ("user", "inventory", "order")
    }
    assert len(found) == 1


@pytest.mark.parametrize("values", VALUES)
def test_a_service_has_time_to_stop(values: str) -> None:
    for service in SERVICES:
        spec = pod(one(rendered(values), "Deployment", service))
        assert spec is not None
        given = ours(spec["containers"][0])
        stop = sum(float(given[f"CNOP_SERVER_{name}_SECONDS"]) for name in ("LAME_DUCK", "DRAIN"))
        assert spec["terminationGracePeriodSeconds"] >= stop + 5


@pytest.mark.parametrize("values", VALUES)
def test_the_edge_sheds_load_before_it_is_killed(values: str) -> None:
    spec = pod(one(rendered(values), "Deployment", "edge"))
    assert spec is not None
    limit = spec["containers"][0]["resources"]["limits"]["memory"]
    assert int(limit.removesuffix("Mi")) >= EdgeSettings().heap_mib + 128


@pytest.mark.parametrize("values", VALUES)
def test_callers_find_services_by_the_names_that_the_chart_creates(values: str) -> None:
    manifests = rendered(values)
    names = {item["metadata"]["name"] for item in manifests if item["kind"] == "Service"}
    ports = {
        (item["metadata"]["name"], port["port"])
        for item in manifests
        if item["kind"] == "Service"
        for port in item["spec"]["ports"]
    }
    text = yaml.safe_dump(manifests)
    assert {f"cnop-{service}" for service in SERVICES} < names
    for service in SERVICES:
        assert (f"cnop-{service}", 50051) in ports
        assert f"cnop-{service}.shop.svc.cluster.local.:50051" in text


@pytest.mark.parametrize("values", VALUES)
def test_callers_see_every_replica_and_check_its_health_themselves(values: str) -> None:
    for service in SERVICES:
        spec = one(rendered(values), "Service", service)["spec"]
        assert spec["clusterIP"] == "None"
        assert spec["publishNotReadyAddresses"] is True
