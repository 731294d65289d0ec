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
from services.user.ledger.domain import Account, Effect, Entry, Holding, Kind, Posting
from services.user.schema import LEDGER_INDEX

_HOLDING = "HOLDING#"


class Stale(Exception):
    """The account or the holding has changed since it was read."""


class EntryExists(Exception):
    """The effect has an outcome already."""


def _key(user_id: str, sk: str) -> Item:
    return {"pk": f"USER#{user_id}", "sk": sk}


class LedgerStore:
    """Every change of an account is one transaction: the immutable entry, the account, the holding."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def account(self, user_id: str) -> Account | None:
        """The account, read consistently."""
        item = await dynamo.get(self._client, self._table, _key(user_id, "ACCOUNT"))
        return _account(item) if item else None

    async def holding(self, user_id: str, asset_id: str) -> Holding:
        """The holding, read consistently; an empty one when there is none."""
        item = await dynamo.get(self._client, self._table, _key(user_id, _HOLDING + asset_id))
        return _holding(item) if item else Holding(asset_id)

    async def entry(self, user_id: str, effect_id: str) -> Entry | None:
        """The outcome of an effect, None while it has none."""
        item = await dynamo.get(self._client, self._table, _key(user_id, f"ENTRY#{effect_id}"))
        return _entry(item) if item else None

    async def post(self, user_id: str, entry: Entry, posting: Posting) -> None:
        """Makes an entry final and the account and the holding what it says, in one transaction.

        Raises EntryExists when the effect has an outcome, Stale when what it changes is not what was read.
        """
        account = posting.account
        operations: list[dynamo.Operation] = [
            Put(self._table, _entry_item(user_id, entry), F("pk").does_not_exist()),
            Update(
                self._table,
                _key(user_id, "ACCOUNT"),
                F("available").set(account.available)
                & F("version").set(account.version)
                & F("day").set(account.day)
                & F("deposited").set(account.deposited)
                & F("withdrawn").set(account.withdrawn)
                & F("updated_at").set(account.updated_at.isoformat()),
                F("version").equals(account.version - 1),
            ),
        ]
        if posting.holding is not None:
            operations.append(self._holding_update(user_id, posting.holding))
        try:
            await dynamo.transact(self._client, operations)
        except dynamo.ConditionFailed as failed:
            raise (EntryExists if 0 in failed.positions else Stale) from None

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

    async def refuse(self, user_id: str, entry: Entry) -> None:
        """Makes a refusal the final outcome of an effect. Raises EntryExists when it has one."""
        try:
            await dynamo.put(self._client, self._table, _entry_item(user_id, entry), F("pk").does_not_exist())
        except dynamo.ConditionFailed:
            raise EntryExists from None

    async def entries(self, user_id: str, before_seq: int | None, size: int) -> tuple[list[Entry], int | None]:
        """A page of the ledger, newest first, from just before `before_seq`; and where the next page starts."""
        key = HashKey("pk", f"USER#{user_id}")
        condition = key if before_seq is None else key & RangeKey("seq").lt(before_seq)
        page = await self._client.query_single_page(
            self._table, condition, index=LEDGER_INDEX, scan_forward=False, limit=size, consistent_read=True
        )
        entries = [_entry(item) for item in page.items]
        return entries, entries[-1].seq if page.last_evaluated_key and entries else None

    async def holdings(self, user_id: str, after_asset: str | None, size: int) -> tuple[list[Holding], str | None]:
        """A page of the holdings by asset, from just after `after_asset`; and where the next page starts."""
        start = _key(user_id, _HOLDING + after_asset) if after_asset else None
        holdings: list[Holding] = []
        while True:
            page = await self._client.query_single_page(
                self._table,
                HashKey("pk", f"USER#{user_id}") & RangeKey("sk").begins_with(_HOLDING),
                start_key=start,
                filter_expression=F("quantity").gt(ZERO),  # what was sold off stays as an item, for its version
                limit=size - len(holdings),
                consistent_read=True,
            )
            holdings += [_holding(item) for item in page.items]
            start = page.last_evaluated_key
            if start is None or len(holdings) == size:
                return holdings, holdings[-1].asset_id if start and holdings else None


def _account(item: dict[str, Any]) -> Account:
    return Account(
        available=item["available"],
        held=item["held"],
        version=int(item["version"]),
        day=item["day"],
        deposited=item["deposited"],
        withdrawn=item["withdrawn"],
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
        "body": effect.body,
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
        body=item["body"],
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
