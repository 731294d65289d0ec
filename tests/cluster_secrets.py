"""What the commands for secrets must do in any Kubernetes: run against a small server, and against the real one."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509

from local.paths import ROOT
from services.bootstrap.certificates import PARTS
from services.bootstrap.signing_keys import with_new

Json = dict[str, Any]

LABELS = {"app.kubernetes.io/managed-by": "cnop-bootstrap", "app.kubernetes.io/instance": "rel"}
NAMES = {"rel-keys", "rel-mesh", "rel-authority-tls", *(f"rel-{part}-tls" for part in PARTS)}


class Cluster(Protocol):
    """A namespace of a cluster, with a service account whose Role allows what the chart's does."""

    namespace: str
    environment: dict[str, str]

    def secrets(self) -> dict[str, Json]:
        """Returns all Secrets, by name."""
        ...

    def put(self, secret: Json) -> None:
        """Creates a Secret."""
        ...

    def delete(self, name: str) -> None:
        """Deletes a Secret."""
        ...

    def without_role(self) -> dict[str, str]:
        """Returns the environment of a pod whose service account may do nothing."""
        ...


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    error: str


async def run(environment: dict[str, str], *arguments: str) -> Done:
    """Runs a command as the container of a Job does."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.bootstrap", *arguments),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await process.communicate()
    return Done(process.returncode or 0, out.decode(), error.decode())


async def do(cluster: Cluster, command: str, *arguments: str) -> str:
    """Runs a command that must succeed. Returns what it says."""
    done = await run(cluster.environment, command, "--kubernetes", "--prefix", "rel", *arguments)
    assert done.code == 0, done
    return done.out


def versions(cluster: Cluster) -> dict[str, str]:
    return {name: str(secret["metadata"]["resourceVersion"]) for name, secret in cluster.secrets().items()}


def file(secret: Json, name: str) -> bytes:
    return base64.b64decode(secret["data"][name])


def certificate(secret: Json) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file(secret, "tls.crt"))


def keys_secret(*ages: timedelta, labels: dict[str, str] = LABELS) -> tuple[Json, list[str]]:
    """Returns a Secret with keys of these ages, and their file names."""
    files: dict[str, bytes] = {}
    for age in ages:
        files = {**with_new(files, datetime.now(UTC) - age)}
    metadata = {"name": "rel-keys", "labels": labels, "annotations": {"team": "shop"}}
    data = {name: base64.b64encode(content).decode() for name, content in files.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "data": data, "type": "Opaque"}, list(files)


class ClusterSecretsTests:
    """The fixture `cluster` provides an empty namespace."""

    async def test_create_makes_all_secrets_and_changes_none_when_repeated(self, cluster: Cluster) -> None:
        said = await do(cluster, "create")
        made = cluster.secrets()
        assert made.keys() == NAMES
        assert [name.endswith(".pem") for name in made["rel-keys"]["data"]] == [True]
        assert len(file(made["rel-mesh"], "secret")) == 64
        assert all(secret["metadata"]["labels"] == LABELS for secret in made.values())
        assert {name for name in NAMES if made[name]["type"] == "kubernetes.io/tls"} == {
            name for name in NAMES if name.endswith("-tls")
        }
        for secret in made.values():  # nothing of a secret is shown
            assert not [one for one in secret["data"].values() if one in said or base64.b64decode(one).decode() in said]
        before = versions(cluster)
        assert "stays as it is" in await do(cluster, "create")
        assert versions(cluster) == before

    async def test_certificates_have_the_ids_of_the_namespace_and_one_authority(self, cluster: Cluster) -> None:
        await do(cluster, "create", "--trust-domain", "example.org")
        made = cluster.secrets()
        authority = certificate(made["rel-authority-tls"])
        for part in PARTS:
            leaf, names = certificate(made[f"rel-{part}-tls"]), x509.SubjectAlternativeName
            said = leaf.extensions.get_extension_for_class(names).value
            assert said.get_values_for_type(x509.UniformResourceIdentifier) == [
                f"spiffe://example.org/{cluster.namespace}/{part}"
            ]
            assert f"{part}.{cluster.namespace}.example.org" in said.get_values_for_type(x509.DNSName)
            leaf.verify_directly_issued_by(authority)
            assert file(made[f"rel-{part}-tls"], "ca.crt") == file(made["rel-authority-tls"], "tls.crt")

    async def test_create_makes_only_what_is_missing_and_asked_for(self, cluster: Cluster) -> None:
        await do(cluster, "create", "keys", "mesh")
        assert cluster.secrets().keys() == {"rel-keys", "rel-mesh"}
        await do(cluster, "create")
        before = versions(cluster)
        cluster.delete("rel-order-tls")
        await do(cluster, "create")
        after = versions(cluster)
        assert {name for name in NAMES if after[name] != before[name]} == {"rel-order-tls"}

    async def test_jobs_at_once_agree_on_one_of_everything(self, cluster: Cluster) -> None:
        await asyncio.gather(*(do(cluster, "create") for _ in range(4)))
        made = cluster.secrets()
        assert len(made["rel-keys"]["data"]) == 1
        for part in PARTS:
            certificate(made[f"rel-{part}-tls"]).verify_directly_issued_by(certificate(made["rel-authority-tls"]))

    async def test_a_rotation_of_keys_adds_one_and_removes_the_expired(self, cluster: Cluster) -> None:
        secret, [old, current] = keys_secret(timedelta(days=2), timedelta(days=1))
        cluster.put(secret)
        said = await do(cluster, "rotate-keys")
        rotated = cluster.secrets()["rel-keys"]
        [added] = rotated["data"].keys() - {current}
        assert rotated["data"][current] == secret["data"][current]
        assert f"added {added.removesuffix('.pem')}" in said
        assert f"removed {old.removesuffix('.pem')}" in said
        assert rotated["metadata"]["annotations"] == {"team": "shop"}

    async def test_rotations_of_keys_at_once_add_one_key(self, cluster: Cluster) -> None:
        secret, [current] = keys_secret(timedelta(days=1))
        cluster.put(secret)
        said = await asyncio.gather(*(do(cluster, "rotate-keys") for _ in range(4)))
        assert len(cluster.secrets()["rel-keys"]["data"]) == 2
        assert sum("added no key" in one for one in said) == 3
        assert current in cluster.secrets()["rel-keys"]["data"]

    async def test_a_leaked_key_is_removed_and_an_unknown_one_named(self, cluster: Cluster) -> None:
        secret, [leaked] = keys_secret(timedelta(days=1))
        cluster.put(secret)
        arguments = "rotate-keys", "--kubernetes", "--prefix", "rel", "--leaked"
        wrong = await run(cluster.environment, *arguments, "unknown")
        assert wrong.code == 1
        assert f"no key unknown; it has {leaked.removesuffix('.pem')}" in wrong.error
        await do(cluster, "rotate-keys", "--leaked", leaked.removesuffix(".pem"))
        [left] = cluster.secrets()["rel-keys"]["data"]
        assert left != leaked

    async def test_a_rotation_of_certificates_renews_all_by_the_same_authority(self, cluster: Cluster) -> None:
        await do(cluster, "create")
        before = cluster.secrets()
        await do(cluster, "rotate-certs", "--days", "10")
        after = cluster.secrets()
        assert after["rel-authority-tls"] == before["rel-authority-tls"]
        for part in PARTS:
            old, new = (certificate(secrets[f"rel-{part}-tls"]) for secrets in (before, after))
            assert old.serial_number != new.serial_number
            assert old.not_valid_after_utc > datetime.now(UTC), "the old one stays valid"
            assert new.not_valid_after_utc - datetime.now(UTC) < timedelta(days=10)
            new.verify_directly_issued_by(certificate(before["rel-authority-tls"]))

    async def test_secrets_that_others_made_are_used_but_never_changed(self, cluster: Cluster) -> None:
        secret, _ = keys_secret(timedelta(days=1), labels={"app.kubernetes.io/managed-by": "Helm"})
        cluster.put(secret)
        before = versions(cluster)
        await do(cluster, "create", "keys")
        refused = await run(cluster.environment, "rotate-keys", "--kubernetes", "--prefix", "rel")
        assert refused.code == 1
        assert "was not made by this command" in refused.error
        assert f"kubectl --namespace {cluster.namespace} label secret rel-keys" in refused.error
        assert versions(cluster) == before

    async def test_a_service_account_without_a_role_is_told_what_it_needs(self, cluster: Cluster) -> None:
        done = await run(cluster.without_role(), "create", "--kubernetes", "--prefix", "rel")
        assert done.code == 1
        assert "GET Secret rel-keys in namespace" in done.error
        assert "needs get, create and patch on secrets" in done.error
        assert "Traceback" not in done.error


def account_environment(host: str, port: int, account: Path) -> dict[str, str]:
    """Returns what Kubernetes tells a pod about its API server."""
    return {
        "KUBERNETES_SERVICE_HOST": host,
        "KUBERNETES_SERVICE_PORT": str(port),
        "CNOP_SERVICE_ACCOUNT_DIR": str(account),
    }
