"""The lease of the publisher, and its frame while Redis is away: one item of the inventory table.

Three rules keep prices from going back, whoever is paused, killed or cut off:
1. Only the server process that the item names as `server` may hold a head that readers believe.
2. While the item holds a frame, no server may: `server` is empty.
3. `server` is changed only when the head that the old one may hold has expired for certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from aiodynamo.client import Client
from aiodynamo.errors import ItemNotFound
from aiodynamo.expressions import F
from aiodynamo.operations import Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import ConditionFailed
from services.prices.frame import unpack
from services.prices.ports import TableFrame

_SEQ_BITS = 32  # a sequence number is the epoch of its publisher, then the number of the frame
_KEY = {"pk": "PRICES", "sk": "LEASE"}


def first_seq(epoch: int) -> int:
    """Returns a number below those of all frames of an epoch."""
    return epoch << _SEQ_BITS


def epoch_of(seq: int) -> int:
    """Returns the epoch of a sequence number."""
    return seq >> _SEQ_BITS


class LeaseChanged(Exception):
    """The item is not what it was when it was read."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The state of the lease. `renewal` rises with every write; without an owner, the lease is free.

    `frame` is serialized, and empty while Redis has the frames. `as_of` is the time of the market when this was
    written; frames may have followed.
    """

    owner: str = ""
    epoch: int = 0
    renewal: int = 0
    server: str = ""
    frame: bytes = b""
    as_of: datetime | None = None


class LeaseStore:
    """Reads and writes the lease."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def read(self, *, consistent: bool) -> Lease:
        """Returns the lease; a free one before the first publisher."""
        try:
            item = await self._client.get_item(self._table, _KEY, consistent_read=consistent)
        except ItemNotFound:
            return Lease()
        return _lease(item)

    async def write(self, before: Lease, after: Lease) -> None:
        """Replaces the lease. Raises LeaseChanged if it is not what it was `before`."""
        unchanged = F("renewal").equals(Decimal(before.renewal)) if before.renewal else F("pk").does_not_exist()
        try:
            await dynamo.write(self._client, [Put(self._table, _item(after), unchanged)])
        except ConditionFailed:
            raise LeaseChanged from None

    async def latest(self) -> TableFrame:
        """Returns the frame, and the first number of the current publisher. The read is consistent."""
        lease = await self.read(consistent=True)
        return TableFrame(unpack(lease.frame) if lease.frame else None, first_seq(lease.epoch))


def _item(lease: Lease) -> Item:
    item = {
        **_KEY,
        "owner": lease.owner,
        "epoch": Decimal(lease.epoch),
        "renewal": Decimal(lease.renewal),
        "server": lease.server,
    }
    if lease.as_of is not None:
        item["as_of"] = lease.as_of.isoformat()
    return {**item, "frame": lease.frame} if lease.frame else item


def _lease(item: Item) -> Lease:
    return Lease(
        owner=item["owner"],
        epoch=int(item["epoch"]),
        renewal=int(item["renewal"]),
        server=item["server"],
        frame=bytes(item.get("frame", b"")),
        as_of=datetime.fromisoformat(item["as_of"]) if "as_of" in item else None,
    )
