"""Assets for tests of the market."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from services.inventory.catalogue.domain import Asset

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def asset(asset_id: str, **changes: Any) -> Asset:
    """Returns an asset with some values of its own."""
    plain = Asset(
        asset_id=asset_id,
        name=asset_id,
        description="",
        category="layer-1",
        price=Decimal(100),
        priced_at=_NOON,
        circulating_supply=Decimal(1),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=_NOON,
        available=Decimal(1),
    )
    return replace(plain, **changes)
