"""Installs the chart on a real API server, which checks more than schemas do: names, ports, sizes, custom resources."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chart import apiserver, programs
from tests.chart.apiserver import ApiServer
from tests.chart.rendering import CHART, COMPONENTS, MINIMUM, VALUES, render_text

HELMS = ("helm", "helm3")
# Kubernetes only warns of pods that `restricted` forbids, because a Deployment itself runs nothing.
RESTRICTED = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn")}
EACH_VALUES = pytest.mark.parametrize("values", VALUES)


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ApiServer]:
    async with apiserver.running(tmp_path_factory.mktemp("apiserver")) as running:
        for file in sorted(programs.CRDS.iterdir()):
            running.kubectl("apply", "--server-side", "--filename", str(file))
        running.kubectl("wait", "--for", "condition=established", "crd", "--all", "--timeout", "30s")
        yield running


@pytest.fixture
def namespace(server: ApiServer, request: pytest.FixtureRequest) -> str:
    """A new namespace that enforces `restricted`."""
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:60].strip("-")
    server.create_namespace(name, **RESTRICTED)
    return name


COMPLETE = {
    "succeeded": 1,
    "startTime": "2030-01-01T00:00:00Z",
    "completionTime": "2030-01-01T00:00:01Z",
    "conditions": [{"type": kind, "status": "True"} for kind in ("SuccessCriteriaMet", "Complete")],
}


@contextlib.contextmanager
def jobs_complete(server: ApiServer, namespace: str) -> Iterator[None]:
    """Says that each job is complete, as no pod can run here: helm waits for its hooks."""
    ended = threading.Event()

    def complete() -> None:
        while not ended.wait(0.2):
            for name in server.kubectl("get", "jobs", "--namespace", namespace, "--output", "name").split():
                with contextlib.suppress(AssertionError):  # it is gone, or complete
                    server.kubectl(
                        *("patch", name, "--namespace", namespace, "--subresource", "status", "--type", "merge"),
                        *("--patch", json.dumps({"status": COMPLETE})),
                    )

    thread = threading.Thread(target=complete)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def options(values: str) -> list[str]:
    return [option for file in VALUES[values] for option in ("--values", str(file))]


def get(server: ApiServer, namespace: str, kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        server.kubectl("get", kind, name, "--namespace", namespace, "--output", "json")
    )  # fmt: skip
    return found


@EACH_VALUES
def test_the_api_server_accepts_all_objects_without_a_warning(server: ApiServer, namespace: str, values: str) -> None:
    text = render_text(*VALUES[values]).replace("namespace: shop", f"namespace: {namespace}")
    said = server.kubectl(
        "apply", "--server-side", "--dry-run=server", "--namespace", namespace, "--filename", "-", stdin=text
    )
    assert "Warning" not in said
    assert len(said.splitlines()) == text.count("\nkind: ")


def test_routes_and_an_ingress_are_accepted(server: ApiServer, namespace: str) -> None:
    edge = {
        "ingress": {"enabled": True, "hosts": ["api.example.com"], "tlsSecret": "tls", "className": "nginx"},
        "httpRoute": {"enabled": True, "parentRefs": [{"name": "gateway"}], "hostnames": ["api.example.com"]},
        "grpcRoute": {"enabled": True, "parentRefs": [{"name": "gateway"}], "hostnames": ["grpc.example.com"]},
    }
    text = render_text(values={**MINIMUM, "edge": edge}).replace("namespace: shop", f"namespace: {namespace}")
    kinds = {item["kind"] for item in yaml.safe_load_all(text) if item}
    assert {"Ingress", "HTTPRoute", "GRPCRoute"} <= kinds
    said = server.kubectl(
        "apply", "--server-side", "--dry-run=server", "--namespace", namespace, "--filename", "-", stdin=text
    )
    assert "Warning" not in said


@pytest.mark.parametrize("helm", HELMS)
@EACH_VALUES
def test_install_upgrade_and_rollback(server: ApiServer, namespace: str, values: str, helm: str) -> None:
    where = ["cnop", str(CHART), "--namespace", namespace, *options(values)]
    with jobs_complete(server, namespace):
        said = server.run(helm, "install", *where)
        assert "Warning" not in said
        assert "STATUS: deployed" in said
        for component in COMPONENTS:
            assert get(server, namespace, "deployment", f"cnop-{component}")["spec"]["template"]
        before = get(server, namespace, "deployment", "cnop-order")["spec"]["template"]
        changed = "order.settings.CNOP_ANSWER_SECONDS=4"
        assert "Warning" not in server.run(helm, "upgrade", *where, "--set", changed)
        after = get(server, namespace, "deployment", "cnop-order")["spec"]["template"]
        assert {"name": "CNOP_ANSWER_SECONDS", "value": "4"} in after["spec"]["containers"][0]["env"]
        server.run(helm, "rollback", "cnop", "1", "--namespace", namespace)
        assert get(server, namespace, "deployment", "cnop-order")["spec"]["template"] == before
        history = json.loads(server.run(helm, "history", "cnop", "--namespace", namespace, "--output", "json"))
        assert [entry["revision"] for entry in history] == [1, 2, 3]
        server.run(helm, "uninstall", "cnop", "--namespace", namespace)
    left = server.kubectl(
        "get", "deploy,svc,sa,role,netpol,pdb,cm,hpa", "--namespace", namespace, "--output", "name"
    ).split()
    assert [name for name in left if "/cnop-" in name] == []


def test_an_upgrade_keeps_what_an_autoscaler_did(server: ApiServer, namespace: str) -> None:
    where = ["cnop", str(CHART), "--namespace", namespace, *options("prod")]
    with jobs_complete(server, namespace):
        server.run("helm", "install", *where)
        server.kubectl("scale", "deployment", "cnop-order", "--namespace", namespace, "--replicas", "5")
        server.run("helm", "upgrade", *where, "--set", "order.settings.CNOP_ANSWER_SECONDS=4")
    assert get(server, namespace, "deployment", "cnop-order")["spec"]["replicas"] == 5


def test_the_pod_that_trades_is_admitted_where_restricted_is_enforced(server: ApiServer, namespace: str) -> None:
    text = render_text(*VALUES["kind"]).replace("namespace: shop", f"namespace: {namespace}")
    pods = [item for item in yaml.safe_load_all(text) if item and item["kind"] == "Pod"]
    assert len(pods) == 1
    said = server.kubectl("create", "--namespace", namespace, "--filename", "-", stdin=yaml.safe_dump(pods[0]))
    assert "pod/cnop-test created" in said


def test_the_jobs_that_make_secrets_may_touch_only_those_of_their_release(server: ApiServer, namespace: str) -> None:
    with jobs_complete(server, namespace):
        server.run("helm", "install", "cnop", str(CHART), "--namespace", namespace, *options("kind"))
    account = f"system:serviceaccount:{namespace}:cnop-rotate"

    def may(*request: str) -> bool:
        return server.kubectl("auth", "can-i", *request, "--namespace", namespace, "--as", account, "--quiet") == ""

    assert may("create", "secrets")
    assert may("patch", "secret/cnop-keys")
    assert may("get", "secret/cnop-operator-tls")
    for request in (("get", "secret/other"), ("list", "secrets"), ("delete", "secret/cnop-keys"), ("get", "pods")):
        with pytest.raises(AssertionError):
            may(*request)


def test_the_files_of_the_server_are_for_its_owner_alone(server: ApiServer) -> None:
    folder = Path(server.folder)
    assert all(file.stat().st_mode & 0o077 == 0 for file in (folder / "pki").iterdir())
