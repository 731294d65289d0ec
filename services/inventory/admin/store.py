"""The changes that admins made, in the inventory table."""

from __future__ import annotations

from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import UnitOfWork
from services.inventory.admin.domain import Change
from services.inventory.admin.ports import ChangeExists


class ChangeStore:
    """Reads and writes changes. A change is stored together with its effect."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def fingerprint(self, change_id: str) -> str | None:
        """Returns the fingerprint of a change, None if it was not made. The read is consistent."""
        item = await dynamo.get(self._client, self._table, _key(change_id))
        return str(item["body"]) if item else None

    def add(self, tx: UnitOfWork, change: Change, now: datetime) -> None:
        """Adds a change. The commit raises ChangeExists if there is one with the same id."""
        item = {
            **_key(change.change_id),
            "asset_id": change.asset_id,
            "actor_id": change.actor_id,
            "request_id": change.request_id,
            "body": change.fingerprint,
            "created_at": now.isoformat(),
        }
        tx.add(Put(self._table, item, F("pk").does_not_exist()), ChangeExists)


def _key(change_id: str) -> Item:
    return {"pk": f"CHANGE#{change_id}", "sk": "CHANGE"}
