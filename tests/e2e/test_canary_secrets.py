"""No log, error or admin page of Envoy contains a secret: the test uses canaries and searches for them."""

from __future__ import annotations

import asyncio
import base64
import re
import secrets
from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

import grpc
import httpx
import pytest

from local.stack import Stack, StackSettings, running
from services.common import ids
from services.user.sessions import refresh_tokens
from services.user.sessions.refresh_tokens import RefreshTokens
from tests.chaos.dump import Dump

from .browsers import Browser
from .conftest import CHEAP_PASSWORDS, client_of
from .leaks import CANARY, secrets_in
from .rest import Json, Rest, answer
from .rpc import Channels, outcome
from .users import User, registration

PASSWORD, NEXT, WRONG = (f"{CANARY}-{what}-{secrets.token_hex(8)}" for what in ("first", "second", "wrong"))
FLUSH_SECONDS = 1.5  # until the edge has flushed its log
PIECE = 20  # characters; not even a part of a key or hash may leak


class Canaries:
    """Secrets, and the texts that must not contain them."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def token(self, what: str, token: str) -> str:
        """Adds a token; its signature alone is a secret too."""
        self.secrets[what] = token
        if "." in token:
            self.secrets[f"the signature of {what}"] = token.rpartition(".")[2]
        return token

    def found(self) -> Iterator[str]:
        for where, text in self.texts.items():
            for what, secret in self.secrets.items():
                if any(form in text for form in forms(secret)):
                    yield f"{what} in {where}"


def forms(secret: str) -> set[str]:
    """Returns the secret in plain text, URL-encoded, in hex, and in base64 at each offset modulo 3."""
    found = {secret, quote(secret, safe=""), secret.encode().hex()}
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + secret.encode()).decode()
        middle = encoded[4 if before else 0 : -4]
        found |= {middle, middle.replace("+", "-").replace("/", "_")}
    return found


@pytest.fixture(scope="module")
async def own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Runs a separate system that logs at level DEBUG."""
    logs = tmp_path_factory.mktemp("logs")
    settings = StackSettings.on_free_ports(log_dir=logs, log_level="DEBUG", service_env=CHEAP_PASSWORDS)
    async with running(settings) as stack:
        yield stack


async def test_no_secret_leaks(own: Stack) -> None:
    canaries = Canaries()
    async with client_of(own.settings) as http:
        await use(http, canaries)
        await misuse(http, canaries)
    channels = Channels(own)
    try:
        for where in ("edge", "user"):
            await by_grpc(channels[where], canaries, where)
    finally:
        await channels.close()
    await asyncio.sleep(FLUSH_SECONDS)
    await at_rest(own, canaries)
    async with httpx.AsyncClient(base_url=own.settings.edge_admin_url, trust_env=False, timeout=20) as admin:
        for page in ("config_dump?include_eds", "stats", "clusters", "certs", "server_info"):
            canaries.texts[f"Envoy's {page}"] = answered = (await admin.get(f"/{page}")).text
            assert answered
    for log in own.settings.log_dir.rglob("*.log*"):
        canaries.texts[log.name] = log.read_text(errors="replace")
    assert any('"cnop.user.v1.AuthService/Login"' in text for text in canaries.texts.values()), (
        "the log of the edge must be among the texts"
    )
    assert len(canaries.secrets) > 15
    assert not list(canaries.found())


async def use(http: httpx.AsyncClient, canaries: Canaries) -> None:
    """Registers, signs in, trades, refreshes, changes the password and signs out."""
    guest, details = Rest(http), {**registration(), "password": PASSWORD}
    canaries.secrets |= {"the password": PASSWORD, "the next password": NEXT, "a wrong password": WRONG}
    await guest.post("/api/v1/auth/register", details)
    refuse(canaries, "sign-in", await guest.send("POST", "/api/v1/auth/login", credentials(details, WRONG)))
    first = await guest.post("/api/v1/auth/login", credentials(details, PASSWORD))
    second = await guest.post("/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    keep(canaries, "first", first)
    keep(canaries, "second", second)
    user = User(http, token=second["access_token"], username=details["username"])
    await user.deposit("1000.00")
    await user.buy("DOT", "1")
    refuse(canaries, "order", await user.send("POST", "/api/v1/orders", {"side": "BUY", "asset_id": PASSWORD}))
    for proof in (WRONG, PASSWORD + "\n", "\u00e9" + WRONG):
        move = {"email": f"new_{details['email']}", "current_password": proof}
        refuse(canaries, "another address", await user.send("PUT", "/api/v1/auth/me", move))
    change = {"current_password": WRONG, "new_password": NEXT}
    refuse(canaries, "change", await user.send("POST", "/api/v1/auth/password", change))
    answer(await user.send("POST", "/api/v1/auth/password", {**change, "current_password": PASSWORD}))
    third = await guest.post("/api/v1/auth/login", credentials(details, NEXT))
    keep(canaries, "third", third)
    await use_cookie(http, canaries, {"username": details["username"], "password": NEXT})
    await Rest(http, third["access_token"]).post("/api/v1/auth/logout", {})
    for tokens in (first, third):
        again = {"refresh_token": tokens["refresh_token"]}
        refuse(canaries, "refresh", await guest.send("POST", "/api/v1/auth/refresh", again))


async def use_cookie(http: httpx.AsyncClient, canaries: Canaries, credentials: Json) -> None:
    """Signs in with a cookie, refreshes it, presents it again and signs out."""
    browser = Browser(http)
    for n, (method, body) in enumerate((("login", credentials), ("refresh", {}), ("refresh", {}), ("logout", {}))):
        copied = browser.copied()
        answered = answer(await browser.send(method, body))
        if method != "logout":
            canaries.token(f"cookie {n}", browser.held)
            canaries.token(f"access token by cookie {n}", answered["access_token"])
        if method == "refresh":
            answer(await copied.send("refresh"))


async def misuse(http: httpx.AsyncClient, canaries: Canaries) -> None:
    """Sends secrets in the wrong places: queries, paths, headers, and malformed bodies."""
    guest, token = Rest(http), canaries.secrets["the first access token"]
    bearer = {"authorization": f"Bearer {token}"}
    for secret in (PASSWORD, token):
        unreadable = [(b"authorization", f"Bearer {secret}".encode() + b"\xff")]
        bad = f'{{"password": "{secret}", "username": 5, "refresh_token": ["{secret}"]'
        ways = {
            "a query": guest.send("GET", "/api/v1/balance", params={"access_token": secret}),
            "a query of an open method": guest.send("GET", "/api/v1/inventory/assets", params={"search": secret}),
            "a query of an unknown path": guest.send("GET", "/nothing", params={"password": secret}),
            "the id of an order": guest.send("GET", f"/api/v1/orders/{quote(secret)}", headers=bearer),
            "an unknown path": guest.send("GET", f"/password/{quote(secret)}"),
            "a path": guest.send("POST", f"/{quote(secret)}"),
            "the name of a method": guest.send("POST", f"/cnop.user.v1.AuthService/{quote(secret)}"),
            "a cookie": guest.send("GET", "/api/v1/balance", headers={"cookie": f"token={secret}"}),
            "a scheme": guest.send("GET", "/api/v1/balance", headers={"authorization": f"Basic {secret}"}),
            "a changed token": guest.send("GET", "/api/v1/balance", headers={"authorization": f"Bearer {secret}x"}),
            "no UTF-8": http.get("/api/v1/balance", headers=unreadable),
            "a broken body": guest.send("POST", "/api/v1/auth/login", content=bad.encode()),
            "a wrong type": guest.send("POST", "/api/v1/auth/login", content=f"{bad}}}".encode()),
            "a long password": guest.send("POST", "/api/v1/auth/register", {**registration(), "password": secret * 9}),
            "a refresh token": guest.send("POST", "/api/v1/auth/refresh", {"refresh_token": secret}),
        }
        for what, sending in ways.items():
            response = await sending
            if response.status_code != 200:
                refuse(canaries, what, response)


async def by_grpc(channel: grpc.aio.Channel, canaries: Canaries, where: str) -> None:
    """Sends secrets by gRPC to the edge and to a service's own port, which the edge does not protect."""
    token = canaries.secrets["the first access token"]
    for metadata in ((("authorization", f"Bearer {token}"),), (("authorization", f"Bearer {token}x"),)):
        for body in (b"", PASSWORD.encode(), b"\x0a" + bytes([len(PASSWORD)]) + PASSWORD.encode()):
            for path in (
                *("AccountService/GetBalance", "AuthService/Login", "AuthService/RefreshToken"),
                *(f"AuthService/{PASSWORD}", f"{PASSWORD}/Login"),
            ):
                refused = await outcome(channel, f"/cnop.user.v1.{path}", body, metadata)
                canaries.texts[f"{path} at {where} {len(canaries.texts)}"] = str(refused)


async def at_rest(stack: Stack, canaries: Canaries) -> None:
    """Adds the secrets of the state folder and the tables."""
    state = stack.mesh.parent
    for file in [*state.rglob("*.pem"), *stack.mesh.rglob("*.key"), stack.mesh / "secret"]:
        private = re.findall(r"PRIVATE KEY-----\s(.+?)-----END", file.read_text(), re.DOTALL)
        text = private[0] if private else "" if file.suffix else file.read_text()
        for number, line in enumerate(line for line in text.split() if len(line) >= PIECE):
            canaries.secrets[f"line {number} of {file.relative_to(state)}"] = line
    dump = await asyncio.to_thread(Dump.read, stack.settings.dynamodb_url)
    hashes = [value for item in dump.users for value in map(readable, item.values()) if value.startswith("$2")]
    assert hashes, "the table must contain a password hash"
    of_tokens = [item["secret_hash"] for item in dump.users if "secret_hash" in item]
    assert of_tokens, "the table must contain a refresh token hash"
    hashes += [form for one in of_tokens for form in (bytes(one).hex(), base64.b64encode(bytes(one)).decode())]
    for number, value in enumerate(hashes):
        canaries.secrets[f"hash {number}"] = value
        canaries.secrets[f"the end of hash {number}"] = value[-PIECE:]


def readable(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def credentials(details: Json, password: str) -> Json:
    return {"username": details["username"], "password": password}


def keep(canaries: Canaries, what: str, tokens: Json) -> None:
    canaries.token(f"the {what} access token", tokens["access_token"])
    canaries.token(f"the {what} refresh token", tokens["refresh_token"])


def refuse(canaries: Canaries, what: str, response: httpx.Response) -> None:
    """Adds an error response to the texts."""
    assert response.status_code >= 400, f"{what}: {response.text}"
    canaries.texts[f"the error of {what} {len(canaries.texts)}"] = f"{response.headers} {response.text}"


@pytest.mark.parametrize(
    "secret",
    [
        registration()["password"],
        f"eyJ{'a' * 20}.{'b' * 20}.{'c' * 86}",
        RefreshTokens(b"a key").seal(refresh_tokens.make(ids.random(), ids.random(), 7)),
        "$2b$12$" + "a" * 53,
        "-----BEGIN PRIVATE KEY-----",  # pragma: allowlist secret
    ],
    ids=["password", "access token", "refresh token", "hash", "key"],
)
def test_the_search_recognizes_a_secret_by_its_format(secret: str) -> None:
    assert list(secrets_in(f'{{"message": "call", "path": "{secret}"}}'))
    assert not list(secrets_in('{"message": "call", "request_id": "7d3c1c0e-93b5-4b3a-9a43-6a3f0f9a7c11"}'))


def test_the_search_finds_encoded_secrets() -> None:
    canaries = Canaries()
    canaries.token("a token", "head.payload.signature-of-some-length")
    hidden = ("head.payload.signature-of-some-length", "x signature-of-some-length")
    encoded = [base64.b64encode(f"{pad}signature-of-some-length yz".encode()).decode() for pad in ("", "a", "ab")]
    for number, text in enumerate((*hidden, *encoded)):
        canaries.texts = {str(number): text}
        assert list(canaries.found()), text
