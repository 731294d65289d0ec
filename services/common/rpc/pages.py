"""Page tokens: opaque, tamper-evident, and bound to the query that made them."""

from __future__ import annotations

import hashlib
import json

from itsdangerous import Signer, base64_decode, base64_encode

from services.common.rpc.errors import InvalidArgument

_SIZE_DEFAULT = 50

Cursor = dict[str, str]


def page_size(requested: int) -> int:
    """Returns the requested page size, or 50 if none was requested."""
    return requested or _SIZE_DEFAULT


class PageTokens:
    """Signs cursors. All replicas of a service share the key."""

    def __init__(self, key: bytes) -> None:
        self._signer = Signer(key, key_derivation="none", digest_method=hashlib.sha256)

    def seal(self, cursor: Cursor | None, *query: str) -> str:
        """Returns the token of a cursor for a query (user, method, filters); "" after the last page."""
        if cursor is None:
            return ""
        payload = base64_encode(json.dumps(cursor))
        return (payload + b"." + self._signer.get_signature(_bound(payload, query))).decode()

    def open(self, token: str, *query: str) -> Cursor | None:
        """Returns the cursor of a token, None for the first page.

        Raises InvalidArgument if the token was altered or made for another query.
        """
        if not token:
            return None
        payload, _, signature = token.encode().rpartition(b".")
        if not self._signer.verify_signature(_bound(payload, query), signature):
            raise InvalidArgument(("page_token", "must be the next_page_token of the same query"))
        cursor: Cursor = json.loads(base64_decode(payload))
        return cursor


def _bound(payload: bytes, query: tuple[str, ...]) -> bytes:
    return payload + b"." + json.dumps(query).encode()
