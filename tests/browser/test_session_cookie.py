"""The session cookie in a real browser: pages of the edge can use it, those of other origins (really served) cannot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import BrowserContext, Page

from local.stack import Stack
from tests.e2e.browsers import MODE, NAME, trail
from tests.e2e.users import User

CALL = """async ([url, body, options]) => {
  const headers = {"content-type": "application/json", ...options.headers};
  try {
    const response = await fetch(url, {method: "POST", body: JSON.stringify(body), ...options, headers});
    return {status: response.status, text: await response.text()};
  } catch (error) {
    return {error: error.name};
  }
}"""
SUBMIT = """([url, body]) => {
  const form = document.createElement("form");
  form.method = "POST"; form.action = url; form.enctype = "text/plain";
  const input = document.createElement("input");
  input.name = JSON.stringify(body).slice(0, -1) + ',"remember_me":"'; input.value = '"}';
  form.append(input); document.body.append(form); form.submit();
}"""
METHODS = ("login", "refresh", "logout")


class Evil(BaseHTTPRequestHandler):
    """Serves the page of an attacker, without any policy that would restrict it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>evil</title><body>")

    def log_message(self, *args: object) -> None:
        """Logs nothing."""


@pytest.fixture
def evil_port(stack: Stack) -> Iterator[int]:
    """The port of the attacker's pages. On localhost they have an origin that the edge allows to call it."""
    port = urlsplit(stack.settings.allowed_origins[0]).port
    assert port
    server = ThreadingHTTPServer(("127.0.0.1", port), Evil)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def edge(stack: Stack) -> str:
    """The origin of the edge, on the host that browsers treat as secure without TLS."""
    return f"http://localhost:{stack.settings.edge_port}"


async def call(page: Page, url: str, body: Any = None, **options: Any) -> dict[str, Any]:
    """Makes a page call a method. Returns its status and text, or the error of the browser."""
    found: dict[str, Any] = await page.evaluate(CALL, [url, body or {}, options])
    return found


def credentials(user: User) -> dict[str, str]:
    return {"username": user.username, "password": user.password}


async def sign_in(page: Page, edge: str, user: User) -> None:
    await page.goto(f"{edge}/docs")
    signed_in = await call(page, "/api/v1/auth/login", credentials(user), headers=MODE)
    assert signed_in["status"] == 200, signed_in


async def held(context: BrowserContext) -> list[Any]:
    return [one for one in await context.cookies() if one["name"] == NAME]


async def test_a_page_of_the_edge_keeps_its_session_in_a_cookie_that_it_cannot_read_or_write(
    page: Page, edge: str, user: User
) -> None:
    await sign_in(page, edge, user)
    [cookie] = await held(page.context)
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    assert await page.evaluate("document.cookie") == ""
    await page.evaluate(f"document.cookie = '{NAME}=evil; Secure; Path=/'")
    assert await held(page.context) == [cookie]
    for _ in range(3):
        assert (await call(page, "/api/v1/auth/refresh", headers=MODE))["status"] == 200
        await page.reload()
    [after] = await held(page.context)
    assert after["value"] != cookie["value"]
    assert (await call(page, "/api/v1/auth/logout", headers=MODE))["status"] == 200
    assert await held(page.context) == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_page_of_another_origin_can_neither_use_nor_end_nor_replace_the_session(
    page: Page, edge: str, evil_port: int, user: User, host: str
) -> None:
    await sign_in(page, edge, user)
    before = await held(page.context)
    for method in METHODS:
        url, body = f"{edge}/api/v1/auth/{method}", credentials(user) if method == "login" else {}
        await page.goto(f"http://{host}:{evil_port}/")
        asked = await call(page, url, body, headers=MODE, credentials="include")
        assert asked == {"error": "TypeError"}, "the browser must not send the header there"
        for mode in ("cors", "no-cors"):
            plain = {"headers": {"content-type": "text/plain"}, "credentials": "include", "mode": mode}
            shown = await call(page, url, body, **plain)
            assert "access_token" not in shown.get("text", ""), "no answer may be read"
        async with page.expect_navigation():
            await page.evaluate(SUBMIT, [url, body])
        assert await held(page.context) == before, method
    await page.goto(f"{edge}/docs")
    assert not await trail(user, "LOGOUT")
    assert not await trail(user, "TOKEN_REFRESH")
    assert (await call(page, "/api/v1/auth/refresh", headers=MODE))["status"] == 200
