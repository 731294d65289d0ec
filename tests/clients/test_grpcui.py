"""grpcui, started as in docs/grpcurl.md, at the edge and at a service's own port. Requires Go."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from codegen.paths import DESCRIPTORS
from edge_config import routes
from local import ports
from local.paths import ROOT
from local.stack import Stack
from tests.e2e.recipes import in_this_run, sections
from tests.e2e.users import User, register

from .programs import need

BUILD, AT_EDGE, AT_PORT = sections(ROOT / "docs" / "grpcurl.md")["grpcui"]


@pytest.fixture(scope="module")
def built() -> None:
    need("go")
    subprocess.run(["bash", "-euc", BUILD], cwd=ROOT, check=True, timeout=600)


@asynccontextmanager
async def running(command: str) -> AsyncIterator[httpx.AsyncClient]:
    """Starts a grpcui by a command; yields an HTTP client for its page."""
    [port] = ports.claim(1)
    here = command.strip().replace(".cache/grpcui", f"exec .cache/grpcui -port {port} -open-browser=false")
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", here), cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    try:
        said = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        assert "available at" in said, said
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as page:
            yield page
    finally:
        process.terminate()
        await process.wait()


async def services_at(page: httpx.AsyncClient) -> set[str]:
    """The services on the page. This request also sets the CSRF token that later requests need."""
    shown = await page.get("/")
    page.headers["x-grpcui-csrf-token"] = page.cookies["_grpcui_csrf_token"]
    return set(re.findall(r'<option value="(cnop[.\w]+)"', shown.text))


async def invoke(page: httpx.AsyncClient, method: str, message: dict[str, str]) -> dict[str, Any]:
    answer = await page.post(f"/invoke/{method}", json={"timeout_seconds": 10, "metadata": [], "data": [message]})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.usefixtures("built")
async def test_at_the_edge_it_offers_every_service_and_calls_with_a_token(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    user: User = await register(http)
    command = in_this_run(stack, AT_EDGE).replace("$TOKEN", user.token)
    async with running(command) as page:
        assert {method.service for method in routes.read(DESCRIPTORS) if method.is_at_edge} <= await services_at(page)
        told = await invoke(page, "cnop.user.v1.AccountService.GetBalance", {})
        assert told["error"] is None, told
        assert told["responses"][0]["message"]["current_balance"] == "0.00"
        told = await invoke(page, "cnop.user.v1.AccountService.Withdraw", {"amount": "5.00"})
        assert told["error"]["name"] == "FailedPrecondition", told


@pytest.mark.usefixtures("built")
async def test_at_a_services_own_port_it_learns_the_methods_by_reflection(stack: Stack) -> None:
    async with running(in_this_run(stack, AT_PORT)) as page:
        found = await services_at(page)
        assert {"cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService"} <= found
        told = await invoke(page, "cnop.inventory.v1.InventoryService.GetAsset", {"asset_id": "BTC"})
        assert told["responses"][0]["message"]["name"] == "Bitcoin", told
