"""Renders the chart, as `helm template` does, and finds things in what it rendered."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.chart import programs

Manifest = dict[str, Any]

CHART = programs.ROOT / "helm" / "cnop"
RELEASE, NAMESPACE = "cnop", "shop"

# The values files that the chart is installed with, by what they are for. That of production goes over that of EKS.
VALUES: Mapping[str, tuple[Path, ...]] = {
    "kind": (CHART / "ci" / "kind-values.yaml",),
    "eks": (CHART / "ci" / "eks-values.yaml",),
    "prod": (CHART / "ci" / "eks-values.yaml", CHART / "ci" / "prod-values.yaml"),
}
SERVICES = ("user", "inventory", "order", "ratelimit")
COMPONENTS = (*SERVICES, "edge")
# The least that must be set, to render the chart with its defaults.
MINIMUM: Mapping[str, Any] = {"aws": {"region": "eu-central-1"}, "redis": {"url": "rediss://redis:6379"}}


class RenderError(Exception):
    """Helm refused the values; the message is what it said."""


def render(*files: Path, values: Mapping[str, Any] | None = None, helm: str = "helm") -> list[Manifest]:
    """Returns the objects that the chart makes of values. Raises RenderError if helm refuses them."""
    return [manifest for manifest in yaml.safe_load_all(render_text(*files, values=values, helm=helm)) if manifest]


def render_text(*files: Path, values: Mapping[str, Any] | None = None, helm: str = "helm") -> str:
    """Returns the same as text."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as own:
        own.write(json.dumps(values or {}))
        own.flush()
        options = [option for file in (*files, Path(own.name)) for option in ("--values", str(file))]
        done = subprocess.run(
            [str(programs.BIN / helm), "template", RELEASE, str(CHART), "--namespace", NAMESPACE, *options],
            env=programs.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise RenderError(done.stderr)
    return done.stdout


@cache
def rendered(name: str) -> list[Manifest]:
    """Returns the objects of a values file. Not to be changed."""
    return render(*VALUES[name])


def one(manifests: list[Manifest], kind: str, name: str) -> Manifest:
    """Returns an object by its kind and name."""
    found = [item for item in manifests if item["kind"] == kind and item["metadata"]["name"] == f"{RELEASE}-{name}"]
    assert len(found) == 1, f"{len(found)} times {kind} {name}"
    return found[0]


def pod(manifest: Manifest) -> Manifest | None:
    """Returns the spec of the pods that an object makes, None if it makes none."""
    found: Manifest | None = None
    match manifest["kind"]:
        case "Pod":
            found = manifest["spec"]
        case "CronJob":
            found = manifest["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        case "Deployment" | "StatefulSet" | "Job":
            found = manifest["spec"]["template"]["spec"]
    return found


def pods(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """Yields the spec of each kind of pods, with the name of what makes them."""
    for manifest in manifests:
        spec = pod(manifest)
        if spec is not None:
            yield f"{manifest['kind']} {manifest['metadata']['name']}", spec


def containers(spec: Manifest) -> list[Manifest]:
    return [*spec.get("initContainers", ()), *spec["containers"]]


def environment(container: Manifest) -> dict[str, str]:
    return {variable["name"]: variable["value"] for variable in container.get("env", ()) if "value" in variable}
