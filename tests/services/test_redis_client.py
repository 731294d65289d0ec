"""Clients of a real Valkey that asks for a password, in plain text and by TLS."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import redis.exceptions
from redis.asyncio import Redis

from local import authority, ports
from services.auth import revocation_cache
from services.common import settings
from services.common.startup import StartupError
from services.redis_client import client as redis_client
from tests import valkey

PASSWORD = "correct-horse"
SECONDS = 5.0
Connect = Callable[[settings.Redis], Redis]


@pytest.fixture(scope="module")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    """The port of a Valkey with a password."""
    [port] = ports.claim(1)
    async with valkey.running(port, tmp_path_factory.mktemp("valkey"), "--requirepass", PASSWORD):
        yield port


@pytest.fixture(scope="module")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of Redis: one that has the name localhost."""
    folder = tmp_path_factory.mktemp("redis-certs")
    authority.ensure(folder)
    return folder / "operator"


@pytest.fixture(scope="module")
async def tls_port(port: int, certs: Path) -> AsyncIterator[int]:
    async with valkey.tls_front(port, certs) as tls_port:
        yield tls_port


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    write(file, f"{PASSWORD}\n")
    return file


def write(file: Path, text: str, encoding: str = "utf-8") -> None:
    file.write_text(text, encoding)


def config(url: str, password: Path | None = None, ca: Path | None = None) -> settings.Redis:
    return settings.Redis(
        url=url,
        password_file=str(password) if password else "",
        ca_file=str(ca) if ca else "",
        timeout_seconds=SECONDS,
    )


async def ping(made: Redis) -> None:
    async with made:
        await made.ping()


@pytest.mark.parametrize("connect", [redis_client.connect, revocation_cache.connect], ids=["ratelimit", "revocations"])
async def test_the_password_comes_from_a_file(port: int, password: Path, connect: Connect) -> None:
    await ping(connect(config(f"redis://127.0.0.1:{port}", password)))
    with pytest.raises(redis.exceptions.AuthenticationError):
        await ping(connect(config(f"redis://127.0.0.1:{port}")))


@pytest.mark.parametrize("connect", [redis_client.connect, revocation_cache.connect], ids=["ratelimit", "revocations"])
async def test_commands_go_by_tls(tls_port: int, certs: Path, password: Path, connect: Connect) -> None:
    await ping(connect(config(f"rediss://localhost:{tls_port}", password, certs / "ca.crt")))


async def test_a_wrong_password_is_refused(port: int, password: Path) -> None:
    write(password, "wrong")
    with pytest.raises(redis.exceptions.AuthenticationError) as error:
        await ping(redis_client.connect(config(f"redis://127.0.0.1:{port}", password)))
    assert "wrong" not in str(error.value).removeprefix("invalid username-password pair")


async def test_a_user_of_the_address_has_the_password_of_the_file(port: int, password: Path) -> None:
    async with redis_client.connect(config(f"redis://127.0.0.1:{port}", password)) as admin:
        await admin.acl_setuser("cnop", enabled=True, passwords=["+of-the-user"], categories=["+@all"])
    write(password, "of-the-user")
    made = redis_client.connect(config(f"redis://cnop@127.0.0.1:{port}", password))
    async with made:
        assert await made.acl_whoami() == "cnop"


async def test_a_new_password_is_used_without_a_restart(port: int, password: Path) -> None:
    made = redis_client.connect(config(f"redis://127.0.0.1:{port}", password))
    async with made:
        await made.config_set("requirepass", "a-new-one")
        try:
            write(password, "a-new-one")
            await made.connection_pool.disconnect()
            await made.ping()
        finally:
            await made.config_set("requirepass", PASSWORD)


async def test_a_server_whose_certificate_is_of_another_authority_is_refused(
    tls_port: int, password: Path, tmp_path: Path
) -> None:
    authority.ensure(tmp_path)
    for ca in (tmp_path / "operator" / "ca.crt", None):
        with pytest.raises(redis.exceptions.ConnectionError, match="certificate verify failed"):
            await ping(redis_client.connect(config(f"rediss://localhost:{tls_port}", password, ca)))


async def test_a_server_whose_certificate_has_another_name_is_refused(
    tls_port: int, certs: Path, password: Path
) -> None:
    with pytest.raises(redis.exceptions.ConnectionError, match="certificate is not valid for"):
        await ping(redis_client.connect(config(f"rediss://127.0.0.1:{tls_port}", password, certs / "ca.crt")))


async def test_a_password_that_cannot_be_read_later_counts_as_a_lost_redis(port: int, password: Path) -> None:
    made = redis_client.connect(config(f"redis://127.0.0.1:{port}", password))
    write(password, "\xff", "latin-1")
    with pytest.raises(redis.exceptions.RedisError):
        await ping(made)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("redis://:hunter2@127.0.0.1:1", "CNOP_REDIS_URL has a password"),
        ("rediss://cnop:hunter2@127.0.0.1:1", "CNOP_REDIS_URL has a password"),  # pragma: allowlist secret
        ("redis://127.0.0.1:1?password=hunter2", "CNOP_REDIS_URL has a password"),
        ("redis://127.0.0.1:hunter2", "CNOP_REDIS_URL is not of the form"),
        ("hunter2", "CNOP_REDIS_URL is not of the form"),
    ],
)
def test_an_address_that_cannot_be_used_is_not_repeated(url: str, why: str) -> None:
    with pytest.raises(StartupError, match=why) as error:
        redis_client.connect(config(url))
    assert "hunter2" not in str(error.value)


def test_a_password_file_must_hold_a_password(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="missing: FileNotFoundError"):
        redis_client.connect(config("redis://127.0.0.1:1", tmp_path / "missing"))
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(StartupError, match="empty is empty"):
        redis_client.connect(config("redis://127.0.0.1:1", tmp_path / "empty"))


def test_authorities_must_be_readable_and_the_address_must_ask_for_tls(certs: Path, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="begin it with rediss://"):
        redis_client.connect(config("redis://127.0.0.1:1", ca=certs / "ca.crt"))
    (tmp_path / "bad").write_text("no certificate")
    for file in ("bad", "missing"):
        with pytest.raises(StartupError, match="cannot use the authorities of Redis"):
            redis_client.connect(config("rediss://127.0.0.1:1", ca=tmp_path / file))
