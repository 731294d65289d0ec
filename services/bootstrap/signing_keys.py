"""The keys that sign tokens: files <kid>.pem (ES256), whose id begins with the time when the key was made."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.bootstrap.secret import Files
from services.common import settings
from services.user import settings as user
from services.user.sessions.signing import made_at

_PEM = ".pem"

# How late a mounted secret (two minutes), caches and clocks may be, together.
_MARGIN = timedelta(seconds=300)


@dataclass(frozen=True)
class Lifetimes:
    """How long a new key is published before it signs, and how long tokens are valid."""

    activation: timedelta = timedelta(seconds=user.Settings.key_activation_seconds)
    token: timedelta = timedelta(seconds=settings.Token.seconds)


def kids(files: Files) -> list[str]:
    """Returns the ids of the keys, the oldest first."""
    names = (name.removesuffix(_PEM) for name in files if name.endswith(_PEM))
    return sorted(names, key=lambda kid: (made_at(kid), kid))


def with_first(files: Files, now: datetime) -> Files:
    """Adds a key if there is none."""
    return files if kids(files) else with_new(files, now)


def with_new(files: Files, now: datetime) -> Files:
    """Adds a key."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {**files, f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}{_PEM}": pem}


def rotated(files: Files, now: datetime, lifetimes: Lifetimes, leaked: Collection[str] = ()) -> Files:
    """Adds a key, and removes those that have leaked and those that no valid token can need.

    A key that is too new to sign stands for the one to add, so that a repeated rotation changes nothing.
    """
    files = without(files, leaked)
    if not any(now - lifetimes.activation < made_at(kid) <= now + _MARGIN for kid in kids(files)):
        files = with_new(files, now)
    return without(files, _unneeded(kids(files), now, lifetimes))


def without(files: Files, removed: Collection[str]) -> Files:
    """Removes keys by their ids."""
    return {name: content for name, content in files.items() if name.removesuffix(_PEM) not in removed}


def _unneeded(oldest_first: list[str], now: datetime, lifetimes: Lifetimes) -> list[str]:
    """Returns the keys that a newer one has replaced for longer than their tokens are valid."""
    long_ago = now - lifetimes.activation - lifetimes.token - _MARGIN
    newest = max((at for at, kid in enumerate(oldest_first) if made_at(kid) < long_ago), default=0)
    return oldest_first[:newest]
