"""What admins request, and the changes that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

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
    """Which admin requests a change of which asset, under which idempotency key."""

    actor_id: str
    request_id: str
    asset_id: str

    def change(self, event: str, facts: Mapping[str, str]) -> Change:
        """Returns the change. The key of an admin names one change, of whatever kind and asset."""
        change_id = ids.derive("change", self.actor_id, self.request_id)
        values = (f"{name}={value}" for name, value in sorted(facts.items()))
        fingerprint = ids.fingerprint(self.asset_id, event, *values)
        return Change(change_id, self.asset_id, self.actor_id, self.request_id, fingerprint)


@dataclass(frozen=True, slots=True)
class NewAsset:
    """A new asset, as an admin describes it. The price is in dollars per unit."""

    name: str
    description: str
    category: str
    price: Decimal
    market_cap_rank: int
    circulating_supply: Decimal
    max_supply: Decimal | None
    image: str
