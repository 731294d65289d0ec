"""Mutual TLS between the edge and the services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from local import authority, ports
from services.bootstrap.authority import Authority
from tests.edge.mesh import Edge, UserService, edge_alone, serving
from tests.edge.rendered import Configuration, edge_settings
from tests.issuing import issue

KEYS = "/.well-known/jwks.json"  # a public method of the user service
USER = authority.spiffe_id("user")
NAME = authority.dns_name("user")


@pytest.fixture(scope="module")
def user_address() -> str:
    [port] = ports.claim(1)
    return f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory, user_address: str) -> AsyncIterator[Edge]:
    """An edge without services; tests start the user service."""
    folder = tmp_path_factory.mktemp("edge")
    authority.ensure(folder / "mesh")
    user = UserService()  # type: ignore[abstract]  # what it lacks answers UNIMPLEMENTED
    async with edge_alone(folder, user, user_address, connection_seconds=1.0) as started:
        yield started


async def stat(edge: Edge, name: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as admin:
        answer = await admin.get(f"http://{edge.admin}/stats", params={"filter": f"^cluster.user.{name}$"})
    return int(answer.text.rpartition(": ")[2])


async def until(edge: Edge, name: str, holds: Callable[[int], bool]) -> None:
    for _ in range(200):
        if holds(await stat(edge, name)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{name} is {await stat(edge, name)}")


async def status(edge: Edge) -> int:
    return (await edge.http.get(KEYS)).status_code


async def answers(edge: Edge) -> None:
    await until(edge, "membership_healthy", lambda healthy: healthy == 1)
    assert await status(edge) == 200


def shown_to(edge: Edge) -> int:
    """The serial number of the certificate that the edge presented to the service."""
    [pem] = edge.user.peer["x509_pem_cert"]
    return x509.load_pem_x509_certificate(pem).serial_number


def serial(folder: Path) -> int:
    return x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes()).serial_number


async def test_the_service_is_called_by_the_certificate_of_the_edge(edge: Edge, user_address: str) -> None:
    async with serving(edge.user, user_address, edge.mesh / "user"):
        await answers(edge)
    assert edge.user.peer["peer_spiffe_id"] == [b"spiffe://cnop/local/edge"]
    assert edge.user.peer["ssl_tls_version"] == [b"TLSv1.3"]


WRONG = {
    "another part of the mesh": ("spiffe://cnop/local/order", ["order.local.cnop", NAME], timedelta(0)),
    "another namespace": ("spiffe://cnop/other/user", [NAME], timedelta(0)),
    "another trust domain": ("spiffe://other/local/user", [NAME], timedelta(0)),
    "more than the id": ("spiffe://cnop/local/user/more", [NAME], timedelta(0)),
    "expired": (USER, [NAME], timedelta(days=-8)),
    "not valid yet": (USER, [NAME], timedelta(days=1)),
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_service_that_shows_a_wrong_certificate_is_not_called(
    edge: Edge, user_address: str, tmp_path: Path, what: str
) -> None:
    uri, names, begin = WRONG[what]
    issue(authority.of(edge.mesh), tmp_path / "shown", uri, names, begin=datetime.now(UTC) + begin)
    counter = "ssl.fail_verify_error" if begin else "ssl.fail_verify_san"
    await assert_not_called(edge, user_address, tmp_path / "shown", counter)


async def test_a_service_with_a_certificate_of_another_authority_is_not_called(
    edge: Edge, user_address: str, tmp_path: Path
) -> None:
    issue(Authority.new(), tmp_path / "shown", USER, [NAME])
    await assert_not_called(edge, user_address, tmp_path / "shown", "ssl.fail_verify_error")


async def test_a_service_that_speaks_plaintext_is_not_called(edge: Edge, user_address: str) -> None:
    await assert_not_called(edge, user_address, None, "health_check.failure")


async def assert_not_called(edge: Edge, user_address: str, certs: Path | None, counter: str) -> None:
    before = await stat(edge, counter)
    edge.user.peer = {}
    async with serving(edge.user, user_address, certs):
        await until(edge, counter, lambda count: count >= before + 2)
        assert await status(edge) == 503
        await until(edge, "membership_healthy", lambda healthy: healthy == 0)
    assert edge.user.peer == {}
    async with serving(edge.user, user_address, edge.mesh / "user"):
        await answers(edge)  # so only the certificate was the reason


async def test_the_new_certificate_of_the_edge_is_shown_in_time_and_no_call_fails(
    edge: Edge, user_address: str
) -> None:
    async with serving(edge.user, user_address, edge.mesh / "user"):
        await answers(edge)
        old = serial(edge.mesh / "edge")
        assert shown_to(edge) == old
        authority.rotate(edge.mesh)
        async with asyncio.timeout(5):  # a connection lives for one second
            while shown_to(edge) == old:
                assert await status(edge) == 200
        assert shown_to(edge) == serial(edge.mesh / "edge")


def test_each_service_is_called_by_tls_1_3_and_its_own_id() -> None:
    clusters = Configuration(edge_settings()).clusters
    for service in ("user", "inventory", "order"):
        context = clusters[service]["transport_socket"]["typed_config"]["common_tls_context"]
        assert set(context["tls_params"].values()) == {"TLSv1_3"}
        wanted = context["combined_validation_context"]["default_validation_context"]["match_typed_subject_alt_names"]
        assert wanted == [{"san_type": "URI", "matcher": {"exact": f"spiffe://cnop/local/{service}"}}]
