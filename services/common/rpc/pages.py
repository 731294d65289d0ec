"""Page tokens: opaque, tamper-evident, and bound to the query that made them."""

from __future__ import annotations

import hashlib
import json

from itsdangerous import BadData, URLSafeSerializer

from services.common.rpc.errors import InvalidArgument

_SIZE_DEFAULT = 50

Cursor = dict[str, str]


def page_size(requested: int) -> int:
    """Returns the requested page size, or 50 if none was requested."""
    return requested or _SIZE_DEFAULT


class PageTokens:
    """Signs cursors. All replicas of a service share the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def _serializer(self, query: tuple[str, ...]) -> URLSafeSerializer:
        options = {"digest_method": hashlib.sha256}
        return URLSafeSerializer(self._key, salt=json.dumps(query).encode(), signer_kwargs=options)

    def seal(self, cursor: Cursor | None, *query: str) -> str:
        """Returns the token of a cursor for a query (user, method, filters); "" after the last page."""
        return "" if cursor is None else str(self._serializer(query).dumps(cursor))

    def open(self, token: str, *query: str) -> Cursor | None:
        """Returns the cursor of a token, None for the first page.

        Raises InvalidArgument if the token was altered or made for another query.
        """
        if not token:
            return None
        try:
            cursor: Cursor = self._serializer(query).loads(token)
        except BadData:
            raise InvalidArgument(("page_token", "must be the next_page_token of the same query")) from None
        return cursor
