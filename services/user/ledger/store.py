"""Accounts, holdings and entries in the users table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.operations import Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.common.unit_of_work import UnitOfWork
from services.user.ledger.domain import Account, Day, Effect, Entry, Holding, Kind, Posting
from services.user.ledger.ports import EntryExists
from services.user.schema import LEDGER_INDEX

_HOLDING = "HOLDING#"


class LedgerStore:
    """The ledger in DynamoDB. All reads are consistent."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    def open(self, tx: UnitOfWork, user_id: str, now: datetime) -> None:
        """Adds an empty account, on the condition that the user has none (else Conflict)."""
        item = {
            **_key(user_id, "ACCOUNT"), "available": 0, "held": 0, "version": 0, "day": "",
            "deposited": 0, "withdrawn": 0, "updated_at": now.isoformat(),
        }  # fmt: skip
        tx.add(Put(self._table, item, F("pk").does_not_exist()))

    async def account(self, user_id: str) -> Account | None:
        """Returns the account, None if it does not exist."""
        item = await dynamo.get(self._client, self._table, _key(user_id, "ACCOUNT"))
        return _account(item) if item else None

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        """Returns the holding, an empty one if the user never had the asset."""
        item = await dynamo.get(self._client, self._table, _key(user_id, _HOLDING + asset_id))
        return _holding(item) if item else Holding(asset_id)

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        """Returns the outcome of an effect, None while it has none."""
        item = await dynamo.get(self._client, self._table, _key(user_id, f"ENTRY#{effect_id}"))
        return _entry(item) if item else None

    async def entries(self, user_id: str, cursor: int | None, size: int) -> tuple[list[Entry], int | None]:
        """Returns a page of the posted entries, newest first, and the cursor of the next page."""
        key = HashKey("pk", f"USER#{user_id}")
        condition = key if cursor is None else key & RangeKey("seq").lt(cursor)
        page = await self._client.query_single_page(
            self._table, condition, index=LEDGER_INDEX, scan_forward=False, limit=size, consistent_read=True
        )
        entries = [_entry(item) for item in page.items]
        return entries, entries[-1].seq if page.last_evaluated_key and entries else None

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[Holding], str | None]:
        """Returns a page of the holdings above 0, by asset id, and the cursor of the next page."""
        start = _key(user_id, _HOLDING + cursor) if cursor else None
        holdings: list[Holding] = []
        while True:
            page = await self._client.query_single_page(
                self._table,
                HashKey("pk", f"USER#{user_id}") & RangeKey("sk").begins_with(_HOLDING),
                start_key=start,
                filter_expression=F("quantity").gt(ZERO),  # a holding that was sold keeps its item, for the version
                limit=size - len(holdings),
                consistent_read=True,
            )
            holdings += [_holding(item) for item in page.items]
            start = page.last_evaluated_key
            if start is None or len(holdings) == size:
                return holdings, holdings[-1].asset_id if start and holdings else None

    def post(self, tx: UnitOfWork, user_id: str, entry: Entry, posting: Posting) -> None:
        """Adds an entry, and the account and the holding that follow from it.

        The commit raises EntryExists if the effect has an outcome, Conflict if the account or the holding has changed.
        """
        tx.add(self._put(user_id, entry), EntryExists)
        tx.add(self._account_update(user_id, posting.account))
        if posting.holding is not None:
            tx.add(self._holding_update(user_id, posting.holding))

    def refuse(self, tx: UnitOfWork, user_id: str, entry: Entry) -> None:
        """Adds a refused entry. The commit raises EntryExists if the effect has an outcome."""
        tx.add(self._put(user_id, entry), EntryExists)

    def _put(self, user_id: str, entry: Entry) -> Put:
        return Put(self._table, _entry_item(user_id, entry), F("pk").does_not_exist())

    def _account_update(self, user_id: str, account: Account) -> Update:
        day, *others = account.days or (Day(""),)
        return Update(
            self._table,
            _key(user_id, "ACCOUNT"),
            F("available").set(account.available)
            & F("version").set(account.version)
            & F("day").set(day.date)
            & F("deposited").set(day.deposited)
            & F("withdrawn").set(day.withdrawn)
            & F("other_days").set([[other.date, other.deposited, other.withdrawn] for other in others])
            & F("updated_at").set(account.updated_at.isoformat()),
            F("version").equals(account.version - 1),
        )

    def _holding_update(self, user_id: str, holding: Holding) -> Update:
        unchanged = F("version").equals(holding.version - 1)
        return Update(
            self._table,
            _key(user_id, _HOLDING + holding.asset_id),
            F("quantity").set(holding.quantity)
            & F("held").set(holding.held)
            & F("cost").set(holding.cost)
            & F("version").set(holding.version),
            unchanged if holding.version > 1 else F("pk").does_not_exist(),
        )


def _key(user_id: str, sk: str) -> Item:
    return {"pk": f"USER#{user_id}", "sk": sk}


def _account(item: dict[str, Any]) -> Account:
    return Account(
        available=item["available"],
        held=item["held"],
        version=int(item["version"]),
        days=(
            *([Day(item["day"], item["deposited"], item["withdrawn"])] if item["day"] else ()),
            *(Day(*other) for other in item.get("other_days", ())),
        ),
        updated_at=datetime.fromisoformat(item["updated_at"]),
    )


def _holding(item: dict[str, Any]) -> Holding:
    return Holding(
        asset_id=item["sk"].removeprefix(_HOLDING),
        quantity=item["quantity"],
        held=item["held"],
        cost=item["cost"],
        version=int(item["version"]),
    )


def _entry_item(user_id: str, entry: Entry) -> Item:
    effect = entry.effect
    item: dict[str, Any] = {
        **_key(user_id, f"ENTRY#{effect.effect_id}"),
        "body": effect.fingerprint,
        "kind": effect.kind.value,
        "order_id": effect.order_id,
        "asset_id": effect.asset_id,
        "created_at": entry.created_at.isoformat(),
    }
    if entry.refusal is not None:
        refusal = {"reason": entry.refusal.reason, "message": entry.refusal.message, "metadata": entry.refusal.metadata}
        return {**item, "refusal": refusal}
    return {
        **item,
        "seq": entry.seq,
        "amount": entry.amount,
        "balance_after": entry.balance_after,
        "quantity": entry.quantity,
    }


def _entry(item: dict[str, Any]) -> Entry:
    effect = Effect(
        effect_id=item["sk"].removeprefix("ENTRY#"),
        fingerprint=item["body"],
        kind=Kind(item["kind"]),
        order_id=item["order_id"],
        asset_id=item["asset_id"],
    )
    created_at = datetime.fromisoformat(item["created_at"])
    refusal = item.get("refusal")
    if refusal is not None:
        error = FailedPrecondition(refusal["reason"], refusal["message"], **refusal["metadata"])
        return Entry(effect=effect, created_at=created_at, refusal=error)
    return Entry(
        effect=effect,
        created_at=created_at,
        seq=int(item["seq"]),
        amount=item["amount"],
        balance_after=item["balance_after"],
        quantity=item["quantity"],
    )
