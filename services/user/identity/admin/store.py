"""The changes that admins made, each under an id that its request determines, so that a replay has no second effect."""

from __future__ import annotations

from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import UnitOfWork


def _key(change_id: str) -> Item:
    return {"pk": f"CHANGE#{change_id}", "sk": "CHANGE"}


class ChangeStore:
    """Reads and writes the fingerprints of changes."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def fingerprint(self, change_id: str) -> str | None:
        """Returns the fingerprint of a change, None if it has not been made."""
        item = await dynamo.get(self._client, self._table, _key(change_id))
        return str(item["body"]) if item else None

    def add(self, tx: UnitOfWork, change_id: str, fingerprint: str, now: datetime) -> None:
        """Adds a change, on the condition that it has not been made (else Conflict)."""
        item = {**_key(change_id), "body": fingerprint, "created_at": now.isoformat()}
        tx.add(Put(self._table, item, F("pk").does_not_exist()))
