"""The secrets of one machine, made at the first start: the key that signs tokens, and the secret of the mesh."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

MESH_SECRET_BYTES = 32


def ensure_signing_keys(folder: Path) -> Path:
    """The folder of the keys that sign tokens, <kid>.pem (ES256), with at least one in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.glob("*.pem")):
        key = ec.generate_private_key(ec.SECP256R1())
        # The day tells how old a key is.
        kid = f"{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(4)}"
        _write_private(folder / f"{kid}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder


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
