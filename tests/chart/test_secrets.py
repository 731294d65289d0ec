"""The commands for secrets against a real API server, with a token and the Role that the documents name."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.chart import apiserver
from tests.chart.apiserver import ApiServer
from tests.cluster_secrets import NAMES, ClusterSecretsTests, account_environment

ROLE = (
    {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]},
    {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "patch"], "resourceNames": sorted(NAMES)},
)


@dataclass
class RealCluster:
    """A namespace of a real API server."""

    server: ApiServer
    namespace: str
    folder: Path

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self.server.kubectl(*arguments, "--namespace", self.namespace, stdin=stdin)

    @property
    def environment(self) -> dict[str, str]:
        return self._account("bootstrap")

    def without_role(self) -> dict[str, str]:
        return self._account("default")

    def secrets(self) -> dict[str, dict[str, Any]]:
        found = json.loads(self.kubectl("get", "secrets", "--output", "json"))["items"]
        return {secret["metadata"]["name"]: secret for secret in found}

    def put(self, secret: dict[str, Any]) -> None:
        self.kubectl("create", "--filename", "-", stdin=json.dumps(secret))

    def delete(self, name: str) -> None:
        self.kubectl("delete", "secret", name)

    def _account(self, name: str) -> dict[str, str]:
        """Returns the environment of a pod with this service account, and writes what it would have mounted."""
        account = self.folder / name
        account.mkdir(exist_ok=True)
        (account / "token").write_text(self.server.token(self.namespace, name))
        (account / "namespace").write_text(self.namespace)
        (account / "ca.crt").write_bytes(self.server.authority.read_bytes())
        address = urlsplit(self.server.url)
        return account_environment(address.hostname or "", address.port or 443, account)


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ApiServer]:
    async with apiserver.running(tmp_path_factory.mktemp("apiserver")) as server:
        yield server


@pytest.fixture
def cluster(server: ApiServer, tmp_path: Path) -> RealCluster:
    cluster = RealCluster(server, f"shop-{secrets.token_hex(4)}", tmp_path)
    server.create_namespace(cluster.namespace)
    cluster.kubectl("create", "serviceaccount", "bootstrap")
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "bootstrap"}}
    cluster.kubectl("create", "--filename", "-", stdin=json.dumps({**role, "rules": ROLE}))
    account = f"--serviceaccount={cluster.namespace}:bootstrap"
    cluster.kubectl("create", "rolebinding", "bootstrap", "--role=bootstrap", account)
    return cluster


class TestCommandsOnARealServer(ClusterSecretsTests):
    pass
