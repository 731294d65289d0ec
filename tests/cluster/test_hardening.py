"""What the pods may not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import kube, node, release
from .errors import ClusterError

# runc creates these files, empty, where the kubelet mounts its own.
_MOUNT_POINTS = {"etc/hosts", "etc/hostname", "etc/resolv.conf", "dev/termination-log"}


def test_the_namespace_refuses_pods_that_are_not_restricted() -> None:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "root", "namespace": release.NAMESPACE},
        "spec": {"containers": [{"name": "root", "image": node.PAUSE}]},
    }
    with pytest.raises(ClusterError, match="violates PodSecurity"):
        kube.apply(pod)


def test_all_containers_run_as_the_same_user_without_capabilities_on_a_read_only_root() -> None:
    for pod in kube.items("pods", "--namespace", release.NAMESPACE):
        for container in (*pod["spec"]["containers"], *pod["spec"].get("initContainers", ())):
            context = {**pod["spec"]["securityContext"], **container["securityContext"]}
            name = f"{pod['metadata']['name']} {container['name']}"
            assert context["runAsUser"] == 65532, name
            assert context["readOnlyRootFilesystem"], name
            assert context["capabilities"] == {"drop": ["ALL"]}, name
            assert not context["allowPrivilegeEscalation"], name


def test_no_process_has_written_to_its_root_file_system() -> None:
    written = {name: list(_written(layer)) for name, layer in _layers()}
    assert written
    assert {name: files for name, files in written.items() if files} == {}


def _layers() -> Iterator[tuple[str, Path]]:
    """Yields the writable layer of every running container of the release."""
    for container in json.loads(node.crictl("ps", "--output", "json"))["containers"]:
        if container["labels"]["io.kubernetes.pod.namespace"] == release.NAMESPACE:
            pid = json.loads(node.crictl("inspect", container["id"]))["info"]["pid"]
            root = next(line for line in _mounts(pid) if line.split()[4] == "/")
            upper = next(part for part in root.split()[-1].split(",") if part.startswith("upperdir="))
            mounts = f"/proc/{node.CONTAINERD.pid}/root"  # as containerd sees them
            name = f"{container['labels']['io.kubernetes.pod.name']} {container['metadata']['name']}"
            yield name, Path(mounts + upper.removeprefix("upperdir="))


def _mounts(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/mountinfo").read_text().splitlines()


def _written(layer: Path) -> Iterator[str]:
    for path in layer.rglob("*"):
        name = str(path.relative_to(layer))
        if path.is_file() and not (name in _MOUNT_POINTS and path.stat().st_size == 0):
            yield name
