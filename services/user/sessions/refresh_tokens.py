"""Refresh tokens: opaque, sealed by a key of the mesh.

The seal lets garbage be refused without a look at the table, and tells a genuine old token, whose return ends the
session, from one that somebody made up, which ends nothing.
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

from services.common.rpc.errors import Unauthenticated

_SECRET_BYTES = 32
_PAYLOAD = struct.Struct(f">B16s16sI{_SECRET_BYTES}s")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """What a refresh token says."""

    user_id: str
    session_id: str
    generation: int
    secret: bytes = field(repr=False)

    @property
    def secret_hash(self) -> bytes:
        """What of the secret is kept. Random bits need no slow hash."""
        return hashlib.sha256(self.secret).digest()


def make(user_id: str, session_id: str, generation: int) -> RefreshToken:
    """A token with a new secret."""
    return RefreshToken(user_id, session_id, generation, secrets.token_bytes(_SECRET_BYTES))


class RefreshTokens:
    """Seals tokens and opens them again. All replicas share the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, token: RefreshToken) -> str:
        """The token as the client gets it."""
        ids = uuid.UUID(token.user_id).bytes, uuid.UUID(token.session_id).bytes
        payload = _PAYLOAD.pack(_VERSION, *ids, token.generation, token.secret)
        return base64.urlsafe_b64encode(payload + self._mac(payload)).decode().rstrip("=")

    def open(self, text: str) -> RefreshToken:
        """The token that a client sent. Raises Unauthenticated REFRESH_TOKEN_INVALID when it is none of ours."""
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            sealed = b""
        payload, mac = sealed[: _PAYLOAD.size], sealed[_PAYLOAD.size :]
        if len(payload) < _PAYLOAD.size or not hmac.compare_digest(mac, self._mac(payload)):
            raise Unauthenticated("REFRESH_TOKEN_INVALID", "the refresh token is not valid; sign in again")
        _, user, session, generation, secret = _PAYLOAD.unpack(payload)
        return RefreshToken(str(uuid.UUID(bytes=user)), str(uuid.UUID(bytes=session)), generation, secret)

    def _mac(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, hashlib.sha256)
