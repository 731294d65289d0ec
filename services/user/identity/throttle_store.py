"""What was tried on accounts and from addresses, in the users table: it outlives restarts and is one for all replicas.

The keys are digests, so that a name which has no account looks like one that has.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.dynamo.client import Operation
from services.user.identity.guesses import Account, Budget, Payer, Tries
from services.user.schema import TTL

_NOTHING_KNOWN_SECONDS = 2 * 24 * 3600  # by then all tries have come back
_KNOWN_SECONDS = 180 * 24 * 3600


class Changed(Exception):
    """Somebody else has changed it since it was read."""


def _account_key(account: str) -> Item:
    return {"pk": f"GUESSES#{account}", "sk": "NAME"}


def _address_key(address: str) -> Item:
    return {"pk": f"GUESSES#{address}", "sk": "ADDRESS"}


class ThrottleStore:
    """Reads and writes tries."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def account(self, account: str) -> Account:
        """What was tried on an account; nothing when there is no item."""
        item = await dynamo.get(self._client, self._table, _account_key(account))
        return _account(item) if item else Account()

    async def replace(self, account: str, after: Account, now_ms: int) -> None:
        """Writes what follows from the version that was read. Raises Changed when that is not the last any more."""
        keep_seconds = _KNOWN_SECONDS if after.known else _NOTHING_KNOWN_SECONDS
        item = {**_account_key(account), **_account_item(after), TTL: now_ms // 1000 + keep_seconds}
        unchanged = F("version").equals(after.version - 1) if after.version > 1 else F("pk").does_not_exist()
        try:
            await dynamo.put(self._client, self._table, item, unchanged)
        except dynamo.ConditionFailed:
            raise Changed from None

    async def note(self, account: str, record: Sequence[Operation]) -> None:
        """Writes the record of a refusal, unless there is one since the last try was counted.

        Not under a new version: whoever is about to count a try need not read again.
        """
        unnoted = F("noted").equals(False)
        change = Update(self._table, _account_key(account), F("noted").set(True), unnoted)
        with suppress(dynamo.ConditionFailed):
            await dynamo.transact(self._client, [change, *record])

    async def address(self, address: str) -> Tries:
        """What failed from an address."""
        item = await dynamo.get(self._client, self._table, _address_key(address))
        return _tries(item) if item else Tries()

    async def charge_address(self, address: str, budget: Budget, now_ms: int) -> None:
        """Adds a failure to an address. Needs no version: many fail at once behind one address."""
        spent = F("spent_until_ms")
        first = spent.set(now_ms + budget.period_ms), spent.does_not_exist() | spent.lt(now_ms)
        further = spent.add(budget.period_ms), spent.gte(now_ms)
        rest = F("last_ms").set(now_ms) & F(TTL).set(now_ms // 1000 + _NOTHING_KNOWN_SECONDS)
        for change, condition in (first, further):  # what was spent once stays spent at this time
            with suppress(dynamo.ConditionFailed):
                await dynamo.update(self._client, self._table, _address_key(address), change & rest, condition)
                return


def _account_item(account: Account) -> Item:
    return {
        **{payer.value: _tries_item(getattr(account, payer)) for payer in Payer},
        "known": list(account.known),
        "places": [{"place": place, **_tries_item(tries)} for place, tries in account.places.items()],
        "version": account.version,
        "noted": account.noted,
    }


def _account(item: dict[str, Any]) -> Account:
    """Also of an item from before there were places: what was tried stays counted, and who is known stays known."""
    known = (one if isinstance(one, str) else one["address"] for one in item["known"])
    return Account(
        **{payer.value: _tries(item[payer]) for payer in Payer if payer in item},
        known=tuple(known),
        places={one["place"]: _tries(one) for one in item.get("places", ())},
        version=int(item["version"]),
        noted=item.get("noted", True),
    )


def _tries_item(tries: Tries) -> Item:
    return {"spent_until_ms": tries.spent_until_ms, "last_ms": tries.last_ms}


def _tries(item: dict[str, Any]) -> Tries:
    return Tries(int(item["spent_until_ms"]), int(item["last_ms"]))
