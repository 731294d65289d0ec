"""The settings that all services share. Each service reads its settings from the environment, once, at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ


@environ.config(frozen=True)
class DynamoDB:
    endpoint: str = environ.var("", help="The address of DynamoDB; empty for that of the AWS region.")
    connections: int = environ.var(64, converter=int, help="The most connections to DynamoDB.")
    timeout_seconds: float = environ.var(2.0, converter=float, help="How long one HTTP request may take.")
    retry_seconds: float = environ.var(3.0, converter=float, help="How long throttled and broken calls are retried.")


@environ.config(frozen=True)
class Token:
    issuer: str = environ.var("https://cnop.local", help="The issuer (iss) of access tokens.")
    audience: str = environ.var("cnop", help="The audience (aud) of access tokens.")


@environ.config(frozen=True)
class Mesh:
    secret_file: Path = environ.var(converter=Path, help="The file with the secret that the services share.")


@environ.config(frozen=True)
class Log:
    level: str = environ.var("INFO", help="The least severe level that is logged.")


@environ.config(frozen=True)
class Server:
    concurrency: int = environ.var(512, converter=int, help="The most calls that run at once; more are refused.")
    drain_seconds: float = environ.var(10.0, converter=float, help="How long running calls may take after SIGTERM.")


def load(settings: type[Any]) -> Any:
    """Reads settings from the environment; leaves with a sentence that names the variable when one is missing."""
    try:
        return settings.from_environ()
    except environ.MissingEnvValueError as missing:
        raise SystemExit(f"the environment variable {missing.args[0]} is not set\n\n{help_text(settings)}") from None
    except ValueError as wrong:
        raise SystemExit(f"a setting has a wrong value: {wrong}\n\n{help_text(settings)}") from None


def help_text(settings: type[Any]) -> str:
    """What can be set, one variable a line."""
    text: str = settings.generate_help(display_defaults=True)
    return text
