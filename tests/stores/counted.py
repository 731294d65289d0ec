"""Clients of the database that count what they read."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
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


class Capacity:
    """Has a client that has the database count the capacity units that its requests consume.

    The added parameter is not in the signature of the request, which the emulator does not check.
    """

    def __init__(self, client: Client) -> None:
        self.units = Decimal(0)
        self._http = client.http
        self.client = replace(client, http=self._call)

    async def _call(self, request: Request) -> Response:
        body = json.loads(request.body or b"{}") | {"ReturnConsumedCapacity": "TOTAL"}
        response = await self._http(replace(request, body=json.dumps(body).encode()))
        consumed = json.loads(response.body).get("ConsumedCapacity", [])
        for one in consumed if isinstance(consumed, list) else [consumed]:
            self.units += Decimal(str(one["CapacityUnits"]))
        return response
