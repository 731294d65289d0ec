"""A real API server of Kubernetes on loopback, with etcd and nothing else: objects are checked and stored, no pod runs.

async with running(folder) as server:
    server.kubectl("get", "--raw", "/readyz")

As no controller runs, nobody creates the service account `default` of a namespace: `create_namespace` does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from local import ports
from local.process import Process, Program
from tests.chart import pki, programs

SECONDS_MAX = 60.0
SERVICES = "10.96.0.0/16"  # the addresses that Services get


@dataclass(frozen=True)
class ApiServer:
    """The address of a running API server, and the files of its admin."""

    url: str
    folder: Path

    @property
    def authority(self) -> Path:
        """The certificate that the server's is verified with."""
        return self.folder / "pki" / "ca.crt"

    @property
    def kubeconfig(self) -> Path:
        """The file with which kubectl and helm are admin."""
        return self.folder / "admin.json"

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which helm and kubectl use this server."""
        return {**programs.environment(), "KUBECONFIG": str(self.kubeconfig)}

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        """Returns the output of kubectl. Raises AssertionError with what it said if it fails."""
        return self.run("kubectl", *arguments, stdin=stdin)

    def run(self, program: str, *arguments: str, stdin: str | None = None) -> str:
        """Returns what helm or kubectl prints. Raises AssertionError, with that, if it fails."""
        done = subprocess.run(
            [str(programs.BIN / program), *arguments], env=self.environment, input=stdin, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS_MAX, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(f"{program} {' '.join(arguments)} failed:\n{done.stdout}")
        return done.stdout

    def create_namespace(self, name: str, **labels: str) -> None:
        """Creates a namespace and what its controllers would: its default service account."""
        manifest = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
        self.kubectl("apply", "--filename", "-", stdin=json.dumps(manifest))
        self.kubectl("create", "serviceaccount", "default", "--namespace", name)

    def token(self, namespace: str, account: str) -> str:
        """Returns a token of a service account, as its pods have one."""
        return self.kubectl("create", "token", account, "--namespace", namespace).strip()


@contextlib.asynccontextmanager
async def running(folder: Path) -> AsyncIterator[ApiServer]:
    """Yields an API server, ready, whose files are in `folder`. Stops it before etcd, on which it depends."""
    etcd_port, peer_port, port = ports.claim(3)
    pki.create(folder / "pki")
    server = ApiServer(f"https://127.0.0.1:{port}", folder)
    _write_kubeconfig(server)
    etcd = await Process.start(_etcd(folder, etcd_port, peer_port), folder)
    try:
        await etcd.until_ready()
        apiserver = await Process.start(_apiserver(server, port, etcd_port), folder)
        try:
            await apiserver.until_ready()
            yield server
        finally:
            await apiserver.stop()
    finally:
        await etcd.stop()


def _etcd(folder: Path, port: int, peer_port: int) -> Program:
    url, peers = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peer_port}"

    async def is_ready() -> bool:
        return _answers(f"{url}/health")

    return Program(
        name="etcd",
        what="the database of Kubernetes",
        command=(
            *(str(programs.BIN / "etcd"), "--data-dir", str(folder / "etcd"), "--unsafe-no-fsync"),
            *("--listen-client-urls", url, "--advertise-client-urls", url),
            *("--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers),
            *("--initial-cluster", f"default={peers}"),
        ),
        env=_environment(),
        folder=folder,
        ready=is_ready,
    )


def _apiserver(server: ApiServer, port: int, etcd_port: int) -> Program:
    files, context = server.folder / "pki", _context(server)

    async def is_ready() -> bool:
        return _answers(f"{server.url}/readyz", context)

    return Program(
        name="kube-apiserver",
        what="the API server of Kubernetes",
        command=(
            str(programs.BIN / "kube-apiserver"),
            f"--etcd-servers=http://127.0.0.1:{etcd_port}",
            *(f"--secure-port={port}", "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1"),
            # Endpoints on loopback are refused, and nothing here needs those of the server itself.
            "--endpoint-reconciler-type=none",
            f"--service-cluster-ip-range={SERVICES}",
            *(f"--tls-cert-file={files / 'server.crt'}", f"--tls-private-key-file={files / 'server.key'}"),
            *(f"--client-ca-file={files / 'ca.crt'}", "--authorization-mode=RBAC"),
            f"--service-account-key-file={files / 'sa.pub'}",
            f"--service-account-signing-key-file={files / 'sa.key'}",
            "--service-account-issuer=https://kubernetes.default.svc",
        ),
        env=_environment(),
        folder=server.folder,
        ready=is_ready,
        orphan_signal=signal.SIGKILL,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """A proxy must not carry what goes to loopback."""
    return {**os.environ, "NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}


def _write_kubeconfig(server: ApiServer) -> None:
    files = server.folder / "pki"
    user = {"client-certificate": str(files / "admin.crt"), "client-key": str(files / "admin.key")}
    cluster = {"server": server.url, "certificate-authority": str(server.authority)}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "test", "cluster": cluster}],
        "users": [{"name": "admin", "user": user}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
        "current-context": "test",
    }
    server.kubeconfig.touch(mode=0o600)
    server.kubeconfig.write_text(json.dumps(config))


def _context(server: ApiServer) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(server.authority))
    context.load_cert_chain(server.folder / "pki" / "admin.crt", server.folder / "pki" / "admin.key")
    return context


def _answers(url: str, context: ssl.SSLContext | None = None) -> bool:
    handlers = [urllib.request.ProxyHandler({}), *([urllib.request.HTTPSHandler(context=context)] if context else [])]
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=2.0) as answer:
            return int(answer.status) == 200
    except (OSError, urllib.error.URLError):
        return False
