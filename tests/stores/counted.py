"""A client of the database that counts the items that it reads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from aiodynamo.client import Client
from aiodynamo.http.types import Request, Response


class Counted:
    """Has a client whose reads are counted: `items_read` includes items that a filter left out."""

    def __init__(self, client: Client) -> None:
        self.items_read = 0
        self._http = client.http
        self.client = replace(client, http=self._call)

    async def _call(self, request: Request) -> Response:
        response = await self._http(request)
        self.items_read += _items(json.loads(response.body))
        return response


def _items(body: dict[str, Any]) -> int:
    """Returns the items in the response to a query, a GetItem or a BatchGetItem."""
    batch = body.get("Responses", {})
    return int(body.get("ScannedCount", 0)) + ("Item" in body) + sum(map(len, batch.values()))
