"""etcd, the API server, the controller manager and the scheduler."""

from __future__ import annotations

from . import kube, pki
from .paths import BIN, NODE_ADDRESS, PKI, RUN, SERVICE_NETWORK
from .processes import Component
from .shell import wait_for

_PATH = f"{BIN}:/usr/sbin:/usr/bin:/sbin:/bin"
_READY_SECONDS_MAX = 120.0
_ETCD = "http://127.0.0.1:2379"
_ETCD_PEER = "http://127.0.0.1:2380"

ETCD = Component(
    "etcd",
    (
        BIN / "etcd",
        f"--data-dir={RUN / 'etcd'}",
        f"--listen-client-urls={_ETCD}",
        f"--advertise-client-urls={_ETCD}",
        f"--listen-peer-urls={_ETCD_PEER}",
        "--unsafe-no-fsync",  # the data live as long as the run
    ),
)

API_SERVER = Component(
    "kube-apiserver",
    (
        BIN / "kube-apiserver",
        f"--etcd-servers={_ETCD}",
        "--bind-address=0.0.0.0",
        f"--advertise-address={NODE_ADDRESS}",
        f"--service-cluster-ip-range={SERVICE_NETWORK}",
        f"--client-ca-file={PKI}/ca.crt",
        f"--tls-cert-file={PKI}/apiserver.crt",
        f"--tls-private-key-file={PKI}/apiserver.key",
        f"--kubelet-client-certificate={PKI}/kubelet-client.crt",
        f"--kubelet-client-key={PKI}/kubelet-client.key",
        "--kubelet-preferred-address-types=InternalIP",
        f"--service-account-key-file={PKI}/sa.pub",
        f"--service-account-signing-key-file={PKI}/sa.key",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--requestheader-client-ca-file={PKI}/ca.crt",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        f"--proxy-client-cert-file={PKI}/front-proxy-client.crt",
        f"--proxy-client-key-file={PKI}/front-proxy-client.key",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
    ),
    stop_seconds_max=70.0,  # it ends the requests in flight first
)

CONTROLLER_MANAGER = Component(
    "kube-controller-manager",
    (
        BIN / "kube-controller-manager",
        f"--kubeconfig={PKI}/controller-manager.conf",
        f"--service-account-private-key-file={PKI}/sa.key",
        f"--root-ca-file={PKI}/ca.crt",
        f"--cluster-signing-cert-file={PKI}/ca.crt",
        f"--cluster-signing-key-file={PKI}/ca.key",
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
        "--allocate-node-cidrs=false",
    ),
)

SCHEDULER = Component(
    "kube-scheduler",
    (
        BIN / "kube-scheduler",
        f"--kubeconfig={PKI}/scheduler.conf",
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
    ),
)

ALL = (ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER)


def start() -> None:
    """Starts the control plane and waits until it answers."""
    pki.create()
    ETCD.start(_PATH)
    API_SERVER.start(_PATH)
    wait_for("kube-apiserver is ready", _is_ready, _READY_SECONDS_MAX)
    CONTROLLER_MANAGER.start(_PATH)
    SCHEDULER.start(_PATH)
    wait_for("the default service account exists", _has_accounts, _READY_SECONDS_MAX)


def _is_ready() -> bool:
    ETCD.check()
    API_SERVER.check()
    return kube.works("get", "--raw", "/readyz")


def _has_accounts() -> bool:
    CONTROLLER_MANAGER.check()
    SCHEDULER.check()
    return kube.works("-n", "default", "get", "serviceaccount", "default")


def stop() -> None:
    """Stops it; etcd last, as the others write to it until they end."""
    for component in reversed(ALL):
        component.stop()
