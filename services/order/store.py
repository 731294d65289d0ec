"""Orders in DynamoDB. An order is one item, so every change of it is one conditional write."""

from __future__ import annotations

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.operations import Put, Update

from services.common.dynamo import client as dynamo
from services.common.dynamo.updates import set_all
from services.common.unit_of_work import ConditionFailed
from services.order.domain import Order, OrderFilter
from services.order.items import item_of, key_of, order_of, position_of, positions
from services.order.schema import BY_ASSET, BY_CREATED

_CHUNK_SIZE = 200  # items that one query reads while it looks for matches
_SCANNED_MAX = 1_000  # items that one page reads while it looks for matches


async def try_write(client: Client, change: Put | Update) -> bool:
    """Makes a change. Returns False if its condition does not hold."""
    try:
        await dynamo.write(client, [change])
    except ConditionFailed:
        return False
    return True


class OrderStore:
    """Reads and writes orders."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def add(self, order: Order) -> bool:
        """Adds an order. Returns False if there is one with its id."""
        return await try_write(self._client, Put(self._table, item_of(order), F("pk").does_not_exist()))

    async def get(self, user_id: str, order_id: str) -> Order | None:
        """Returns an order, read consistently; None if there is none."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, order_id))
        return order_of(item) if item else None

    async def move(self, before: Order, after: Order) -> bool:
        """Writes the next state of an order. Returns False if its state is no longer `before`."""
        update = set_all(
            {
                "state": after.status.value,
                "version": after.version,
                "updated_at": after.updated_at.isoformat(),
                "failure_reason": after.failure_reason,
                "failure_message": after.failure_message,
                "failure_facts": dict(after.failure_facts),
            }
        )
        if after.is_final:
            update &= F("pending_shard").remove() & F("due_at").remove()
        unchanged = F("state").equals(before.status.value) & F("version").equals(before.version)
        key = key_of(before.user_id, before.order_id)
        return await try_write(self._client, Update(self._table, key, update, unchanged))

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        """Returns a page of a user's orders, newest first, and the cursor of the next page.

        A page that is not the last may be short: it reads at most 1,000 orders in search of matches.
        """
        index, attribute = (BY_ASSET, "asset_key") if wanted.asset_id else (BY_CREATED, "created_key")
        prefix = f"{wanted.asset_id}#" if wanted.asset_id else ""
        first, last = (prefix + position for position in positions(wanted))
        selected = HashKey("pk", f"USER#{user_id}") & RangeKey(attribute).between(first, last)
        found: list[Order] = []
        scanned = 0
        while True:
            start = {**key_of(user_id, cursor.partition("#")[2]), attribute: prefix + cursor} if cursor else None
            page = await self._client.query_single_page(
                self._table,
                selected,
                index=index,
                scan_forward=False,
                start_key=start,
                limit=_CHUNK_SIZE if wanted.status or wanted.side else size,
                consistent_read=True,
            )
            found += [order for order in map(order_of, page.items) if _matches(order, wanted)]
            scanned += _CHUNK_SIZE
            if len(found) > size:
                return found[:size], position_of(found[size - 1])
            if page.last_evaluated_key is None:
                return found, None
            cursor = str(page.last_evaluated_key[attribute]).removeprefix(prefix)
            if len(found) == size or scanned >= _SCANNED_MAX:
                return found, cursor


def _matches(order: Order, wanted: OrderFilter) -> bool:
    """Whether an order is selected by what no index has."""
    return wanted.status in {None, order.status} and wanted.side in {None, order.side}
