"""Accounts, holdings and entries as items of the users table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiodynamo.types import Item

from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.user.ledger.account import Account, Day
from services.user.ledger.domain import Effect, Entry, Holding
from services.user.ledger.lines import CHAPTER_SIZE, Kind

CHAPTER = "CHAPTER#"
ENTRY = "ENTRY#"
HOLDING = "HOLDING#"


def key_of(user_id: str, sk: str) -> Item:
    """Returns the key of an item of a user."""
    return {"pk": f"USER#{user_id}", "sk": sk}


def entry_key(user_id: str, effect_id: str) -> Item:
    """Returns the key of an entry."""
    return key_of(user_id, f"{ENTRY}{effect_id}")


def chapter_key(user_id: str, number: int) -> Item:
    """Returns the key of a chapter of the ledger; the numbers begin at 0."""
    return key_of(user_id, f"{CHAPTER}{number:015}")


def item_of_chapter(user_id: str, account: Account) -> Item:
    """Returns the item of the chapter that the last entry of an account has completed."""
    return {**chapter_key(user_id, account.version // CHAPTER_SIZE - 1), "lines": account.lines}


def account_of(item: dict[str, Any]) -> Account:
    """Returns the account of an item."""
    return Account(
        available=item["available"],
        held=item["held"],
        version=int(item["version"]),
        days=(
            *([Day(item["day"], item["deposited"], item["withdrawn"])] if item["day"] else ()),
            *(Day(*other) for other in item.get("other_days", ())),
        ),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        lines=bytes(item["lines"]),
    )


def item_of_account(account: Account) -> Item:
    """Returns the attributes of an account's item, without its key."""
    day, *others = account.days or (Day(""),)
    return {
        "available": account.available,
        "held": account.held,
        "version": account.version,
        "day": day.date,
        "deposited": day.deposited,
        "withdrawn": day.withdrawn,
        "other_days": [[other.date, other.deposited, other.withdrawn] for other in others],
        "updated_at": account.updated_at.isoformat(),
        "lines": account.lines,
    }


def item_of_holding(holding: Holding) -> Item:
    """Returns the attributes of a holding's item, without its key."""
    return {
        "quantity": holding.quantity,
        "held": holding.held,
        "cost": holding.cost,
        "version": holding.version,
    }


def holding_of(item: dict[str, Any]) -> Holding:
    """Returns the holding of an item."""
    return Holding(
        asset_id=item["sk"].removeprefix(HOLDING),
        quantity=item["quantity"],
        held=item["held"],
        cost=item["cost"],
        version=int(item["version"]),
    )


def item_of_entry(user_id: str, entry: Entry) -> Item:
    """Returns the item of an entry."""
    effect = entry.effect
    item: dict[str, Any] = {
        **entry_key(user_id, effect.effect_id),
        "body": effect.fingerprint,
        "kind": effect.kind.value,
        "order_id": effect.order_id,
        "asset_id": effect.asset_id,
        "created_at": entry.created_at.isoformat(),
    }
    if entry.refusal is not None:
        refusal = {"reason": entry.refusal.reason, "message": entry.refusal.message, "metadata": entry.refusal.metadata}
        return {**item, "refusal": refusal}
    fee = {"fee": entry.fee} if entry.fee else {}
    return {
        **item,
        "seq": entry.seq,
        "amount": entry.amount,
        "balance_after": entry.balance_after,
        "quantity": entry.quantity,
        **fee,
    }


def entry_of(item: dict[str, Any]) -> Entry:
    """Returns the entry of an item."""
    effect = Effect(
        effect_id=item["sk"].removeprefix(ENTRY),
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
        fee=item.get("fee", ZERO),
    )
