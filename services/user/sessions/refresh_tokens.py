"""Refresh tokens: opaque, with a MAC by a key of the mesh.

The MAC lets a forged token be refused without reading the table. It tells a used token, which revokes the session,
from a forged one, which revokes nothing. The format is our own: itsdangerous would make the tokens longer, and changing
to it would sign out everyone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.common.rpc.errors import Unauthenticated

_SECRET_BYTES = 32
_PAYLOAD = struct.Struct(f">B16s16sI{_SECRET_BYTES}s")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """The contents of a refresh token."""

    user_id: str
    session_id: str
    generation: int
    secret: bytes = field(repr=False)

    @property
    def secret_hash(self) -> bytes:
        """What is stored of the secret. Random bits need no slow hash."""
        return hashlib.sha256(self.secret).digest()


def make(user_id: str, session_id: str, generation: int) -> RefreshToken:
    """Returns a token with a new secret."""
    return RefreshToken(user_id, session_id, generation, secrets.token_bytes(_SECRET_BYTES))


class Successors:
    """Derives the next token of a session in a cookie, so that the same token always has the same successor.

    It takes the secret of the token and the key together. The secret is not stored, so neither the key nor the table is
    enough to make a token, nor both; and a stolen token alone does not show the next one. All replicas share the key.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, token: RefreshToken) -> RefreshToken:
        """Returns the token that follows."""
        generation = token.generation + 1
        ids = uuid.UUID(token.user_id).bytes + uuid.UUID(token.session_id).bytes
        about = b"cnop refresh token" + ids + generation.to_bytes(4)
        secret = HKDF(SHA256(), _SECRET_BYTES, salt=self._key, info=about).derive(token.secret)
        return RefreshToken(token.user_id, token.session_id, generation, secret)


def invalid() -> Unauthenticated:
    """Returns the error for a token that is not genuine, or that came in the wrong way."""
    return Unauthenticated("REFRESH_TOKEN_INVALID", "the refresh token is not valid; sign in again")


class RefreshTokens:
    """Seals and opens tokens. All replicas share the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, token: RefreshToken) -> str:
        """Returns the token as the client gets it."""
        ids = uuid.UUID(token.user_id).bytes, uuid.UUID(token.session_id).bytes
        payload = _PAYLOAD.pack(_VERSION, *ids, token.generation, token.secret)
        return base64.urlsafe_b64encode(payload + self._mac(payload)).decode().rstrip("=")

    def open(self, text: str) -> RefreshToken:
        """Returns the contents of a token. Raises Unauthenticated REFRESH_TOKEN_INVALID if it is not genuine."""
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            sealed = b""
        payload, mac = sealed[: _PAYLOAD.size], sealed[_PAYLOAD.size :]
        if len(payload) < _PAYLOAD.size or not hmac.compare_digest(mac, self._mac(payload)):
            raise invalid()
        _, user, session, generation, secret = _PAYLOAD.unpack(payload)
        return RefreshToken(str(uuid.UUID(bytes=user)), str(uuid.UUID(bytes=session)), generation, secret)

    def _mac(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, hashlib.sha256)
