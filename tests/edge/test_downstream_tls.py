"""An edge with a certificate for clients: it speaks only TLS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from local import authority
from tests.edge.mesh import Edge, running, token
from tests.issuing import issue

NAME = "edge.test"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    issue(authority.of(folder), folder / "tls", "https://edge.test", [NAME, "localhost"])
    return folder


@pytest.fixture(scope="module")
async def edge(shown: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge"), tls_dir=str(shown / "tls")) as edge:
        yield edge


def context(shown: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(shown / "tls" / "ca.crt"))


async def presented(edge: Edge, shown: Path) -> int:
    """The serial number of the certificate that the edge presents to a new connection."""
    host, _, port = edge.address.rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port), ssl=context(shown), server_hostname=NAME)
    certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return x509.load_der_x509_certificate(certificate).serial_number


async def test_it_speaks_tls_verifies_tokens_and_says_so_for_ever(edge: Edge, shown: Path) -> None:
    authorization = {"authorization": f"Bearer {token()}"}
    url = f"https://{edge.address}/api/v1/balance"
    async with httpx.AsyncClient(verify=context(shown), trust_env=False) as client:
        ask = client.build_request("GET", url, headers=authorization, extensions={"sni_hostname": NAME})
        answer = await client.send(ask)
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_it_speaks_nothing_else(edge: Edge) -> None:
    with pytest.raises(httpx.HTTPError):
        await edge.http.get("/health")


async def test_a_new_certificate_is_shown_without_a_restart(edge: Edge, shown: Path) -> None:
    before = await presented(edge, shown)
    issue(authority.of(shown), shown / "tls", "https://edge.test", [NAME, "localhost"])
    async with asyncio.timeout(20):
        while await presented(edge, shown) == before:  # noqa: ASYNC110 - another process changes it
            await asyncio.sleep(0.05)
