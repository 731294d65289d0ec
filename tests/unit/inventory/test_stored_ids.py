"""The ids of steps and changes are stored: a replay after an update of the service must find them under the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from services.common import ids
from services.inventory.admin.domain import Change, ChangeRequest, NewAsset
from services.inventory.stock import domain
from services.inventory.stock.domain import Step

ONE = Decimal(1)


@pytest.mark.parametrize(
    ("make", "stored"),
    [
        (lambda: domain.take_step("o-1", "BTC", ONE), Step("a87a494e-7875-5843-8b20-af61ea0b6505", "o-1", "BTC", -ONE)),
        (
            lambda: domain.return_step("o-1", "BTC", ONE),
            Step("842aa0f0-e89a-559d-96df-e5e1800f83aa", "o-1", "BTC", ONE),
        ),
        (
            lambda: domain.restock_step("admin", "r-1", "BTC", ONE),
            Step("8bce10b8-a74c-5fba-b531-c3d0f84aa320", "", "BTC", ONE),
        ),
        (lambda: domain.seed_step("BTC", ONE), Step("ca644f3b-b56b-5536-bfcb-2d8693f55579", "", "BTC", ONE)),
    ],
)
def test_a_step_keeps_its_id(make: Callable[[], Step], stored: Step) -> None:
    assert make() == stored


def test_a_change_by_an_admin_keeps_its_id_and_names_who_asked_for_what() -> None:
    change = ChangeRequest("admin", "r-1", "BTC").change("PRICE", {"to": "2", "from": "1"})
    assert change == Change(
        "45bdbd31-7546-54b3-a25f-3629c2d06d48", "BTC", "admin", "r-1", ids.fingerprint("BTC", "PRICE", "from=1", "to=2")
    )


def test_another_asset_event_or_fact_is_another_change_under_the_same_key() -> None:
    of_bitcoin, of_ether = ChangeRequest("admin", "r-1", "BTC"), ChangeRequest("admin", "r-1", "ETH")
    changes = [
        of_bitcoin.change("PRICE", {"to": "2"}),
        of_bitcoin.change("ACTIVE", {"to": "2"}),
        of_bitcoin.change("PRICE", {"to": "3"}),
        of_ether.change("PRICE", {"to": "2"}),
    ]
    assert len({change.change_id for change in changes}) == 1
    assert len({change.fingerprint for change in changes}) == 4


def test_a_request_from_before_the_rules_has_the_same_fingerprint() -> None:
    facts = {"name": "Ether", "description": "", "category": "layer-1", "price": "3500.5", "circulating_supply": "120"}
    facts |= {"max_supply": "", "image": ""}
    replayed = ChangeRequest("admin", "r-1", "ETH", {"market_cap_rank": "2"}).change("ASSET_CREATED", facts)
    before = ("category=layer-1", "circulating_supply=120", "description=", "image=", "market_cap_rank=2")
    before += ("max_supply=", "name=Ether", "price=3500.5")
    assert replayed.fingerprint == ids.fingerprint("ETH", "ASSET_CREATED", *before)
    new = NewAsset("Ether", "", "layer-1", Decimal("3500.5"), Decimal(120), None, "")
    assert new.values().keys() == facts.keys(), "rules that are not given are no facts"


@pytest.mark.parametrize(("quantity", "shards"), [("1", 3), ("0.00000002", 4), ("999999999999.99999999", 7)])
def test_no_part_of_a_spread_quantity_is_rounded_up_or_loses_digits(quantity: str, shards: int) -> None:
    first, *others = domain.spread(Decimal(quantity), shards)
    assert sum((first, *others), Decimal(0)) == Decimal(quantity)
    assert all(0 <= part <= first for part in others)
    assert max((first, *others)) - min((first, *others)) < shards * Decimal("0.00000001")


def test_a_refusal_of_the_stock_says_what_to_do() -> None:
    step = domain.take_step("o-1", "BTC", Decimal("1.50"))
    refusal = domain.out_of_stock(step)
    assert (refusal.reason, refusal.metadata["needed"]) == ("OUT_OF_STOCK", "1.5")
    assert refusal.message == "less than 1.5 BTC is in stock; order a smaller quantity"
    refusal = domain.voided(step)
    assert (refusal.reason, refusal.metadata) == ("STOCK_VOIDED", {"order_id": "o-1"})
    assert refusal.message == "the order was undone before it took stock; create a new order"
