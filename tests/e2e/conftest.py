"""The whole system, started once for all tests of this package, and its users."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from local import ports
from local.programs import TABLES
from local.stack import Stack, StackSettings, running

from .books import problems
from .browsers import Browser
from .leaks import secrets_in_logs
from .rest import Json, Rest
from .rpc import Channels
from .tokens import Forge
from .users import User, register

# At the production cost, hashing a password takes a quarter of a second, and the tests register many users.
CHEAP_PASSWORDS = {"CNOP_BCRYPT_COST": "4"}
SERVICES = ("user", "inventory", "order")


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Runs the system. At the end its books must balance, and its logs must contain no errors or secrets."""
    folder = tmp_path_factory.mktemp("logs")
    [page_port] = ports.claim(1)  # for tests that serve a page which calls the edge from a browser
    settings = StackSettings.on_free_ports(
        log_dir=folder, service_env=CHEAP_PASSWORDS, allowed_origins=(f"http://localhost:{page_port}",)
    )
    async with running(settings) as stack:
        yield stack
        assert not await problems(settings)
    assert not list(errors_in_logs(folder))
    assert not list(secrets_in_logs(folder))


def errors_in_logs(folder: Path) -> Iterator[str]:
    for name in (*SERVICES, "ratelimit"):
        for line in (folder / f"{name}.log").read_text().splitlines():
            if line.startswith("{") and json.loads(line)["level"] in ("ERROR", "CRITICAL"):
                yield line


@pytest.fixture(scope="session")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(stack.settings) as client:
        yield client


def client_of(settings: StackSettings) -> httpx.AsyncClient:
    """Returns an HTTP client for the edge."""
    limits = httpx.Limits(max_connections=128)
    return httpx.AsyncClient(base_url=settings.edge_url, timeout=20.0, trust_env=False, limits=limits)


@pytest.fixture(scope="session")
async def channels(stack: Stack) -> AsyncIterator[Channels]:
    channels = Channels(stack)
    yield channels
    await channels.close()


@pytest.fixture(scope="session")
def guest(http: httpx.AsyncClient) -> Rest:
    """Returns a caller without a token."""
    return Rest(http)


@pytest.fixture(scope="session")
def new_user(http: httpx.AsyncClient) -> Callable[..., Awaitable[User]]:
    """Returns a function that registers a user."""

    async def make(details: Json | None = None) -> User:
        return await register(http, details)

    return make


@pytest.fixture
async def user(http: httpx.AsyncClient) -> User:
    """Registers a user with an empty account, for one test."""
    return await register(http)


@pytest.fixture(scope="session")
def forge(stack: Stack) -> Forge:
    return Forge.with_key_of(Path(stack.programs["user"].env["CNOP_KEYS_DIR"]))


@pytest.fixture(scope="module")
async def victim(new_user: Callable[..., Awaitable[User]], forge: Forge) -> User:
    """Returns the user whom all invalid calls of a module target. Its token has no session that a call could end."""
    victim = await new_user()
    await victim.deposit("1000.00")
    await victim.buy("ADA", "100")
    return replace(victim, token=forge.good(victim.user_id, role="customer"))


@pytest.fixture
async def nothing_happened(victim: User) -> AsyncIterator[None]:
    """Checks that the account of the victim is unchanged after the test."""

    async def account() -> list[Json]:
        paths = ("balance", "orders", "balance/transactions", "assets/balances")
        return [await victim.get(f"/api/v1/{path}") for path in paths]

    before = await account()
    yield
    assert await account() == before


@pytest.fixture
async def browser(user: User) -> Browser:
    """The browser of a user, signed in."""
    browser = Browser(user.http)
    await browser.sign_in(user)
    return browser


@pytest.fixture(scope="module")
def table(stack: Stack) -> Any:
    """The users table."""
    dynamodb = boto3.resource(
        "dynamodb",
        endpoint_url=stack.settings.dynamodb_url,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    return dynamodb.Table(TABLES["user"])
