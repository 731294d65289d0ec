"""Where the cluster is: everything below .cache/kubernetes, except its network namespace and its cgroup."""

from __future__ import annotations

from pathlib import Path

from local.paths import CACHE, ROOT

HOME = CACHE.resolve() / "kubernetes"  # without links: the kubelet compares paths with those of its mounts
BIN = HOME / "bin"
CNI_BIN = HOME / "cni"
IMAGES = HOME / "images"

RUN = HOME / "run"  # the state of a running cluster; `down` removes it
PKI = RUN / "pki"
LOGS = RUN / "log"
KUBECONFIG = PKI / "admin.conf"
CNI_CONFIG = RUN / "cni"
KUBELET = RUN / "kubelet"
CONTAINERD_SOCKET = RUN / "containerd.sock"

KUBERNETES_MODULE = ROOT / "tests" / "chart" / "go" / "kubernetes"
CONTAINERD_MODULE = ROOT / "tests" / "cluster" / "go" / "containerd"
CHART = ROOT / "helm" / "cnop"

NAMESPACE = "cnop-cluster"  # of the network, and the name of the cgroup
NETNS = Path("/run/netns") / NAMESPACE
NODE = "node1"
NODE_ADDRESS = "10.10.0.1"
POD_NETWORK = "10.244.0.0/24"
SERVICE_NETWORK = "10.96.0.0/16"
API_SERVICE = "10.96.0.1"
