"""The Python client against the whole system: its example, its README, shared sessions, and TLS."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import ssl
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cnop_client import ApiError, AsyncClient, Edge, FileTokens

from local.paths import ROOT
from local.stack import Stack
from services.bootstrap.authority import Authority
from tests.issuing import issue

from .users import User

CLIENT = ROOT / "clients" / "python"


@asynccontextmanager
async def behind_tls(port: int, folder: Path) -> AsyncIterator[tuple[int, bytes]]:
    """Runs a TLS proxy on localhost for a plaintext port. Yields its port and the CA of its certificate."""
    issue(Authority.new(), folder, "spiffe://test/edge", ["localhost"])
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    context.set_alpn_protocols(["h2"])

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, before = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, before), carry(behind, writer), return_exceptions=True)

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1], (folder / "ca.crt").read_bytes()


@pytest.fixture(scope="module")
def edge(stack: Stack) -> str:
    return stack.settings.edge_url


async def python(*arguments: str, **environment: str) -> str:
    """Runs a Python program and returns its output. Fails if the program fails."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        env={"PATH": "/usr/bin:/bin", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, errors.decode()
    return out.decode()


async def test_the_example_does_what_it_prints(edge: str) -> None:
    out = await python(str(CLIENT / "example.py"), edge)
    assert "deposited once: 10000.00 True" in out
    assert "bought 0.05 for 5000.00" in out
    assert len(re.findall(r"^order .* (0\.01 ETH|0\.05 BTC)$", out, flags=re.MULTILINE)) == 6
    refusal = "500000.00 USD needed, but only 4825.00 USD available; deposit more or lower the amount"
    assert f"refused: INSUFFICIENT_FUNDS {refusal} request " in out
    assert "refused: amount must be a string of dollars" in out
    assert "too slow: DEADLINE_EXCEEDED False" in out
    assert "worth 10000.00" in out


async def test_the_code_of_its_readme_runs(edge: str) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (CLIENT / "README.md").read_text(), flags=re.DOTALL)
    name = f"reader_{secrets.token_hex(4)}"
    code = code.replace("http://localhost:8080", edge).replace('"ada', f'"{name}')
    assert "9900.00 USD" in await python("-c", code)


async def test_processes_that_share_a_file_refresh_once(edge: str, user: User, tmp_path: Path) -> None:
    store = FileTokens(tmp_path / "cnop" / "default.json")
    async with AsyncClient(edge, tokens=store) as client:
        await client.login(user.username, user.password)
        signed_in = store.read()
        assert signed_in is not None
        store.write(replace(signed_in, expires_at=time.time()))
        whoami = ("-m", "cnop_client.cli", "whoami", "--json")
        printed, _ = await asyncio.gather(
            asyncio.gather(*(python(*whoami, XDG_STATE_HOME=str(tmp_path)) for _ in range(4))),
            asyncio.gather(*(client.get_profile() for _ in range(4))),
        )
        assert {json.loads(output)["username"] for output in printed} == {user.username}
        refreshed = [event async for event in client.list_audit_events() if event.event == "TOKEN_REFRESH"]
    assert len(refreshed) == 1
    assert store.read() != signed_in


async def test_a_session_that_ended_elsewhere_is_removed(edge: str, user: User) -> None:
    async with AsyncClient(edge) as client, AsyncClient(edge) as other:
        await client.login(user.username, user.password)
        await other.login(user.username, user.password)
        [session] = [each for each in await client.list_sessions() if each.is_current]
        assert session.device.startswith("cnop-client/")
        await other.revoke_session(session.session_id)
        await asyncio.sleep(1)  # the maximum time until a revocation is known everywhere
        with pytest.raises(ApiError, match="SESSION_ENDED"):
            await client.get_balance()
        assert not client.is_signed_in
        await other.logout()
        await other.logout()


async def test_a_password_is_changed_and_ends_the_session(edge: str, user: User) -> None:
    async with AsyncClient(edge) as client:
        await client.login(user.username, user.password)
        with pytest.raises(ApiError, match="BAD_CREDENTIALS"):
            await client.change_password("not the password", "another secret 123")
        assert client.is_signed_in
        await client.change_password(user.password, "another secret 123")
        assert not client.is_signed_in
        await client.login(user.username, "another secret 123")
        assert (await client.update_profile(first_name="Grace")).first_name == "Grace"
        with pytest.raises(ApiError, match="current_password must be given"):
            await client.update_profile(email=f"new_{user.username}@example.com")
        changed = await client.update_profile(
            email=f"new_{user.username}@example.com", current_password="another secret 123"
        )
        assert changed.email == f"new_{user.username}@example.com"


async def test_tls_works_only_with_a_trusted_certificate(
    stack: Stack, new_user: Callable[[], Awaitable[User]], tmp_path: Path
) -> None:
    user = await new_user()
    async with behind_tls(stack.settings.edge_port, tmp_path) as (port, trusted):
        async with AsyncClient(Edge.at(f"https://localhost:{port}", trusted)) as client:
            await client.login(user.username, user.password)
            assert (await client.get_profile()).username == user.username
        async with AsyncClient(f"https://localhost:{port}", timeout_seconds=2) as client:
            with pytest.raises(ApiError) as failed:
                await client.login(user.username, user.password)
    assert failed.value.code.name in ("UNAVAILABLE", "DEADLINE_EXCEEDED")
