"""The secret that the services share. It does not rotate: refresh tokens and stored attempts depend on it."""

from __future__ import annotations

import secrets

from services.bootstrap.secret import Files

NAME = "secret"
_BYTES = 32


def with_secret(files: Files) -> Files:
    """Adds the secret if there is none."""
    return files if files.get(NAME) else {**files, NAME: secrets.token_hex(_BYTES).encode()}
