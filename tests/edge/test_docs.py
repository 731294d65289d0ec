"""The API reference at /docs: the page, its files, and the OpenAPI document that it shows."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from codegen.paths import OPENAPI
from edge_config import static_files
from local import fetch
from tests.edge.mesh import Edge, running

LIMIT = 40


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


@pytest.fixture(scope="module")
async def page(edge: Edge) -> httpx.Response:
    return await edge.http.get("/docs")


def test_the_page_comes_without_a_token(page: httpx.Response) -> None:
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert '<div id="reference">' in page.text


async def test_the_page_and_what_it_names_fit_together(edge: Edge, page: httpx.Response) -> None:
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) == 6
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png"}
    for path in named:
        assert path.startswith("/"), "the page loads from another site"
        response = await edge.http.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"] == kinds.get(Path(path).suffix, "application/json")
    script = (await edge.http.get("/docs/docs.js")).text
    assert re.findall(r'url: "([^"]+)"', script) == ["/openapi.json"]


async def test_what_comes_is_what_was_fetched(edge: Edge) -> None:
    folder = fetch.SWAGGER_UI.folder
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"):
        response = await edge.http.get(f"/docs/{folder.name}/{name}")
        assert response.content == (folder / name).read_bytes()
        assert "immutable" in response.headers["cache-control"]


async def test_the_document_is_the_committed_one(edge: Edge) -> None:
    response = await edge.http.get("/openapi.json")
    assert response.json() == json.loads(OPENAPI.read_text())
    assert response.headers["content-type"] == "application/json"


async def test_text_is_compressed(edge: Edge) -> None:
    bundle = f"/docs/{fetch.SWAGGER_UI.version}/swagger-ui-bundle.js"
    for path in ("/openapi.json", bundle):
        async with edge.http.stream("GET", path, headers={"accept-encoding": "gzip"}) as response:
            assert response.headers["content-encoding"] == "gzip"
            assert sum([len(chunk) async for chunk in response.aiter_raw()]) < 800_000


@pytest.mark.parametrize("path", ["/docs", "/docs/docs.js", "/openapi.json"])
async def test_answers_keep_other_sites_out(edge: Edge, path: str) -> None:
    headers = (await edge.http.get(path)).headers
    for name, value in static_files.SECURITY_HEADERS.items():
        assert headers[name] == value
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
async def test_head_is_answered_without_a_body(edge: Edge, path: str) -> None:
    got, head = await edge.http.get(path), await edge.http.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/docs", "/docs/docs.js", "/openapi.json"])
async def test_nothing_but_reading_is_taken(edge: Edge, verb: str, path: str) -> None:
    assert (await edge.http.request(verb, path)).status_code == (204 if verb == "OPTIONS" else 405)


async def test_a_slash_at_the_end_leads_to_the_page(edge: Edge) -> None:
    response = await edge.http.get("/docs/")
    assert (response.status_code, response.headers["location"]) == (301, "/docs")


@pytest.mark.parametrize(
    "path",
    [
        "/docs/../envoy.yaml", "/docs/%2e%2e/envoy.yaml", "/docs/..%2fenvoy.yaml", "/docs/../../../../etc/passwd",
        "/docs/docs.js/../../../etc/passwd", "/docs//etc/passwd", "/docs/docs.html.j2", "/docs/LICENSE",
        f"/docs/{fetch.SWAGGER_UI.version}/", "/docs/..\\..\\etc\\passwd", "/docs/.", "/openapi.json/",
        "/docs/%00", "/docsx",
    ],
)  # fmt: skip
async def test_no_path_leads_to_another_file(edge: Edge, path: str) -> None:
    host, _, port = edge.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    status = int(answer.split(b" ")[1])
    assert status in (301, 400, 404), answer[:300]


@pytest.mark.parametrize(("everything", "docs"), [(LIMIT, 1000), (1000, LIMIT)])
async def test_an_address_may_ask_for_so_many_files_and_for_no_more_than_of_anything(
    everything: int, docs: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        limits = Path(folder) / "limits.toml"
        limits.write_text(
            "\n".join(
                [
                    f'[{name}]\naddress = "{n}/minute"'
                    for name, n in (("FLOOD", 1000), ("ALL", everything), ("DOCS", docs))
                ]
                + [f'[{name}]\naddress = "1000/minute"' for name in ("READ", "HISTORY", "SESSION", "WEB")]
                + [
                    f'[{name}]\naddress = "9/second"\nfallback_address = "9/second"'
                    for name in ("AUTH", "MONEY", "TRADE")
                ]
            )
        )
        async with running(Path(folder), limits=limits) as edge:
            answers = [await edge.http.get("/docs/docs.css") for _ in range(LIMIT + 5)]
            other = await edge.http.get("/.well-known/jwks.json")
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "retry-after" in answers[-1].headers
    assert answers[-1].headers["x-ratelimit-limit"] == str(LIMIT)
    assert other.status_code == (200 if everything > LIMIT else 429)


async def test_a_name_of_a_header_that_grpc_does_not_know_is_left_out(edge: Edge) -> None:
    response = await edge.http.get("/.well-known/jwks.json", headers={"x*7!d": "a", "good-name": "b"})
    assert response.status_code == 200
