"""The release of the chart in the cluster, with the values for Kind, and what tests ask about it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local.paths import LIMITS_FOR_LOAD

from . import kube, node
from .images import DYNAMODB, EDGE, SERVICES, VALKEY
from .paths import CHART, RUN
from .shell import wait_for

RELEASE = NAMESPACE = "cnop"
COMPONENTS = ("user", "inventory", "order", "ratelimit", "edge")
INSTALL_SECONDS_MAX = 600
_ROLLOUT_SECONDS_MAX = 300


def values() -> dict[str, Any]:
    """What differs from Kind: images that were imported, and stand-ins for those of registries."""
    images = {
        name: _image(image)
        for name, image in (("services", SERVICES), ("edge", EDGE), ("dynamodb", DYNAMODB), ("valkey", VALKEY))
    }
    small = {"requests": {"cpu": "20m", "memory": "64Mi"}}  # two cores are enough for all replicas
    return {
        "image": {"services": images["services"], "edge": images["edge"]},
        "dynamodbLocal": {
            "enabled": True,
            "image": images["dynamodb"],
            "resources": small,
            "persistence": {"enabled": False},  # the cluster has no storage class
        },
        "valkey": {"enabled": True, "image": images["valkey"], "resources": small},
        "limits": LIMITS_FOR_LOAD.read_text(),  # all calls come from one address
        # At the production cost, hashing a password takes a quarter of a second of the two cores.
        "user": {"settings": {"CNOP_BCRYPT_COST": 4}, "resources": small},
        **{name: {"resources": small} for name in ("inventory", "order", "ratelimit", "edge")},
    }


def _image(name: str) -> dict[str, str]:
    repository, _, tag = name.rpartition(":")
    return {"repository": repository, "tag": tag, "digest": "", "pullPolicy": "Never"}


def install(chart: Path = CHART, **more: Any) -> None:
    """Installs the chart or changes the release, and waits until all pods are ready."""
    file = RUN / "values.json"
    file.write_text(json.dumps({**values(), **more}))
    kube.helm(
        *("upgrade", "--install", RELEASE, chart, "--namespace", NAMESPACE),
        *("--values", chart / "ci" / "kind-values.yaml", "--values", file),
        *("--wait", "--timeout", f"{INSTALL_SECONDS_MAX}s"),
    )


def create_namespace() -> None:
    """Creates the namespace, in which Pod Security refuses whatever is not `restricted`."""
    enforced = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn", "audit")}
    kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": enforced}})


def kubectl(*args: str) -> str:
    return kube.kubectl("--namespace", NAMESPACE, *args)


def service_ip(name: str) -> str:
    """Returns the address of a Service; of a headless one, that of one of its pods."""
    address = kubectl("get", "service", f"{RELEASE}-{name}", "-o", "jsonpath={.spec.clusterIP}")
    return address if address != "None" else next(iter(pods(name).values()))


def pods(component: str = "") -> dict[str, str]:
    """Returns the addresses of the ready pods by name, of a component or of all."""
    return {pod["metadata"]["name"]: pod["status"]["podIP"] for pod in _all_pods(component) if _is_ready(pod)}


def _all_pods(component: str) -> list[dict[str, Any]]:
    selector = f"app.kubernetes.io/instance={RELEASE}" + (f",app.kubernetes.io/component={component}" * bool(component))
    return kube.items("pods", "--namespace", NAMESPACE, "--selector", selector)


def _is_ready(pod: dict[str, Any]) -> bool:
    conditions = {one["type"]: one["status"] for one in pod["status"].get("conditions", ())}
    return conditions.get("Ready") == "True" and "deletionTimestamp" not in pod["metadata"]


def roll_out(component: str) -> None:
    """Replaces all pods of a component, as an upgrade does, and waits until it is done."""
    kubectl("rollout", "restart", f"deployment/{RELEASE}-{component}")
    until_rolled_out(component)


def until_rolled_out(component: str) -> None:
    kubectl("rollout", "status", f"deployment/{RELEASE}-{component}", f"--timeout={_ROLLOUT_SECONDS_MAX}s")


def until_alone(component: str) -> None:
    """Waits until a component has one pod, which is ready, and none that is stopping."""
    wait_for(f"one pod of {component}", lambda: _has(component, 1), _ROLLOUT_SECONDS_MAX)


def scale(component: str, replicas: int) -> None:
    """Changes the number of replicas and waits until they are ready, and others gone."""
    kubectl("scale", f"deployment/{RELEASE}-{component}", f"--replicas={replicas}")
    wait_for(f"{replicas} pods of {component}", lambda: _has(component, replicas), _ROLLOUT_SECONDS_MAX)


def _has(component: str, replicas: int) -> bool:
    found = _all_pods(component)
    return len(found) == replicas and all(map(_is_ready, found))


def run_job(cron_job: str) -> None:
    """Runs the job of a CronJob now and waits until it has succeeded."""
    name = f"{cron_job}-{time.monotonic_ns()}"
    kubectl("create", "job", name, f"--from=cronjob/{RELEASE}-{cron_job}")
    kubectl("wait", "--for=condition=Complete", f"job/{name}", f"--timeout={_ROLLOUT_SECONDS_MAX}s")


def restarts() -> Counter[str]:
    """Counts how often the containers of each pod were restarted."""
    counted: Counter[str] = Counter()
    for pod in kube.items("pods", "--namespace", NAMESPACE):
        counted[pod["metadata"]["name"]] = sum(
            one["restartCount"] for one in pod["status"].get("containerStatuses", ())
        )
    return counted


def processes(component: str) -> list[int]:
    """Returns the processes of this machine that are the first of the containers of a component's pods."""
    found = []
    for container in json.loads(node.crictl("ps", "--output", "json"))["containers"]:
        labels = container["labels"]
        pod = labels["io.kubernetes.pod.name"]
        if labels["io.kubernetes.pod.namespace"] == NAMESPACE and pod.startswith(f"{RELEASE}-{component}-"):
            found.append(int(json.loads(node.crictl("inspect", container["id"]))["info"]["pid"]))
    return found


def kill(process: int) -> bool:
    """Kills a process of a pod with SIGKILL. Returns whether it still ran."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def log_lines(pod: str, seconds: int) -> Iterator[dict[str, Any]]:
    """Yields the entries that a pod logged in the last seconds."""
    for line in kubectl("logs", pod, f"--since={seconds}s").splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def calls(component: str, seconds: int) -> Counter[tuple[str, str]]:
    """Counts the calls that each pod of a service served in the last seconds, by pod and method."""
    return Counter(
        (pod, str(line["method"]))
        for pod in pods(component)
        for line in log_lines(pod, seconds)
        if line.get("message") == "call"
    )
