"""The commands against a small API server, and what they do when a server fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from local import ports
from services.bootstrap import api_server
from services.bootstrap.api_server import ApiServer
from services.bootstrap.kubernetes import KubernetesSecret
from services.bootstrap.secret import Files
from services.common.startup import StartupError
from tests.cluster_secrets import ClusterSecretsTests, account_environment
from tests.unit.bootstrap.fake_api_server import NAMESPACE, POWERLESS, TOKEN, FakeApiServer, Refused, running


@dataclass
class FakeCluster:
    fake: FakeApiServer
    port: int
    account: Path
    namespace: str = NAMESPACE

    @property
    def environment(self) -> dict[str, str]:
        return account_environment("localhost", self.port, self.account)

    def secrets(self) -> dict[str, dict[str, Any]]:
        return dict(self.fake.secrets)

    def put(self, secret: dict[str, Any]) -> None:
        self.fake.secrets[secret["metadata"]["name"]] = {
            **secret,
            "metadata": {**secret["metadata"], "resourceVersion": "old"},
        }

    def delete(self, name: str) -> None:
        del self.fake.secrets[name]

    def without_role(self) -> dict[str, str]:
        powerless = shutil.copytree(self.account, self.account.with_name("powerless"))
        (powerless / "token").write_text(POWERLESS)
        return account_environment("localhost", self.port, powerless)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[FakeCluster]:
    with running(tmp_path / "account") as (fake, port):
        yield FakeCluster(fake, port, tmp_path / "account")


class TestCommands(ClusterSecretsTests):
    pass


@pytest.fixture
def secret(cluster: FakeCluster, monkeypatch: pytest.MonkeyPatch) -> KubernetesSecret:
    monkeypatch.setattr(api_server, "_RETRY_SECONDS", 0.01)
    return secret_of(cluster)


def secret_of(cluster: FakeCluster, **environ: str) -> KubernetesSecret:
    return KubernetesSecret(ApiServer.of_pod({**cluster.environment, **environ}, cluster.account), "s", "rel")


def add_one(files: Files) -> Files:
    return {"count": b"%d" % (int(files.get("count", b"0")) + 1)}


def test_a_change_that_others_overtake_is_made_again_from_theirs(
    cluster: FakeCluster, secret: KubernetesSecret
) -> None:
    secret.change(add_one)
    overtaken = 0

    def overtake(method: str, name: str) -> None:
        nonlocal overtaken
        if method == "PATCH" and overtaken < 3:
            overtaken += 1
            cluster.fake.before = lambda method, name: None
            secret_of(cluster).change(add_one)
            cluster.fake.before = overtake

    cluster.fake.before = overtake
    assert secret.change(add_one).after == {"count": b"5"}


def test_a_secret_that_is_deleted_meanwhile_is_created_again(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    secret.change(add_one)

    def delete(method: str, name: str) -> None:
        if method == "PATCH":
            cluster.delete("s")

    cluster.fake.before = delete
    assert secret.change(add_one).after == {"count": b"1"}
    assert "s" in cluster.secrets()


def test_endless_conflicts_end_with_an_error(
    cluster: FakeCluster, secret: KubernetesSecret, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.bootstrap.kubernetes._PAUSE_SECONDS", 0.001)
    secret.change(add_one)

    def refuse(method: str, name: str) -> None:
        if method == "PATCH":
            raise Refused(HTTPStatus.CONFLICT, "Conflict", "the object has been modified")

    cluster.fake.before = refuse
    with pytest.raises(StartupError, match="changed by another process 10 times"):
        secret.change(add_one)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_write_whose_answer_is_lost_is_not_made_twice(
    cluster: FakeCluster, secret: KubernetesSecret, method: str
) -> None:
    if method == "PATCH":
        secret.change(lambda _: {"a": b"1"})
    lost: list[str] = []

    def lose(made: str, path: str) -> bool:
        if made == method and not lost:
            lost.append(path)
            return True
        return False

    cluster.fake.lose = lose
    secret.change(lambda files: files if "b" in files else {**files, "b": b"%d" % len(cluster.fake.requests)})
    assert lost
    writes = [made for made, _ in cluster.fake.requests if made == method]
    assert len(writes) == 2, "the second one ends in a conflict"
    assert secret.change(lambda files: files).after.keys() == ({"b"} if method == "POST" else {"a", "b"})


@pytest.mark.parametrize("status", [429, 500, 503, 504])
def test_an_overloaded_server_is_asked_again(cluster: FakeCluster, secret: KubernetesSecret, status: int) -> None:
    refusals = 2

    def refuse(method: str, name: str) -> None:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise Refused(HTTPStatus(status), "Unavailable", "try again")

    cluster.fake.before = refuse
    assert secret.change(add_one).after == {"count": b"1"}


def test_a_server_that_stays_overloaded_is_an_error(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    def refuse(method: str, name: str) -> None:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Unavailable", "etcd is leaderless")

    cluster.fake.before = refuse
    with pytest.raises(StartupError, match=r"GET Secret s in namespace shop: .* 503: etcd is leaderless, 5 times"):
        secret.change(add_one)


def test_a_server_that_cannot_be_reached_is_an_error(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    [port] = ports.claim(1)
    with pytest.raises(StartupError, match=f"localhost:{port} cannot be reached"):
        secret_of(cluster, KUBERNETES_SERVICE_PORT=str(port)).change(add_one)


def test_nothing_is_sent_to_a_server_of_another_authority(cluster: FakeCluster, tmp_path: Path) -> None:
    with running(tmp_path / "other") as (other, port), pytest.raises(StartupError, match="is not trusted"):
        secret_of(cluster, KUBERNETES_SERVICE_PORT=str(port)).change(add_one)
    assert not other.requests


def test_a_namespace_that_does_not_exist_is_named(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    (cluster.account / "namespace").write_text("nowhere\n")
    with pytest.raises(StartupError, match="the namespace nowhere does not exist"):
        secret_of(cluster).change(add_one)


def test_a_token_that_is_renewed_is_read_again(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    (cluster.account / "token").write_text("expired")
    with pytest.raises(StartupError, match="does not accept the token"):
        secret.change(add_one)
    (cluster.account / "token").write_text(f"{TOKEN}\n")
    assert secret.change(add_one).after == {"count": b"1"}


def test_a_malformed_token_is_not_shown(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    (cluster.account / "token").write_text("two\nlines")
    with pytest.raises(StartupError, match="is not a token") as refused:
        secret.change(add_one)
    assert "lines" not in str(refused.value)


def test_another_refusal_is_shown_with_its_message(cluster: FakeCluster, secret: KubernetesSecret) -> None:
    def refuse(method: str, name: str) -> None:
        if method == "POST":
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "Invalid", 'Secret "S_" is invalid: metadata.name')

    cluster.fake.before = refuse
    with pytest.raises(StartupError, match=r'POST Secret s .* 422: Secret "S_" is invalid'):
        secret.change(add_one)


def test_outside_of_a_pod_the_way_out_is_named(cluster: FakeCluster, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="only in a pod"):
        ApiServer.of_pod({}, cluster.account)
    with pytest.raises(StartupError, match="automountServiceAccountToken: true"):
        ApiServer.of_pod(cluster.environment, tmp_path / "nothing")
