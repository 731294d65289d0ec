"""A client of the database that counts the items that its queries read."""

from __future__ import annotations

import json
from dataclasses import replace

from aiodynamo.client import Client
from aiodynamo.http.types import Request, Response


class Counted:
    """Has a client whose queries are counted: `items_read` includes items that a filter left out."""

    def __init__(self, client: Client) -> None:
        self.items_read = 0
        self._http = client.http
        self.client = replace(client, http=self._call)

    async def _call(self, request: Request) -> Response:
        response = await self._http(request)
        self.items_read += json.loads(response.body).get("ScannedCount", 0)
        return response
