"""The items of orders: what is not used adds no attribute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.order.domain import Order
from services.order.items import item_of, order_of
from services.order.ticket import Quote, Side, Ticket
from services.prices.frame import Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = "f5c36070-81d8-5092-9248-2b6ea84073ce"
PLAIN = Order.accepted(
    Ticket("u-1", Side.BUY, "BTC", Decimal("0.50"), request_id="r"), Quote("BTC", Decimal(100)), NOON
)
# As it was stored before there were fees, sequences of prices, amounts and positions.
ITEM = {
    "pk": "USER#u-1",
    "sk": f"ORDER#{ID}",
    "order_id": ID,
    "user_id": "u-1",
    "side": "BUY",
    "asset_id": "BTC",
    "quantity": Decimal("0.50"),
    "price": Decimal(100),
    "limit_price": None,
    "amount": Decimal("50.00"),
    "request_id": "r",
    "body": "b348e49eb8696e346e27d69c59f3c1f4",  # pragma: allowlist secret
    "created_at": "2026-03-01T12:00:00+00:00",
    "updated_at": "2026-03-01T12:00:00+00:00",
    "state": "PENDING",
    "failure_reason": "",
    "failure_message": "",
    "failure_facts": {},
    "version": 1,
    "created_key": f"2026-03-01T12:00:00.000000+00:00#{ID}",
    "asset_key": f"BTC#2026-03-01T12:00:00.000000+00:00#{ID}",
    "pending_shard": 6,
    "due_at": "2026-03-01T12:00:08+00:00",
}


def test_an_order_that_uses_nothing_new_has_the_item_of_old() -> None:
    assert item_of(PLAIN) == ITEM
    assert order_of(ITEM) == PLAIN


@pytest.mark.parametrize(
    ("changes", "added"),
    [
        ({"fee": Decimal("0.05")}, {"fee": Decimal("0.05")}),
        ({"quote_amount": Decimal(50)}, {"quote_amount": Decimal(50)}),
        ({"sell_all": True}, {"sell_all": True}),
        ({"price_seq": 2**33 + 7}, {"price_seq": 2**33 + 7}),
        ({"price_source": Source.SIMULATED}, {"price_source": "SIMULATED"}),
    ],
    ids=["fee", "amount", "all", "sequence", "source"],
)
def test_what_an_order_uses_is_an_attribute_and_reads_back(changes: dict[str, Any], added: dict[str, Any]) -> None:
    order = replace(PLAIN, **changes)
    assert item_of(order) == {**ITEM, **added}
    assert order_of(item_of(order)) == order
