"""The node: containerd, the kubelet and kube-proxy.

containerd and the kubelet mount much: layers, secrets, shared memory. They do so in a mount namespace of their own,
which ends with them, so that no mount can be left behind. The folders whose paths are fixed in their code are covered
there.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import cgroups, kube
from .paths import (
    BIN,
    CNI_BIN,
    CNI_CONFIG,
    CONTAINERD_SOCKET,
    KUBELET,
    NAMESPACE,
    NODE,
    NODE_ADDRESS,
    PKI,
    POD_NETWORK,
    RUN,
)
from .processes import Component
from .shell import attempt, run, wait_for

PAUSE = "localhost/pause:1"

_PATH = f"{BIN}:/usr/sbin:/usr/bin:/sbin:/bin"
_READY_SECONDS_MAX = 120.0
_ENDED_SECONDS_MAX = 20.0
_CONTAINERD_CONFIG = RUN / "containerd.toml"
_KUBELET_CONFIG = RUN / "kubelet.json"
_COVERED = ("/var/lib/kubelet", "/var/log/containers", "/run/containerd", "/var/lib/cni")

# restrict_oom_score_adj: without CAP_SYS_RESOURCE the score of a sandbox cannot be lowered.
_CONTAINERD = f"""\
version = 3
root = "{RUN}/containerd"
state = "{RUN}/containerd-state"
disabled_plugins = ["io.containerd.nri.v1.nri"]

[grpc]
  address = "{CONTAINERD_SOCKET}"

[plugins."io.containerd.internal.v1.opt"]
  path = "{RUN}/opt"

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "{PAUSE}"

[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true

[plugins."io.containerd.cri.v1.runtime".containerd]
  default_runtime_name = "runc"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  BinaryName = "{BIN}/runc"
  SystemdCgroup = false

[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["{CNI_BIN}"]
  conf_dir = "{CNI_CONFIG}"
"""

_KUBELET: dict[str, Any] = {
    "apiVersion": "kubelet.config.k8s.io/v1beta1",
    "kind": "KubeletConfiguration",
    "failCgroupV1": False,
    "cgroupDriver": "cgroupfs",
    "cgroupRoot": f"/{NAMESPACE}",
    "containerRuntimeEndpoint": f"unix://{CONTAINERD_SOCKET}",
    "imageServiceEndpoint": f"unix://{CONTAINERD_SOCKET}",
    "address": "0.0.0.0",  # noqa: S104 - in a network of its own
    "healthzBindAddress": "127.0.0.1",
    "clusterDNS": [NODE_ADDRESS],
    "clusterDomain": "cluster.local",
    "resolvConf": "",
    "failSwapOn": False,
    "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
    "imageGCHighThresholdPercent": 100,
    "imageGCLowThresholdPercent": 99,
    "authentication": {
        "anonymous": {"enabled": False},
        "webhook": {"enabled": True},
        "x509": {"clientCAFile": f"{PKI}/ca.crt"},
    },
    "authorization": {"mode": "Webhook"},
    "tlsCertFile": f"{PKI}/kubelet.crt",
    "tlsPrivateKeyFile": f"{PKI}/kubelet.key",
    "volumePluginDir": f"{KUBELET}/plugins",
    "podLogsDir": f"{RUN}/pod-logs",
    "maxPods": 60,
    # Tests kill containers again and again. By default the kubelet would then wait for minutes.
    "crashLoopBackOff": {"maxContainerRestartPeriod": "2s"},
    "makeIPTablesUtilChains": False,
}

# Covers the fixed folders, then becomes containerd. $0 is where the covers are.
_IN_OWN_MOUNTS = """\
set -e
for folder in {covered}; do
  mkdir -p "$0$folder"
  mount --bind "$0$folder" "$folder"
done
exec "$@"
"""
_COVERS = RUN / "covers"
_CREATED = RUN / "created"  # has the covered folders that were not there before, a line for each

CONTAINERD = Component(
    "containerd",
    (
        *("unshare", "--mount", "--propagation", "private"),
        *("sh", "-c", _IN_OWN_MOUNTS.format(covered=" ".join(_COVERED)), _COVERS),
        *(BIN / "containerd", "--config", _CONTAINERD_CONFIG),
    ),
)

KUBE_PROXY = Component(
    "kube-proxy",
    (
        BIN / "kube-proxy",
        f"--kubeconfig={PKI}/proxy.conf",
        "--proxy-mode=nftables",
        f"--cluster-cidr={POD_NETWORK}",
        f"--hostname-override={NODE}",
        f"--bind-address={NODE_ADDRESS}",
        "--healthz-bind-address=127.0.0.1:10256",
        "--metrics-bind-address=127.0.0.1:10249",
        "--conntrack-max-per-core=0",
        "--conntrack-tcp-timeout-established=0",
        "--conntrack-tcp-timeout-close-wait=0",
    ),
)


def kubelet() -> Component:
    """The kubelet, which joins the mounts of containerd."""
    command = (
        *("nsenter", f"--mount=/proc/{CONTAINERD.pid}/ns/mnt"),
        *(BIN / "kubelet", f"--config={_KUBELET_CONFIG}", f"--kubeconfig={PKI}/kubelet.conf"),
        *(f"--root-dir={KUBELET}", f"--hostname-override={NODE}", f"--node-ip={NODE_ADDRESS}", "--v=2"),
    )
    return Component("kubelet", command)


def crictl(*args: str, seconds_max: float = 120.0) -> str:
    """Asks containerd as the kubelet does."""
    return run(BIN / "crictl", f"--runtime-endpoint=unix://{CONTAINERD_SOCKET}", *args, seconds_max=seconds_max)


def ctr(*args: str | Path) -> str:
    """Asks containerd about the containers and images of Kubernetes."""
    return run(BIN / "ctr", "--address", CONTAINERD_SOCKET, "--namespace", "k8s.io", *args)


def start_containerd() -> None:
    """Starts containerd and waits until it answers. Images can then be imported."""
    cgroups.create()
    _create_covered()
    _CONTAINERD_CONFIG.write_text(_CONTAINERD)
    CONTAINERD.start(_PATH)
    wait_for("containerd answers", _containerd_answers, _READY_SECONDS_MAX)


def start() -> None:
    """Starts the kubelet and kube-proxy, and waits until the node is ready. It needs the pause image."""
    _KUBELET_CONFIG.write_text(json.dumps(_KUBELET, indent=1))
    KUBELET.mkdir(parents=True, exist_ok=True)
    kubelet().start(_PATH)
    KUBE_PROXY.start(_PATH)
    wait_for("the node is ready", _is_ready, _READY_SECONDS_MAX)


def _create_covered() -> None:
    """Creates the folders to cover that are missing. They stay empty, and `stop` removes them."""
    missing = [folder for folder in _COVERED if not Path(folder).exists()]
    with _CREATED.open("a", encoding="utf-8") as file:
        file.writelines(f"{folder}\n" for folder in missing)
    for folder in missing:
        Path(folder).mkdir(parents=True)


def _remove_covered() -> None:
    created = _CREATED.read_text().split() if _CREATED.exists() else []
    for folder in created:
        with contextlib.suppress(OSError):  # others use it by now
            Path(folder).rmdir()


def _containerd_answers() -> bool:
    CONTAINERD.check()
    return attempt(BIN / "crictl", f"--runtime-endpoint=unix://{CONTAINERD_SOCKET}", "version", seconds_max=5.0)


def _is_ready() -> bool:
    kubelet().check()
    KUBE_PROXY.check()
    return kube.works("wait", "--for=condition=Ready", f"node/{NODE}", "--timeout=1s")


def stop() -> None:
    """Stops the kubelet, which would start pods again, then the pods, then the rest."""
    kubelet().stop()
    if CONTAINERD.pid is not None:
        attempt(BIN / "crictl", f"--runtime-endpoint=unix://{CONTAINERD_SOCKET}", "rmp", "--all", "--force")
    KUBE_PROXY.stop()
    CONTAINERD.stop()
    _end(_shims())
    _end(cgroups.processes())
    cgroups.remove()
    _remove_covered()


def _shims() -> Iterator[int]:
    """Yields the processes that hold the pods of this containerd, and outlive it."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if command[0].endswith(b"containerd-shim-runc-v2") and str(CONTAINERD_SOCKET).encode() in command:
                yield int(folder.name)


def _end(processes: Iterator[int] | set[int]) -> None:
    """Kills processes of pods and waits until they are gone."""
    left = set(processes)
    for process in left:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    end = time.monotonic() + _ENDED_SECONDS_MAX
    while any(Path(f"/proc/{process}").exists() for process in left) and time.monotonic() < end:
        time.sleep(0.1)
