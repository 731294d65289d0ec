"""What admins request, and the changes that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from services.common import ids


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an asset. The id is derived from the request; `fingerprint` tells a replay from another change."""

    change_id: str
    asset_id: str
    actor_id: str
    request_id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Which admin requests a change of which asset, "" for the market, under which idempotency key.

    `ignored` are facts of the request that have no effect any more. They still tell its replay from another request.
    """

    actor_id: str
    request_id: str
    asset_id: str
    ignored: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """What the audit trail calls the object of the change."""
        return f"asset:{self.asset_id}" if self.asset_id else "market:all"

    def change(self, event: str, facts: Mapping[str, str]) -> Change:
        """Returns the change. The key of an admin names one change, of whatever kind and asset."""
        change_id = ids.derive("change", self.actor_id, self.request_id)
        values = (f"{name}={value}" for name, value in sorted({**facts, **self.ignored}.items()))
        fingerprint = ids.fingerprint(self.asset_id, event, *values)
        return Change(change_id, self.asset_id, self.actor_id, self.request_id, fingerprint)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the orders of an asset that an admin gives; None stands for the default."""

    quantity_increment: Decimal | None = None
    price_increment: Decimal | None = None
    order_value_min: Decimal | None = None
    order_value_max: Decimal | None = None

    def given(self) -> dict[str, Decimal]:
        """Returns the rules that are not the default, by name."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class NewAsset:
    """A new asset, as an admin describes it. The price is in dollars per unit."""

    name: str
    description: str
    category: str
    price: Decimal
    circulating_supply: Decimal
    max_supply: Decimal | None
    image: str
    rules: Rules = Rules()

    def values(self) -> dict[str, Any]:
        """Returns the values of the asset by name, without the rules that are the default."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "rules"}
        return {**values, **self.rules.given()}
