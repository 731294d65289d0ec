"""The web client in the edge's image, as the chart runs that image: what the Containerfile puts where, and what the
command of the chart makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from containers.images import SWAGGER_UI_FILES
from containers.tools import ROOT
from edge_config.page import SECURITY_HEADERS
from tests.chart.rendering import VALUES, Manifest, one, pod, rendered
from tests.unit.containers.test_containerfiles import instructions

CONTAINERFILE = ROOT / "containers" / "edge.Containerfile"
HOME = "/opt/cnop/"
# What the other stages of the Containerfile make.
STAGES: dict[str, dict[str, str]] = {
    "page": {"index.html": "the page", "assets/index-Bq3kD9x1.js": "its script"},
    "previous": {"index.html": "the page before", "assets/index-Zz9.js": "its script"},
    "web": {f"5.0.0/{name}": name for name in SWAGGER_UI_FILES},
}


def edge_pod(values: str) -> Manifest:
    spec = pod(one(rendered(values), "Deployment", "edge"))
    assert spec is not None
    return spec


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /opt/cnop of the image, as the Containerfile fills it."""
    home = tmp_path_factory.mktemp("image")
    for source, target in copies("build"):
        stage, _, _ = source.partition(":")
        if stage in STAGES:
            for name, text in STAGES[stage].items():
                (home / target / name).parent.mkdir(parents=True, exist_ok=True)
                (home / target / name).write_text(text)
        elif (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, home / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (home / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, home / target)
    return home


def copies(stage: str) -> Iterator[tuple[str, str]]:
    """Yields what a stage copies and where to. What comes from another stage begins with its name and a colon."""
    current = ""
    for name, arguments in instructions(CONTAINERFILE):
        words = arguments.split()
        if name == "FROM":
            current = words[-1]
        elif name == "COPY" and current == stage:
            options = [word for word in words if word.startswith("--from=")]
            *sources, target = [word for word in words if not word.startswith("--")]
            for source in sources:
                yield f"{options[0].removeprefix('--from=')}:{source}" if options else source, target


def environment(home: Path) -> dict[str, str]:
    """The environment of this machine, with the image's own packages first on the path."""
    [settings] = [text for name, text in instructions(CONTAINERFILE) if name == "ENV"]
    [path] = [word.removeprefix("PYTHONPATH=") for word in settings.split() if word.startswith("PYTHONPATH=")]
    return {**os.environ, "PYTHONPATH": path.replace(HOME, f"{home}/"), "PYTHONDONTWRITEBYTECODE": "1"}


def routes(node: Any) -> Iterator[Manifest]:
    """Yields the routes of a configuration."""
    if isinstance(node, dict):
        for host in node.get("virtual_hosts", ()):
            yield from host["routes"]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from routes(child)


@pytest.mark.parametrize("values", VALUES)
def test_the_edge_of_the_chart_serves_the_page_of_its_image_with_its_policy(
    values: str, home: Path, tmp_path: Path
) -> None:
    arguments = {
        "--write=/run/edge": f"--write={tmp_path}",
        "--limits=/etc/cnop/limits.toml": f"--limits={home}/app/envoy/limits.toml",
    }
    given = edge_pod(values)["initContainers"][0]["args"]
    assert arguments.keys() <= set(given)
    subprocess.run(
        [sys.executable, "-m", "edge_config", *(arguments.get(argument, argument) for argument in given)],
        cwd=home / "app", env=environment(home), check=True,
    )  # fmt: skip
    served = {}
    for route in routes(yaml.safe_load((tmp_path / "envoy.yaml").read_text())):
        file = route.get("direct_response", {}).get("body", {}).get("filename", "")
        headers = {one["header"]["key"]: one["header"]["value"] for one in route.get("response_headers_to_add", ())}
        served[route["match"].get("path")] = (file.removeprefix(f"{home}/"), headers)
    for path, file in (
        ("/", "app/page/index.html"),
        ("/assets/index-Bq3kD9x1.js", "app/page/assets/index-Bq3kD9x1.js"),
        ("/assets/index-Zz9.js", "app/page-before/assets/index-Zz9.js"),  # for tabs that are still open
    ):
        assert served[path][0] == file
        assert served[path][1].items() >= SECURITY_HEADERS.items()


@pytest.mark.parametrize("values", VALUES)
def test_all_that_runs_in_the_pod_of_the_edge_is_of_one_image(values: str) -> None:
    spec = edge_pod(values)
    assert len({container["image"] for container in (*spec["initContainers"], *spec["containers"])}) == 1
