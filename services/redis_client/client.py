"""Opens a client of Redis from the settings."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.connection import SSLConnection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.credentials import CredentialProvider
from redis.exceptions import AuthenticationError

from services.common import settings
from services.common.startup import StartupError


def connect(config: settings.Redis, *, retries: int = 0, **options: Any) -> Redis:
    """Opens a client that fails rather than waits. Raises StartupError for settings that cannot work."""
    try:
        address: dict[str, Any] = {**parse_url(config.url)}
    except ValueError:  # its text could repeat a password
        raise StartupError("CNOP_REDIS_URL is not of the form redis://host:port or rediss://host:port") from None
    if "password" in address:
        raise StartupError("CNOP_REDIS_URL has a password: move it to a file, named by CNOP_REDIS_PASSWORD_FILE")
    if config.password_file:
        address["credential_provider"] = _password(Path(config.password_file), address.pop("username", ""))
    if config.ca_file:
        if address.get("connection_class") is not SSLConnection:
            raise StartupError("CNOP_REDIS_CA_FILE is set, but CNOP_REDIS_URL asks for no TLS: begin it with rediss://")
        address["ssl_ca_certs"] = _authorities(config.ca_file)
    pool = ConnectionPool(
        socket_timeout=config.timeout_seconds,
        socket_connect_timeout=config.timeout_seconds,
        retry=Retry(NoBackoff(), retries),
        **{**options, **address},
    )
    return Redis.from_pool(pool)


class PasswordFile(CredentialProvider):
    """The password in a file. It is read for each connection, so a new password needs no restart."""

    def __init__(self, file: Path, username: str) -> None:
        self._file = file
        self._username = username

    def get_credentials(self) -> tuple[str] | tuple[str, str]:
        """Raises AuthenticationError if there is no password in the file."""
        try:
            password = self._file.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise AuthenticationError(f"cannot read {self._file}: {type(error).__name__}") from None
        if not password:
            raise AuthenticationError(f"{self._file} is empty")
        return (self._username, password) if self._username else (password,)

    async def get_credentials_async(self) -> tuple[str] | tuple[str, str]:
        return self.get_credentials()


def _password(file: Path, username: str) -> PasswordFile:
    password = PasswordFile(file, username)
    try:
        password.get_credentials()
    except AuthenticationError as error:
        raise StartupError(f"cannot use the password of Redis: {error}") from None
    return password


def _authorities(file: str) -> str:
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:  # an SSLError is one too
        raise StartupError(f"cannot use the authorities of Redis in {file}: {error}") from None
    return file
