"""Login attempts in the users table, where they outlive restarts and are the same for all replicas.

Accounts and addresses are keyed by digests, so that a name without an account looks like one with an account. Items and
their attributes keep the names that they were first stored under.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import ConditionFailed, UnitOfWork
from services.user.identity.login_attempts.budgets import Bucket, Budget
from services.user.identity.login_attempts.domain import AttemptHistory, Payer
from services.user.schema import TTL

_UNKNOWN_SECONDS = 2 * 24 * 3600  # by then all attempts have come back
_KNOWN_SECONDS = 180 * 24 * 3600  # if addresses of the owner are known


def _account_key(account: str) -> Item:
    return {"pk": f"GUESSES#{account}", "sk": "NAME"}


def _address_key(address: str) -> Item:
    return {"pk": f"GUESSES#{address}", "sk": "ADDRESS"}


class AttemptStore:
    """Reads and writes login attempts. `account` and `address` are digests."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def history(self, account: str) -> AttemptHistory:
        """Returns the attempts on an account, read consistently; an empty history if there is none."""
        item = await dynamo.get(self._client, self._table, _account_key(account))
        return _history(item) if item else AttemptHistory()

    def replace(self, tx: UnitOfWork, account: str, after: AttemptHistory, now_ms: int) -> None:
        """Writes the next version of a history, on the condition that the table holds the version before."""
        keep_seconds = _KNOWN_SECONDS if after.known_addresses else _UNKNOWN_SECONDS
        item = {**_account_key(account), **_history_item(after), TTL: now_ms // 1000 + keep_seconds}
        unchanged = F("version").equals(after.version - 1) if after.version > 1 else F("pk").does_not_exist()
        tx.add(Put(self._table, item, unchanged))

    def mark_refusal_recorded(self, tx: UnitOfWork, account: str) -> None:
        """Marks that a refusal is recorded, on the condition that none is since the last counted attempt.

        Keeps the version: an attempt that is about to be counted does not conflict with it.
        """
        unrecorded = F("noted").equals(False)
        tx.add(Update(self._table, _account_key(account), F("noted").set(True), unrecorded))

    async def bucket(self, address: str) -> Bucket:
        """Returns what is spent of the budget of an address."""
        item = await dynamo.get(self._client, self._table, _address_key(address))
        return _bucket(item) if item else Bucket()

    async def charge(self, address: str, budget: Budget, now_ms: int) -> None:
        """Charges an address for a wrong password. Has no version: many fail at once at one address."""
        key, spent = _address_key(address), F("spent_until_ms")
        first = spent.set(now_ms + budget.period_ms), spent.does_not_exist() | spent.lt(now_ms)
        further = spent.add(budget.period_ms), spent.gte(now_ms)
        common = F("last_ms").set(now_ms) & F(TTL).set(now_ms // 1000 + _UNKNOWN_SECONDS)
        for change, condition in (first, further):  # if the first is refused, the second holds, and stays so
            with suppress(ConditionFailed):
                await dynamo.write(self._client, [Update(self._table, key, change & common, condition)])
                return


def _history_item(history: AttemptHistory) -> Item:
    return {
        **{payer.value: _bucket_item(getattr(history, payer)) for payer in Payer},
        "known": list(history.known_addresses),
        "places": [{"place": place, **_bucket_item(pace)} for place, pace in history.places.items()],
        "version": history.version,
        "noted": history.refusal_recorded,
    }


def _history(item: dict[str, Any]) -> AttemptHistory:
    """Also reads items of earlier versions: without places, and with more about each known address."""
    known = (one if isinstance(one, str) else one["address"] for one in item["known"])
    return AttemptHistory(
        **{payer.value: _bucket(item[payer]) for payer in Payer if payer in item},
        known_addresses=tuple(known),
        places={one["place"]: _bucket(one) for one in item.get("places", ())},
        version=int(item["version"]),
        refusal_recorded=item.get("noted", True),
    )


def _bucket_item(bucket: Bucket) -> Item:
    return {"spent_until_ms": bucket.spent_until_ms, "last_ms": bucket.last_ms}


def _bucket(item: dict[str, Any]) -> Bucket:
    return Bucket(int(item["spent_until_ms"]), int(item["last_ms"]))
