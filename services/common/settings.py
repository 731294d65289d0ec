"""Settings: frozen, typed objects that are read from the environment once, at the start of a process.

The name of a field is that of its variable: `listen` is CNOP_LISTEN, `dynamodb.endpoint` is CNOP_DYNAMODB_ENDPOINT.
"""

from __future__ import annotations

import dataclasses
import os
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

S = TypeVar("S")

PREFIX = "CNOP"


def setting(help_text: str, default: Any = MISSING) -> Any:
    """A field of a settings class, with what `--help` says of it. Without a default it must be set."""
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, kw_only=True)
class DynamoDB:
    endpoint: str = setting("The address of DynamoDB; empty for that of the AWS region.", "")
    connections: int = setting("The most connections to DynamoDB.", 64)
    timeout_seconds: float = setting("How long one HTTP request may take.", 2.0)
    retry_seconds: float = setting("How long throttled and broken calls are retried.", 3.0)


@dataclass(frozen=True, kw_only=True)
class Redis:
    url: str = setting("The address of Redis.", "redis://127.0.0.1:6379")
    timeout_seconds: float = setting("How long one command may take.", 0.25)


@dataclass(frozen=True, kw_only=True)
class Token:
    issuer: str = setting("The issuer (iss) of access tokens.", "https://cnop.local")
    audience: str = setting("The audience (aud) of access tokens.", "cnop")
    seconds: int = setting("How long an access token is good for; the same for all services.", 900)


@dataclass(frozen=True, kw_only=True)
class Revocations:
    age_seconds: float = setting("How old what a service knows of ended sessions may be.", 0.7)
    publish_seconds: float = setting("How often the user service tells Redis which sessions have ended.", 0.2)
    grace_seconds: float = setting(
        "For how long Redis alone is believed about ended sessions while the user service is away.", 60.0
    )


@dataclass(frozen=True, kw_only=True)
class Mesh:
    secret_file: Path = setting("The file with the secret that the services share.")
    certs_dir: Path = setting("The folder of the certificate: tls.crt, tls.key, ca.crt; read again on change.")
    trust_domain: str = setting("The trust domain of the services' ids, spiffe://domain/namespace/service.", "cnop")
    namespace: str = setting("The namespace in these ids.", "local")


@dataclass(frozen=True, kw_only=True)
class Clock:
    offset_seconds: float = setting("How far the clock is ahead of the machine's, to try what a wrong one does.", 0.0)


@dataclass(frozen=True, kw_only=True)
class Log:
    level: str = setting("The least severe level that is logged.", "INFO")


@dataclass(frozen=True, kw_only=True)
class Server:
    concurrency: int = setting("The most calls that run at once; more are refused.", 256)
    lame_duck_seconds: float = setting(
        "How long calls are still taken after SIGTERM, while clients see that the service is not healthy any more.", 1.0
    )
    drain_seconds: float = setting("How long running calls may take after that.", 10.0)
    connection_seconds: float = setting(
        "How long a connection takes new calls: a certificate that is good no more is out after it.", 300.0
    )
    connection_grace_seconds: float = setting("How long the calls on it may go on after that.", 300.0)


def load(kind: type[S], environ: Mapping[str, str] = os.environ) -> S:
    """Reads settings; leaves with a sentence that names the variable when one is missing or wrong."""
    return _read(kind, PREFIX, environ)


def _read(kind: type[S], prefix: str, environ: Mapping[str, str]) -> S:
    values: dict[str, Any] = {}
    for name, variable, of, declared in _fields(kind, prefix):
        if dataclasses.is_dataclass(of):
            values[name] = _read(of, variable, environ)
        elif variable in environ:
            values[name] = _convert(of, variable, environ[variable])
        elif declared.default is MISSING:
            raise SystemExit(f"{variable} is not set: {declared.metadata['help']}")
    return kind(**values)


def _convert(of: Callable[[str], Any], variable: str, text: str) -> Any:
    try:
        return of(text)
    except (ValueError, ArithmeticError):
        raise SystemExit(f"{variable} has a wrong value: {text!r}") from None


def _fields(kind: type[Any], prefix: str) -> Iterator[tuple[str, str, type[Any], dataclasses.Field[Any]]]:
    types = typing.get_type_hints(kind)
    for declared in dataclasses.fields(kind):
        yield declared.name, f"{prefix}_{declared.name.upper()}", types[declared.name], declared


def help_text(kind: type[Any]) -> str:
    """What can be set, one variable a line, for `--help`."""
    return "settings, from the environment:\n" + "\n".join(_help_lines(kind, PREFIX))


def _help_lines(kind: type[Any], prefix: str) -> Iterator[str]:
    for _, variable, of, declared in _fields(kind, prefix):
        if dataclasses.is_dataclass(of):
            yield from _help_lines(of, variable)
        else:
            default = "required" if declared.default is MISSING else f"default {declared.default}"
            yield f"  {variable}  {declared.metadata['help']} ({default})"
