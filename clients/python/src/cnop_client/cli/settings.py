"""The settings of the command line: from options, the environment, and the files of a profile."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import click

from cnop_client.edge import Edge
from cnop_client.session import TIMEOUT_SECONDS
from cnop_client.sync import Client
from cnop_client.tokens import FileTokens

DEFAULT_EDGE = "http://localhost:8080"
_PROFILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")


@dataclass
class Settings:
    """Settings; `given` has the values of the options and environment variables."""

    given: dict[str, object] = field(default_factory=dict)

    @property
    def as_json(self) -> bool:
        return bool(self.given.get("json"))

    @cached_property
    def client(self) -> Client:
        """The client for the profile. Raises click.UsageError for invalid settings."""
        ca, timeout = self._text("ca"), self.given.get("timeout")
        try:
            authorities = _authorities(Path(ca)) if ca else None
            edge = Edge.at(self._text("edge") or self._edge_of_tokens or DEFAULT_EDGE, authorities)
        except OSError as error:
            raise click.UsageError(f"{error.filename}: {error.strerror}") from None
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        seconds = timeout if isinstance(timeout, float) else TIMEOUT_SECONDS
        client = Client(edge, tokens=self.tokens, timeout_seconds=seconds, program="cnop")
        if context := click.get_current_context(silent=True):
            context.find_root().call_on_close(client.close)
        return client

    @property
    def profile(self) -> str:
        name = str(self.given.get("profile") or "default")
        if not _PROFILE.fullmatch(name):
            raise click.UsageError(f"invalid profile name: {name!r}; use letters, digits, - and _")
        return name

    @cached_property
    def tokens(self) -> FileTokens:
        return FileTokens(_folder("XDG_STATE_HOME", ".local/state") / f"{self.profile}.json")

    @property
    def _edge_of_tokens(self) -> str:
        """The edge where the profile is signed in; empty if it is not."""
        tokens = self.tokens.read()
        return tokens.edge if tokens else ""

    def _text(self, name: str) -> str:
        """A setting from the options or the environment, else from the profile in config.toml."""
        return str(self.given.get(name) or self._config.get(name) or "")

    @cached_property
    def _config(self) -> dict[str, object]:
        path = _folder("XDG_CONFIG_HOME", ".config") / "config.toml"
        try:
            profiles = tomllib.loads(path.read_text(encoding="utf-8")).get("profiles", {})
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise click.UsageError(f"{path}: {error.strerror}") from None
        except ValueError as error:
            raise click.UsageError(f"{path}: {error}") from None
        found = profiles.get(self.profile, {}) if isinstance(profiles, dict) else {}
        return found if isinstance(found, dict) else {}


def _authorities(path: Path) -> bytes:
    """Reads certificate authorities. Raises ValueError if there are none: gRPC would only log it."""
    content = path.read_bytes()
    if b"-----BEGIN CERTIFICATE-----" not in content:
        raise ValueError(f"{path} has no certificate in PEM; --ca names a file with the authorities to trust")
    return content


def _folder(variable: str, usual: str) -> Path:
    """The folder of this program. By the XDG rules a relative path counts as not set."""
    given = Path(os.environ.get(variable, ""))
    return (given if given.is_absolute() else Path.home() / usual) / "cnop"
