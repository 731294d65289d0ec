"""What the cluster runs, beside the programs of the tests of the chart: built from Go modules, or from Debian.

All is cached in .cache/kubernetes; an interrupted run continues where it stopped. The first takes up to half an hour.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.chart import programs, sources
from tests.chart.programs import KUBERNETES_FLAGS, Part, go_part

from .errors import ClusterError
from .paths import BIN, CNI_BIN

_GO = Path(__file__).resolve().parent / "go"
_PAUSE_SOURCE = Path(__file__).resolve().parent / "pause.c"
_CNI_PLUGINS = ("bridge", "host-local", "loopback", "portmap")
_SYSTEM = {  # programs of the system, and the Debian packages that have them
    "apt-get": "apt",
    "dpkg-deb": "dpkg",
    "cc": "gcc",
    "ip": "iproute2",
    "nft": "nftables",
    "nsenter": "util-linux",
    "unshare": "util-linux",
}
_LATER = "a minute or two, after kube-apiserver"


def _runc(to: Path, report: sources.Report) -> None:
    _from_debian("runc", to.parent, report)
    shutil.copy(to.parent / "usr" / "sbin" / "runc", to)


def _cni(to: Path, report: sources.Report) -> None:
    _from_debian("containernetworking-plugins", to.parent, report)
    to.mkdir()
    for plugin in _CNI_PLUGINS:
        shutil.copy(to.parent / "usr" / "lib" / "cni" / plugin, to)


def _from_debian(package: str, folder: Path, report: sources.Report) -> None:
    """Unpacks a package of the system's own Debian release without installing it."""
    report("downloading")
    command = ("apt-get", "download", "--quiet", "-o", "APT::Sandbox::User=root", package)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClusterError(f"apt-get cannot download {package}; try `apt-get update` first:\n{done.stderr.strip()}")
    [archive] = folder.glob(f"{package}_*.deb")
    subprocess.run(("dpkg-deb", "--extract", archive, folder), check=True, capture_output=True)


def _pause(to: Path, report: sources.Report) -> None:
    report("compiling")
    command = ("cc", "-Os", "-static", "-s", "-o", to, _PAUSE_SOURCE)
    subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _kubernetes(name: str) -> Part:
    return go_part(name, _LATER, tree="kubernetes", flags=KUBERNETES_FLAGS)


def _containerd(name: str, about: str = "seconds") -> Part:
    return go_part(name, about, tree="containerd", flags=("-ldflags", "-s -w"), go=_GO)


PARTS: Mapping[str, Part] = {
    **{name: programs.PARTS[name] for name in ("etcd", "kubectl", "helm", "kube-apiserver")},
    "kube-controller-manager": _kubernetes("kube-controller-manager"),
    "kube-scheduler": _kubernetes("kube-scheduler"),
    "kubelet": _kubernetes("kubelet"),
    "kube-proxy": _kubernetes("kube-proxy"),
    "containerd": _containerd("containerd", "about two minutes"),
    "containerd-shim-runc-v2": _containerd("containerd-shim-runc-v2"),
    "ctr": _containerd("ctr"),
    "crictl": _containerd("crictl"),
    "runc": Part(BIN / "runc", (), _runc, "from Debian"),
    "cni": Part(CNI_BIN, (), _cni, "from Debian"),
    "pause": Part(BIN / "pause", (_PAUSE_SOURCE,), _pause, "a program of a few lines"),
}


def provide(say: Callable[[str], None]) -> None:
    """Provides all programs. Raises ClusterError if one is missing and cannot be made here."""
    missing = sorted({package for program, package in _SYSTEM.items() if shutil.which(program) is None})
    if missing:
        raise ClusterError(f"programs are missing (Debian: apt-get install {' '.join(missing)})")
    try:
        programs.provide(None, say, PARTS)
    except programs.ProgramsError as error:
        raise ClusterError(str(error)) from None
