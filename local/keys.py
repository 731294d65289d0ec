"""Secrets of this machine, created at the first start: the keys that sign tokens, and the secret of the mesh."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.user.sessions.signing import made_at
from services.user.settings import Settings

MESH_SECRET_BYTES = 32

# How long a new key is published before it signs, how long tokens are valid, and what clocks and caches may be late.
ACTIVATION = timedelta(seconds=Settings.key_activation_seconds)
TOKEN = timedelta(seconds=900)
MARGIN = timedelta(seconds=120)


def exist(folder: Path) -> bool:
    """Whether a folder has a signing key."""
    return any(folder.glob("*.pem"))


def ensure_signing_keys(folder: Path) -> Path:
    """Creates the folder of signing keys, <kid>.pem (ES256), and a first key if there is none. Returns the folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not exist(folder):
        add_signing_key(folder)
    return folder


def add_signing_key(folder: Path) -> str:
    """Adds a signing key. Returns its id, which contains the time of its creation."""
    key = ec.generate_private_key(ec.SECP256R1())
    kid = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    _write_private(folder / f"{kid}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return kid


def remove_old_signing_keys(folder: Path) -> list[str]:
    """Removes keys that no valid token can need: a newer one has signed for a token's lifetime. Returns their ids."""
    long_ago = datetime.now(UTC) - ACTIVATION - TOKEN - MARGIN
    kids = sorted((file.stem for file in folder.glob("*.pem")), key=lambda kid: (made_at(kid), kid))
    newest = max((at for at, kid in enumerate(kids) if made_at(kid) < long_ago), default=0)
    for kid in kids[:newest]:
        (folder / f"{kid}.pem").unlink()
    return kids[:newest]


def ensure_mesh_secret(file: Path) -> Path:
    """Creates the file with the secret that the services share, if there is none. Returns the file."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_private(file, secrets.token_hex(MESH_SECRET_BYTES).encode())
    return file


def _write_private(file: Path, content: bytes) -> None:
    """Writes a file that only its owner may read, atomically."""
    temporary = file.with_name(f".{file.name}.part")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    temporary.write_bytes(content)
    temporary.rename(file)
