"""The secrets of one machine, made at the first start: the keys that sign tokens, and the secret of the mesh."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.user.sessions.signing import made_at

MESH_SECRET_BYTES = 32

# When the newest key signs, and how long a token is good for; with what clocks, caches and readers may be late.
ACTIVATION = timedelta(seconds=120)
TOKEN = timedelta(seconds=900)
MARGIN = timedelta(seconds=120)


def ensure_signing_keys(folder: Path) -> Path:
    """The folder of the keys that sign tokens, <kid>.pem (ES256), with at least one in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.glob("*.pem")):
        add_signing_key(folder)
    return folder


def add_signing_key(folder: Path) -> str:
    """Adds a key; answers its id, which tells when it was made."""
    key = ec.generate_private_key(ec.SECP256R1())
    kid = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    _write_private(folder / f"{kid}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return kid


def remove_old_signing_keys(folder: Path) -> list[str]:
    """Removes the keys that no token can need: a newer one has signed for longer than a token is good for."""
    long_ago = datetime.now(UTC) - ACTIVATION - TOKEN - MARGIN
    kids = sorted((file.stem for file in folder.glob("*.pem")), key=lambda kid: (made_at(kid), kid))
    newest = max((at for at, kid in enumerate(kids) if made_at(kid) < long_ago), default=0)
    for kid in kids[:newest]:
        (folder / f"{kid}.pem").unlink()
    return kids[:newest]


def ensure_mesh_secret(file: Path) -> Path:
    """The file with the secret that the services share."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_private(file, secrets.token_hex(MESH_SECRET_BYTES).encode())
    return file


def _write_private(file: Path, content: bytes) -> None:
    """Writes a file that only its owner may read, whole or not at all."""
    temporary = file.with_name(f".{file.name}.part")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    temporary.write_bytes(content)
    temporary.rename(file)
