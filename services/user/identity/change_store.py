"""The changes that admins made, each under an id that its request determines, so that none has its effect twice."""

from __future__ import annotations

from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo


def _key(change_id: str) -> Item:
    return {"pk": f"CHANGE#{change_id}", "sk": "CHANGE"}


class ChangeStore:
    """Knows what was changed."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def body(self, change_id: str) -> str | None:
        """The fingerprint of a change that was made, else None."""
        item = await dynamo.get(self._client, self._table, _key(change_id))
        return str(item["body"]) if item else None

    def operation(self, change_id: str, body: str, now: datetime) -> Put:
        """What names a change, as a part of its transaction: it fails when the change was made before."""
        item = {**_key(change_id), "body": body, "created_at": now.isoformat()}
        return Put(self._table, item, F("pk").does_not_exist())
