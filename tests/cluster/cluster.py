"""The whole cluster: up and down, step by step. Each step that is done already takes no time."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from local.paths import ROOT

from . import control_plane, kube, network, node, oci, programs
from .errors import ClusterError
from .paths import BIN, IMAGES, KUBECONFIG, NODE_ADDRESS, RUN
from .processes import Component
from .shell import attempt, wait_for

Say = Callable[[str], None]

_TRIAL_SECONDS_MAX = 60.0

DNS = Component("dns", ("env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "tests.cluster.dns"))
_TRIAL = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "trial", "namespace": "default"},
    "spec": {
        "terminationGracePeriodSeconds": 1,
        "automountServiceAccountToken": False,
        "containers": [{"name": "pause", "image": node.PAUSE, "imagePullPolicy": "Never"}],
    },
}


def up(say: Say) -> None:
    """Starts what does not run, until a pod runs in the cluster."""
    if os.geteuid() != 0:
        raise ClusterError("the cluster needs root: it creates a network namespace, mounts and cgroups")
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("programs", lambda: programs.provide(say)),
        ("network", network.create),
        ("control plane", control_plane.start),
        ("containerd", node.start_containerd),
        ("pause image", _import_pause),
        ("node", node.start),
        ("DNS", lambda: DNS.start(os.environ["PATH"])),
        ("a pod runs", _try_a_pod),
    )
    for number, (title, step) in enumerate(steps, start=1):
        begin = time.monotonic()
        say(f"{number}/{len(steps)} {title}")
        step()
        say(f"{number}/{len(steps)} {title}: done after {time.monotonic() - begin:.1f} s")
    say(f"The cluster is up. KUBECONFIG={KUBECONFIG}, in its network only: python -m tests.cluster kubectl get pods -A")


def _import_pause() -> None:
    if node.PAUSE in node.ctr("images", "ls", "--quiet").split():
        return
    IMAGES.mkdir(exist_ok=True)
    archive = IMAGES / "pause.tar"
    oci.write(archive, node.PAUSE, BIN / "pause")
    node.ctr("images", "import", archive)


def _try_a_pod() -> None:
    kube.apply(_TRIAL)
    kube.kubectl("wait", "--for=condition=Ready", "pod/trial", f"--timeout={_TRIAL_SECONDS_MAX:.0f}s")
    kube.kubectl("delete", "pod", "trial", "--now")
    wait_for("the DNS of the cluster answers", _dns_answers, _TRIAL_SECONDS_MAX)


def _dns_answers() -> bool:
    DNS.check()
    probe = (
        "import socket, struct; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1);"
        "name = b''.join(bytes([len(x)]) + x for x in b'kubernetes.default.svc.cluster.local'.split(b'.')) + b'\\0';"
        f"s.sendto(struct.pack('!6H', 7, 256, 1, 0, 0, 0) + name + struct.pack('!2H', 1, 1), ('{NODE_ADDRESS}', 53));"
        "assert struct.unpack_from('!6H', s.recv(512))[3] == 1"
    )
    return attempt(*network.INSIDE, sys.executable, "-c", probe, seconds_max=5.0)


def down(say: Say) -> None:
    """Stops everything in order, and removes what it left. The programs and images stay in the cache."""
    for title, step in (
        ("DNS", DNS.stop),
        ("node", node.stop),
        ("control plane", control_plane.stop),
        ("network", network.remove),
        ("files", _remove_files),
    ):
        say(f"stopping: {title}")
        step()
    say("The cluster is down.")


def _remove_files() -> None:
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines() if str(RUN) in line]
    if mounts:
        raise ClusterError(f"mounts were left: {' '.join(mounts)}; unmount them, then run `down` again")
    shutil.rmtree(RUN, ignore_errors=True)


def status(say: Say) -> None:
    """Says which parts run."""
    for component in (*control_plane.ALL, node.CONTAINERD, node.kubelet(), node.KUBE_PROXY, DNS):
        say(f"{component.name:25} {f'process {component.pid}' if component.pid else 'not running'}  {component.log}")
