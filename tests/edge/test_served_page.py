"""The web client: its files in each encoding, its own paths, and what is none of them."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from edge_config import page
from edge_config.configuration import render
from tests.edge import pages
from tests.edge.limited import limits, limits_file, new_address
from tests.edge.mesh import Edge, running, token
from tests.edge.rendered import edge_settings

INDEX = pages.FILES["/index.html"]
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OLD = {"/assets/old-Zz9.js": b"old()" * 400, "/index.html": b"the old page", "/gone.svg": b"<svg/>"}


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    folder = tmp_path_factory.mktemp("edge")
    build, before = pages.write(folder / "build"), pages.write(folder / "before", OLD)
    async with running(folder, page=build, page_before=before, trusted_hops=1) as edge:
        yield edge


async def raw(edge: Edge, path: str, accept: str | None) -> tuple[httpx.Response, bytes]:
    """Returns the answer, and its body as it was sent."""
    headers = {"accept-encoding": accept} if accept is not None else {}
    request = edge.http.build_request("GET", path, headers=headers)
    if accept is None:
        del request.headers["accept-encoding"]
    response = await edge.http.send(request, stream=True)
    body = b"".join([chunk async for chunk in response.aiter_raw()])
    await response.aclose()
    return response, body


@pytest.mark.parametrize("path", [path for path in pages.FILES if path != "/index.html"])
async def test_each_file_of_the_build_is_served(edge: Edge, path: str) -> None:
    answer = await edge.http.get(path)
    assert (answer.status_code, answer.content) == (200, pages.FILES[path])


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("br", "br"), ("gzip;q=1.0, br;q=0.1", "br"), ("GZIP", "gzip"),
        ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.000,gzip ; q=0.5", "gzip"), ("deflate , br", "br"),
        (None, None), ("identity", None), ("gzip;q=0", None), ("deflate", None), ("abr, xgzip", None), ("*", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", pages.BIG])
async def test_a_file_comes_in_the_best_encoding_that_the_client_accepts(
    edge: Edge, path: str, accept: str | None, encoding: str | None
) -> None:
    name = "/index.html" if path == "/" else path
    answer, body = await raw(edge, path, accept)
    assert (answer.status_code, answer.headers.get("content-encoding")) == (200, encoding)
    assert answer.headers["vary"].lower() == "accept-encoding"
    assert body == pages.copy(edge.settings.page, name, encoding)


async def test_a_picture_has_no_other_encoding(edge: Edge) -> None:
    answer, body = await raw(edge, "/icon.png", "gzip, br")
    assert "content-encoding" not in answer.headers
    assert body == pages.PIXEL


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/trade/BTC", "text/html; charset=utf-8", "no-cache"),
        (pages.BIG, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        (pages.STYLE, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/assets/old-Zz9.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/favicon.svg", "image/svg+xml", "public, max-age=3600"),
        ("/manifest.webmanifest", "application/manifest+json", "public, max-age=3600"),
    ],
)
async def test_a_file_has_its_type_and_is_kept_as_long_as_it_is_the_same(
    edge: Edge, path: str, kind: str, caching: str
) -> None:
    answer = await edge.http.get(path, headers=BROWSER)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (kind, caching)


@pytest.mark.parametrize("path", ["/", "/trade/BTC", pages.BIG, "/favicon.svg", "/assets/old-Zz9.js"])
async def test_every_file_keeps_other_sites_and_inline_scripts_out(edge: Edge, path: str) -> None:
    headers = (await edge.http.get(path, headers=BROWSER)).headers
    for name, value in page.SECURITY_HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers  # only where the edge speaks TLS


@pytest.mark.parametrize(
    "path",
    [
        "/trade/BTC",
        "/trade/BTC/",
        "/orders?side=BUY&page=2",
        "/portfolio",
        "/assets",
        "/sign-in?to=/trade/A.B",
        "/a/b.c",
    ],
)
async def test_a_browser_gets_the_page_at_each_path_of_its_own(edge: Edge, path: str) -> None:
    for verb, content in (("GET", INDEX), ("HEAD", b"")):
        answer = await edge.http.request(verb, path, headers=BROWSER)
        assert (answer.status_code, answer.content) == (200, content)


@pytest.mark.parametrize("path", ["/trade/BTC", "/nonsense", "/api/v1/nonsense"])
async def test_a_program_is_told_that_a_path_is_unknown(edge: Edge, path: str) -> None:
    for headers in ({"accept": "*/*"}, {"accept": "application/json"}, {}):
        answer = await edge.http.get(path, headers=headers)
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ROUTE_NOT_FOUND")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/unknown-1234.js", "/assets/", "/assets/..%2findex.html", "/api/v1/nonsense", "/api", "/docs/nonsense",
        "/index.html", "/gone.svg", "/assets/index-Bq3kD9x1.js.br", "/wp-login.php", "/.env", "/.well-known/nonsense",
        "/cnop.user.v1.AuthService/Nonsense", "/nonsense.v1.Service/Method",
    ],
)  # fmt: skip
async def test_what_is_no_path_of_the_page_is_not_found_by_a_browser_either(edge: Edge, path: str) -> None:
    answer = await edge.http.get(path, headers=BROWSER)
    assert answer.status_code in (400, 404), path
    assert answer.headers["content-type"] == "application/json"


async def test_the_other_paths_of_the_edge_are_what_they_were(edge: Edge) -> None:
    assert (await edge.http.get("/docs", headers=BROWSER)).text.count("swagger-ui") > 1
    assert (await edge.http.get("/docs/", headers=BROWSER)).headers["location"] == "/docs"
    assert (await edge.http.get("/openapi.json", headers=BROWSER)).json()["openapi"]
    assert (await edge.http.get("/.well-known/jwks.json", headers=BROWSER)).json()["keys"]
    assert (await edge.http.get("/health", headers=BROWSER)).status_code == 503  # the other services are away
    balance = await edge.http.get("/api/v1/balance", headers={**BROWSER, "authorization": f"Bearer {token()}"})
    assert balance.json()["current_balance"] == "10.00"
    assert (await edge.http.get("/api/v1/balance", headers=BROWSER)).status_code == 401
    web = {**BROWSER, "content-type": "application/grpc-web+proto"}
    assert (await edge.http.post("/trade/BTC", headers=web)).headers["grpc-status"] == "12"


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", pages.BIG, "/favicon.svg"])
async def test_the_files_are_only_read(edge: Edge, verb: str, path: str) -> None:
    answer = await edge.http.request(verb, path, headers=BROWSER)
    assert answer.status_code == (204 if verb == "OPTIONS" else 405)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


async def test_its_files_have_a_limit_of_their_own_for_each_address() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = limits_file(folder, limits())  # 2 files of the page a day
        async with running(folder, page=pages.write(folder / "build"), limits=file, trusted_hops=1) as edge:
            address = {"x-forwarded-for": new_address(), **BROWSER}
            paths = ("/", pages.BIG, "/trade/BTC", pages.STYLE)
            assert [(await edge.http.get(path, headers=address)).status_code for path in paths] == [200, 200, 429, 429]
            assert (await edge.http.get("/docs", headers=address)).status_code == 200
            assert (await edge.http.get("/.well-known/jwks.json", headers=address)).status_code == 200
            other = await edge.http.get("/", headers={"x-forwarded-for": new_address()})
    assert other.status_code == 200
    assert other.headers["x-ratelimit-limit"] == "2"


def test_a_folder_without_a_page_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"has no index\.html; it must be a folder that `npm run build` has written"):
        render(edge_settings(page=tmp_path))


@pytest.mark.parametrize("path", ["/docs/x.js", "/openapi.json", "/api/x.js", "/program.exe", "/a b.js"])
def test_a_file_that_cannot_be_part_of_the_page_is_named(tmp_path: Path, path: str) -> None:
    pages.write(tmp_path, {"/index.html": b"page", path: b"x"})
    with pytest.raises(ValueError, match="cannot be part of the page"):
        render(edge_settings(page=tmp_path))
