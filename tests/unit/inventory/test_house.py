from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from inventory_fakes import make_asset

from services.inventory.admin.house import house_of
from services.inventory.catalogue.domain import StockLevel
from services.inventory.catalogue.listings import market_of
from tests.market_fakes import listing


def test_the_positions_are_valued_and_summed_and_the_most_valuable_come_first() -> None:
    assets = [replace(make_asset(asset_id), price=Decimal(price)) for asset_id, price in (("A", "2"), ("B", "0.5"))]
    levels = {
        "A": StockLevel(Decimal("1.005"), Decimal("100.10"), Decimal("0.11")),
        "B": StockLevel(Decimal(5), Decimal(50), Decimal("0.05")),
    }
    sold_out = make_asset("C")
    market = market_of(None, is_halted=False, is_stale=True)
    house = house_of(map(listing, [*assets, sold_out]), levels, market)
    assert [(one.asset_id, one.value) for one in house.positions] == [
        ("B", Decimal("2.50")),
        ("A", Decimal("2.01")),
        ("C", Decimal(0)),
    ]
    assert (house.exposure, house.turnover, house.fees) == (Decimal("4.51"), Decimal("150.10"), Decimal("0.16"))
