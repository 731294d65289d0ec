"""Policies: the schemas of Kubernetes, checkov and kube-score. Each exception has its reason; one without use fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.chart import programs
from tests.chart.rendering import VALUES, render_text

EACH_VALUES = pytest.mark.parametrize("values", VALUES)

# From the first version with native sidecars on.
VERSIONS = [f"1.{minor}.0" for minor in range(29, 38)]
# No schema of these comes with Kubernetes: test_install.py lets the API server check them.
CUSTOM = re.compile(r"Couldn't find schema for kind (Certificate|Issuer|ServiceMonitor|PrometheusRule) ")

# Releases set digests; so does this.
DIGESTS = {"image": {name: {"digest": f"sha256:{'0' * 64}"} for name in ("services", "edge")}}

# Why a check of checkov or kube-score does not apply, for all values, and for those of Kind and EKS alone.
CPU_LIMIT = "a CPU limit would stop an event loop for most of a period, and time out calls that nothing delays"
PULL = "digests, and tags of one version, never change, and images that Kind has loaded cannot be pulled"
CHECKOV = {
    "CKV_K8S_11": CPU_LIMIT,
    "CKV_K8S_38": "the jobs that make secrets call the API server; no other pod has a token",
    "CKV_K8S_8": "the pod of `helm test` ends by itself",
    "CKV_K8S_9": "the pod of `helm test` serves nobody",
}
CHECKOV_ONLY = {
    "kind": {
        "CKV_K8S_15": PULL,
        "CKV_K8S_43": "DynamoDB Local and Valkey are for trials; their digests are not known here",
    },
}
KUBE_SCORE = {"container-resources": CPU_LIMIT, "container-image-pull-policy": PULL}
KUBE_SCORE_ONLY = {
    "kind": {
        "deployment-replicas": "a trial should fit into a laptop",
        "service-type": "`make kind-up` maps a port of this machine to that of a node",
        "pod-probes-identical": "DynamoDB Local and Valkey are dead when they accept no connection",
    },
    "eks": {"deployment-replicas": "production has two or more, by prod-values.yaml"},
}
# Where an exception holds; elsewhere the check fails.
CHECKOV_WHERE = {
    "CKV_K8S_38": {"Job.shop.cnop-bootstrap", "CronJob.shop.cnop-rotate-keys", "CronJob.shop.cnop-rotate-certs"},
    "CKV_K8S_8": {"Pod.shop.cnop-test"},
    "CKV_K8S_9": {"Pod.shop.cnop-test"},
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """What the chart renders, in files named after the values."""
    folder = tmp_path_factory.mktemp("rendered")
    for name, paths in VALUES.items():
        (folder / f"{name}.yaml").write_text(render_text(*paths, values=DIGESTS))
    return {name: folder / f"{name}.yaml" for name in VALUES}


def check(*command: str) -> subprocess.CompletedProcess[str]:
    """Runs a check. Those in Python have packages of their own."""
    env = {**programs.environment(), "PYTHONPATH": str(programs.PYTHON), "LOG_LEVEL": "ERROR", "HOME": os.devnull}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_kubernetes_knows_each_field(files: Mapping[str, Path], version: str) -> None:
    script = programs.PYTHON / "bin" / "kubernetes-validate"
    done = check(sys.executable, str(script), "--quiet", "--strict", "-k", version, *map(str, files.values()))
    said = [line for line in (done.stdout + done.stderr).splitlines() if not CUSTOM.search(line)]
    assert (done.returncode, said) == (0, [])


@pytest.fixture(scope="module")
def checkov(files: Mapping[str, Path]) -> dict[str, Any]:
    """What checkov says of all files: it takes longer to start than to check."""
    script = programs.PYTHON / "bin" / "checkov"
    done = check(
        *(sys.executable, str(script), "--file", *map(str, files.values()), "--framework", "kubernetes", "--compact"),
        *("--quiet", "--skip-download", "--output", "json"),
    )
    assert done.stdout.startswith("{"), done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_checkov_checks_everything(checkov: dict[str, Any]) -> None:
    assert checkov["summary"]["passed"] > 2000
    assert checkov["summary"]["parsing_errors"] == 0


@EACH_VALUES
def test_checkov_finds_only_what_is_explained(checkov: dict[str, Any], values: str) -> None:
    failed = [item for item in checkov["results"]["failed_checks"] if item["file_path"].endswith(f"/{values}.yaml")]
    found = {item["check_id"]: item["check_name"] for item in failed}
    assert found.keys() == (CHECKOV | CHECKOV_ONLY.get(values, {})).keys(), found
    for check_id, where in CHECKOV_WHERE.items():
        assert {item["resource"] for item in failed if item["check_id"] == check_id} <= where


@EACH_VALUES
def test_kube_score_finds_only_what_is_explained(files: Mapping[str, Path], values: str) -> None:
    done = check(
        *(str(programs.BIN / "kube-score"), "score", "--output-format", "json", "--kubernetes-version", "v1.37"),
        str(files[values]),
    )
    assert done.stdout.startswith("["), done.stdout + done.stderr
    found = {
        verdict["check"]["id"]: f"{item['object_name']}: {verdict['comments']}"
        for item in json.loads(done.stdout)
        for verdict in item["checks"]
        if not verdict["skipped"] and verdict["grade"] < 10
    }
    assert found.keys() == (KUBE_SCORE | KUBE_SCORE_ONLY.get(values, {})).keys(), found
