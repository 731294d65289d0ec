"""Settings: frozen, typed objects, read once from the environment when a process starts.

The name of a variable is that of its field: `listen` is CNOP_LISTEN, `dynamodb.endpoint` is CNOP_DYNAMODB_ENDPOINT.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from services.common.startup import StartupError
from services.env_settings.reader import SettingError, help_lines, read, setting
from services.env_settings.rules import ADDRESS, INTERVAL, LEVEL, between, url

S = TypeVar("S")

PREFIX = "CNOP"


@dataclass(frozen=True, kw_only=True)
class DynamoDB:
    endpoint: str = setting("The address of DynamoDB; empty for that of the AWS region.", "", url("http", "https"))
    connections: int = setting("The maximum number of connections to DynamoDB.", 64, between(1, 10_000))
    timeout_seconds: float = setting("The timeout of one HTTP request.", 2.0, INTERVAL)
    retry_seconds: float = setting("How long throttled and failed requests are retried.", 3.0)

    def region(self, configured: str) -> str:
        """Returns the region of requests; an emulator takes any. Raises StartupError if AWS needs one."""
        if not configured and not self.endpoint:
            raise StartupError("no AWS region is configured: set AWS_REGION, or CNOP_DYNAMODB_ENDPOINT for an emulator")
        return configured or "local"


@dataclass(frozen=True, kw_only=True)
class Redis:
    url: str = setting(
        "The address of Redis; rediss:// for TLS.", "redis://127.0.0.1:6379", url("redis", "rediss", "unix")
    )
    password_file: str = setting("The file with its password, read for each connection; empty for none.", "")
    ca_file: str = setting("The file with the authorities of its certificate; empty for those of the system.", "")
    timeout_seconds: float = setting("The timeout of one command.", 0.25, INTERVAL)


@dataclass(frozen=True, kw_only=True)
class Token:
    issuer: str = setting("The issuer (iss) of access tokens.", "https://cnop.local")
    audience: str = setting("The audience (aud) of access tokens.", "cnop")
    seconds: int = setting("The lifetime of an access token; the same for all services.", 900, between(1, 86_400))


@dataclass(frozen=True, kw_only=True)
class Revocations:
    age_seconds: float = setting("The maximum age of what a service knows of revoked sessions.", 0.7)
    grace_seconds: float = setting("How long Redis alone is trusted while the user service is unavailable.", 60.0)


@dataclass(frozen=True, kw_only=True)
class MeshIdentity:
    certs_dir: Path = setting("The folder of the certificate: tls.crt, tls.key, ca.crt; read again on change.")
    trust_domain: str = setting("The trust domain of the services' ids, spiffe://domain/namespace/service.", "cnop")
    namespace: str = setting("The namespace in these ids.", "local")


@dataclass(frozen=True, kw_only=True)
class Mesh(MeshIdentity):
    secret_file: Path = setting("The file with the secret that the services share.")


@dataclass(frozen=True, kw_only=True)
class Log:
    level: str = setting("The least severe level that is logged.", "INFO", LEVEL)


@dataclass(frozen=True, kw_only=True)
class Server:
    concurrency: int = setting("The maximum number of calls at once; more are refused.", 256, between(1, 100_000))
    lame_duck_seconds: float = setting(
        "How long calls are accepted after SIGTERM, until clients see that the service is no longer healthy.", 1.0
    )
    drain_seconds: float = setting("How long running calls may take after that.", 10.0)
    connection_seconds: float = setting(
        "How long a connection accepts new calls; an expired certificate is shut out after this time.", 300.0
    )
    connection_grace_seconds: float = setting("How long calls on the connection may continue after that.", 300.0)


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """The base of the settings of a service."""

    health_listen: str = setting("The address of the health in plain text, for probes; empty for none.", "", ADDRESS)
    redis: Redis = Redis()
    log: Log = Log()
    server: Server = Server()


@dataclass(frozen=True, kw_only=True)
class AuthSettings(ServiceSettings):
    """What admits users: the base of the settings of a service with methods for users."""

    token: Token = Token()
    revocations: Revocations = Revocations()


def load(kind: type[S], environ: Mapping[str, str] = os.environ) -> S:
    """Reads settings. Raises StartupError, naming the variable, if one is missing or malformed."""
    try:
        return read(kind, PREFIX, environ)
    except SettingError as error:
        raise StartupError(str(error)) from None


def help_text(kind: type[Any]) -> str:
    """Lists the variables, one per line, for `--help`."""
    return "\n".join(["settings, from the environment:", *help_lines(kind, PREFIX)])
