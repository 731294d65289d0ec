"""The system in a cluster of Kind, for people with Docker: python -m local.kind up (make kind-up)

Creates the cluster, builds the images and loads them, and installs the chart. Each step that is done already takes
little time, so run it again after a change, or after it was interrupted. `down` deletes the cluster and all its data.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from local.errors import LocalError
from local.paths import ROOT

CLUSTER = RELEASE = NAMESPACE = "cnop"
IMAGES = ("cnop-services:dev", "cnop-edge:dev")
PORT, NODE_PORT = 8080, 30080  # on this machine, and of the edge's Service
INSTALL_MINUTES_MAX = 10
_LAST_LINES = 20

_PROGRAMS = {
    "docker": "https://docs.docker.com/get-docker/",
    "kind": "https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
    "kubectl": "https://kubernetes.io/docs/tasks/tools/",
    "helm": "https://helm.sh/docs/intro/install/",
}
_CONTEXT = f"kind-{CLUSTER}"  # kind names it so; with it, no other cluster of the user is ever changed
_CONFIG = {
    "kind": "Cluster",
    "apiVersion": "kind.x-k8s.io/v1alpha4",
    "nodes": [
        {
            "role": "control-plane",
            "extraPortMappings": [
                {"containerPort": NODE_PORT, "hostPort": PORT, "listenAddress": "127.0.0.1", "protocol": "TCP"}
            ],
        }
    ],
}
_IN_CLUSTER = ("--namespace", NAMESPACE)


@dataclass(frozen=True)
class Step:
    """A step of `up`."""

    title: str
    do: Callable[[], str]  # returns what happened, for display


def up(console: Console, port: int = PORT) -> None:
    """Creates, builds and installs. Raises LocalError if a program is missing or a step fails."""
    _check_programs(tuple(_PROGRAMS))
    steps = (
        Step("the cluster", lambda: _create_cluster(port)),
        Step("the images (about five minutes the first time)", _build_images),
        Step("the images onto the node", _load_images),
        Step(f"the chart (at most {INSTALL_MINUTES_MAX} minutes)", _install),
    )
    for number, step in enumerate(steps, start=1):
        begin = time.monotonic()
        title = f"{number}/{len(steps)} {step.title}"
        if not console.is_terminal:
            _print(console, title)
        with console.status(title):
            what = step.do()
        _print(console, f"{title}: {what} after {time.monotonic() - begin:.0f} s")
    for line in (
        "Up. Next:",
        f"  curl http://localhost:{port}/api/v1/inventory/assets/BTC",
        f"  helm --kube-context {_CONTEXT} test {RELEASE} --namespace {NAMESPACE}     trades, and checks the balance",
        f"  kubectl --context {_CONTEXT} --namespace {NAMESPACE} get pods",
        "  make kind-down     deletes the cluster and all its data",
    ):
        _print(console, line)


def down(console: Console) -> None:
    """Deletes the cluster."""
    _check_programs(("docker", "kind"))
    _run("kind", "delete", "cluster", "--name", CLUSTER)
    _print(console, f"The cluster {CLUSTER} is deleted.")


def _check_programs(names: tuple[str, ...]) -> None:
    missing = [f"  {name}: {_PROGRAMS[name]}" for name in names if shutil.which(name) is None]
    if missing:
        raise LocalError("\n".join(["Missing on the PATH; install first:", *missing]))
    try:
        _run("docker", "info")
    except LocalError as error:
        raise LocalError(f"Docker does not answer. Start it, then run this again.\n{error}") from None


def _create_cluster(port: int) -> str:
    if CLUSTER in _run("kind", "get", "clusters").split():
        return "exists"
    config = json.loads(json.dumps(_CONFIG))
    config["nodes"][0]["extraPortMappings"][0]["hostPort"] = port
    _run("kind", "create", "cluster", "--name", CLUSTER, "--wait", "120s", "--config", "-", stdin=json.dumps(config))
    return "created"


def _build_images() -> str:
    _run(sys.executable, "-m", "containers.images", "--tool", "docker")
    return "built"


def _load_images() -> str:
    _run("kind", "load", "docker-image", *IMAGES, "--name", CLUSTER)
    return "loaded"


def _install() -> str:
    chart = ROOT / "helm" / "cnop"
    _run(
        *("helm", "--kube-context", _CONTEXT, "upgrade", "--install", RELEASE, str(chart), *_IN_CLUSTER),
        *("--create-namespace", "--values", str(chart / "ci" / "kind-values.yaml")),
        *("--wait", "--timeout", f"{INSTALL_MINUTES_MAX}m"),
        hint=f"See: kubectl --context {_CONTEXT} --namespace {NAMESPACE} get pods,events",
    )
    # An image has the same tag after a change, so the pods are told to start again from it.
    _run("kubectl", "--context", _CONTEXT, *_IN_CLUSTER, "rollout", "restart", "deployment")
    for deployment in _run("kubectl", "--context", _CONTEXT, *_IN_CLUSTER, "get", "deployment", "-o", "name").split():
        _run("kubectl", "--context", _CONTEXT, *_IN_CLUSTER, "rollout", "status", deployment, "--timeout", "300s")
    return "installed"


def _run(*command: str, stdin: str = "", hint: str = "") -> str:
    """Returns what a program prints. Raises LocalError with its last lines, and a hint, if it fails."""
    done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LAST_LINES:]
        title = f"`{' '.join(command[:6])}` failed with exit code {done.returncode}:"
        raise LocalError("\n".join([title, *said, *([hint] if hint else [])]))
    return done.stdout


def _print(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.kind", description=__doc__.partition(":")[0])
    parser.add_argument("command", choices=("up", "down"), help="create the cluster and install, or delete the cluster")
    parser.add_argument("--port", type=int, default=PORT, help=f"the port of the edge on this machine (default {PORT})")
    options = parser.parse_args()
    console = Console()
    try:
        up(console, options.port) if options.command == "up" else down(console)
    except LocalError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
