"""The orders that are not final, as the recovery sweep finds them, and the quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import Condition, F, HashKey, RangeKey, UpdateExpression
from aiodynamo.models import Select

from services.common.dynamo import client as dynamo
from services.order.domain import GRACE, Order
from services.order.schema import PENDING, QUARANTINE
from services.order.store import key_of, order_of, shard_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that is not final. `failures` counts the tries that failed for a reason that time does not heal."""

    order: Order
    shard: int
    due_at: datetime
    failures: int
    reason: str = ""
    releases: tuple[str, ...] = ()  # what let it out of quarantine so far


class RecoveryStore:
    """Finds candidates by the sparse index, and reads each consistently before anything is decided."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def due(self, shard: int, now: datetime, size: int) -> list[Candidate]:
        """Orders of a shard that are due, the oldest first; at most `size` of them.

        Those too that are due so late that only a clock which is far ahead can have said so: the process with that
        clock may be gone for good.
        """
        due, far = RangeKey("due_at").lte(now.isoformat()), RangeKey("due_at").gt((now + 2 * GRACE).isoformat())
        pages = [await self._page(shard, due, size)]
        pages.append(await self._page(shard, far, max(1, size - len(pages[0]))))
        found = [await self._read(item["pk"], item["sk"]) for page in pages for item in page]
        return [
            one for one in found if one is not None and one.shard == shard and not now < one.due_at <= now + 2 * GRACE
        ]

    async def _page(self, shard: int, due: Condition, size: int) -> list[dict[str, Any]]:
        """Keys of orders of a shard, from the index."""
        page = await self._client.query_single_page(
            self._table,
            HashKey("pending_shard", shard) & due,
            index=PENDING,
            select=Select.all_projected_attributes,
            limit=size,
        )
        return page.items

    async def find(self, user_id: str, order_id: str) -> Candidate | None:
        """The order, when it is not final."""
        key = key_of(user_id, order_id)
        return await self._read(key["pk"], key["sk"])

    async def released(self, user_id: str, order_id: str, release_id: str) -> Order | None:
        """The order as it is now, when this has let it out of quarantine before."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, order_id))
        return order_of(item) if item and release_id in item.get("releases", ()) else None

    async def _read(self, pk: str, sk: str) -> Candidate | None:
        item = await dynamo.get(self._client, self._table, {"pk": pk, "sk": sk})
        return _candidate(item) if item and "pending_shard" in item else None

    async def claim(self, candidate: Candidate, until: datetime) -> bool:
        """Keeps an order from the other sweeps until then; False when another was first.

        It only saves work: nothing depends on one sweep alone having an order.
        """
        return await self._update(candidate, F("due_at").set(until.isoformat()))

    async def count_failure(self, candidate: Candidate, until: datetime) -> bool:
        """Takes note of a try that failed for a reason that time does not heal."""
        failures = candidate.failures + 1
        return await self._update(candidate, F("failures").set(failures) & F("due_at").set(until.isoformat()))

    async def quarantine(self, candidate: Candidate, reason: str, now: datetime) -> bool:
        """Puts an order aside: no sweep finds it any more."""
        return await self._update(
            candidate,
            F("pending_shard").set(QUARANTINE)
            & F("failures").set(candidate.failures + 1)
            & F("quarantine_reason").set(reason)
            & F("due_at").set(now.isoformat()),
        )

    async def release(self, candidate: Candidate, release_id: str, now: datetime) -> bool:
        """Lets an order out of quarantine; it is due at once."""
        return await self._update(
            candidate,
            F("pending_shard").set(shard_of(candidate.order.order_id))
            & F("failures").set(0)
            & F("releases").set([*candidate.releases, release_id])
            & F("quarantine_reason").remove()
            & F("due_at").set(now.isoformat()),
        )

    async def quarantined(
        self, before: dict[str, str] | None, size: int
    ) -> tuple[list[Candidate], dict[str, str] | None]:
        """A page of the quarantine, what was put aside last first; and where the next page starts."""
        start: dict[str, Any] | None = {**before, "pending_shard": QUARANTINE} if before else None
        page = await self._client.query_single_page(
            self._table,
            HashKey("pending_shard", QUARANTINE),
            index=PENDING,
            select=Select.all_projected_attributes,
            scan_forward=False,
            start_key=start,
            limit=size,
        )
        found = [await self._read(item["pk"], item["sk"]) for item in page.items]
        last = page.last_evaluated_key
        rest = {name: str(last[name]) for name in ("pk", "sk", "due_at")} if last else None
        return [one for one in found if one is not None and one.shard == QUARANTINE], rest

    async def _update(self, candidate: Candidate, change: UpdateExpression) -> bool:
        order = candidate.order
        unchanged: Condition = F("due_at").equals(candidate.due_at.isoformat()) & F("version").equals(order.version)
        try:
            await dynamo.update(
                self._client,
                self._table,
                key_of(order.user_id, order.order_id),
                change,
                unchanged & F("pending_shard").equals(candidate.shard),
            )
        except dynamo.ConditionFailed:
            return False
        return True


def _candidate(item: dict[str, Any]) -> Candidate:
    return Candidate(
        order=order_of(item),
        shard=int(item["pending_shard"]),
        due_at=datetime.fromisoformat(item["due_at"]),
        failures=int(item.get("failures", 0)),
        reason=item.get("quarantine_reason", ""),
        releases=tuple(item.get("releases", ())),
    )
