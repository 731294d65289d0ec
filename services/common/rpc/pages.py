"""Page tokens: opaque, tamper-evident, bound to the query that made them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json

from services.common.rpc.errors import InvalidArgument

_MAC_BYTES = 16
DEFAULT_SIZE = 50


def page_size(requested: int) -> int:
    """The size of a page: what the request asks for, 50 when it asks for nothing."""
    return requested or DEFAULT_SIZE


class PageTokens:
    """Seals cursors into tokens and opens them again. All replicas of a service share the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def _mac(self, payload: bytes, query: tuple[str, ...]) -> bytes:
        bound = payload + b"\0" + json.dumps(query).encode()
        return hmac.digest(self._key, bound, hashlib.sha256)[:_MAC_BYTES]

    def seal(self, cursor: dict[str, str] | None, *query: str) -> str:
        """The token of a cursor for a query (user, method, filters); empty for the last page."""
        if cursor is None:
            return ""
        payload = json.dumps(cursor, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._mac(payload, query) + payload).decode().rstrip("=")

    def open(self, token: str, *query: str) -> dict[str, str] | None:
        """The cursor of a token, None for the first page.

        Raises InvalidArgument when the token was changed, or made for another query.
        """
        if not token:
            return None
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            sealed = b""
        mac, payload = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
        if not payload or not hmac.compare_digest(mac, self._mac(payload, query)):
            raise InvalidArgument(("page_token", "must be the next_page_token of the same query"))
        cursor: dict[str, str] = json.loads(payload)
        return cursor
