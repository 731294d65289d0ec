from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from inventory_fakes import make_asset

from services.common.rpc.errors import InvalidArgument
from services.inventory.catalogue.domain import asset_exists, asset_not_found
from services.prices.frame import Status

BITCOIN = make_asset()


def test_an_error_says_what_to_do() -> None:
    missing, exists = asset_not_found("BTC"), asset_exists("BTC")
    assert (missing.reason, missing.metadata) == ("ASSET_NOT_FOUND", {"asset_id": "BTC"})
    assert missing.message == "asset BTC does not exist; list the assets to find its id"
    assert (exists.reason, exists.message) == ("ASSET_EXISTS", "asset BTC exists already; update it instead")


def test_a_change_keeps_the_other_fields_and_is_later_than_the_previous_one() -> None:
    noon = BITCOIN.updated_at
    assert BITCOIN.changed({"price": Decimal(1)}, noon + timedelta(1)) == replace(
        BITCOIN, price=Decimal(1), updated_at=noon + timedelta(1), priced_at=noon + timedelta(1)
    )
    assert BITCOIN.changed({"name": "x"}, noon + timedelta(1)).priced_at == noon
    for now in (noon, noon - timedelta(hours=1)):
        assert BITCOIN.changed({}, now).updated_at == noon + timedelta(microseconds=1)


def test_the_status_of_an_inactive_asset_is_halted_whatever_an_admin_has_set() -> None:
    for status in Status:
        asset = replace(BITCOIN, trading_status=status)
        assert asset.status is status
        assert replace(asset, is_active=False).status is Status.HALTED


def test_values_that_do_not_fit_together_are_refused() -> None:
    BITCOIN.check()
    replace(BITCOIN, order_value_max=BITCOIN.order_value_min).check()
    with pytest.raises(InvalidArgument, match="order_value_max"):
        replace(BITCOIN, order_value_min=Decimal(1_000_001)).check()
    with pytest.raises(InvalidArgument, match="max_supply"):
        replace(BITCOIN, max_supply=Decimal(1)).check()
