"""kubectl and helm, with the admin's credentials, in the network of the cluster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .network import INSIDE
from .paths import BIN, KUBECONFIG, RUN
from .shell import attempt, run

_ENV = {
    "PATH": f"{BIN}:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": str(RUN),
    "KUBECONFIG": str(KUBECONFIG),
}
KUBECTL = (*INSIDE, BIN / "kubectl", "--kubeconfig", KUBECONFIG)


def kubectl(*args: str | Path, stdin: str = "", seconds_max: float = 600.0) -> str:
    return run(*KUBECTL, *args, stdin=stdin, env=_ENV, seconds_max=seconds_max)


def helm(*args: str | Path, seconds_max: float = 900.0) -> str:
    return run(*INSIDE, BIN / "helm", *args, env=_ENV, seconds_max=seconds_max)


def works(*args: str | Path) -> bool:
    """Whether a command of kubectl succeeds."""
    return attempt(*KUBECTL, *args, seconds_max=10.0)


def apply(*objects: dict[str, Any]) -> None:
    """Creates or changes objects. A warning of the API server is an error."""
    manifest = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
    kubectl("apply", "--warnings-as-errors", "-f", "-", stdin=manifest)


def items(*args: str | Path) -> list[dict[str, Any]]:
    """Returns what `kubectl get` finds."""
    found: list[dict[str, Any]] = json.loads(kubectl("get", *args, "-o", "json"))["items"]
    return found
