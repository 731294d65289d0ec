from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Order, Status
from services.order.ticket import Quote, Side, Ticket
from services.prices.frame import Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
OUT_OF_STOCK = FailedPrecondition("OUT_OF_STOCK", "none left")


def ticket(side: Side = Side.BUY, quantity: str = "1", **changes: Any) -> Ticket:
    given_prices = {name: Decimal(value) for name, value in changes.items() if name != "request_id"}
    return Ticket("u-1", side, "BTC", Decimal(quantity), request_id=changes.get("request_id", "r-1"), **given_prices)


def quote(price: str = "100", *, is_active: bool = True) -> Quote:
    return Quote("BTC", Decimal(price), is_active)


@pytest.mark.parametrize(("side", "amount"), [(Side.BUY, "4.51"), (Side.SELL, "4.50")])
def test_an_order_locks_the_price_and_the_amount_rounded_in_favour_of_the_house(side: Side, amount: str) -> None:
    order = Order.accepted(ticket(side, quantity="12.505"), quote("0.36"), NOW)  # 4.5018
    assert (order.status, order.price, order.version) == (Status.PENDING, Decimal("0.36"), 1)
    assert str(order.amount) == amount
    assert (order.created_at, order.updated_at) == (NOW, NOW)


@pytest.mark.parametrize(("side", "net"), [(Side.BUY, "100.10"), (Side.SELL, "99.90")])
def test_the_net_amount_has_the_fee_which_the_amount_has_not(side: Side, net: str) -> None:
    order = Order.accepted(ticket(side), replace(quote(), fee_percent=Decimal("0.10")), NOW)
    assert (str(order.amount), str(order.fee), str(order.net_amount)) == ("100.00", "0.10", net)


def test_an_order_keeps_how_it_was_ordered_and_where_its_price_is_from() -> None:
    at = replace(quote(), seq=7, source=Source.SIMULATED)
    by_amount = replace(ticket(), quote_amount=Decimal(50)).sized(at)
    order = Order.accepted(by_amount, at, NOW)
    assert (order.quantity, order.quote_amount, order.sell_all) == (Decimal("0.5"), 50, False)
    assert (order.price_seq, order.price_source) == (7, Source.SIMULATED)


def test_an_order_keeps_what_was_ordered() -> None:
    ordered = ticket(Side.SELL, quantity="2", limit_price="99", request_id="r-7")
    order = Order.accepted(ordered, quote(), NOW)
    assert (order.user_id, order.side, order.asset_id) == ("u-1", Side.SELL, "BTC")
    assert (order.quantity, order.limit_price, order.request_id) == (2, 99, "r-7")
    assert (order.order_id, order.fingerprint) == (ordered.order_id(), ordered.fingerprint())


def test_the_rejection_of_a_ticket_is_a_final_order() -> None:
    refused, at = ticket(limit_price="99"), quote("100")
    order = Order.rejected(refused, at, OUT_OF_STOCK, NOW)
    assert (order.status, order.failure_reason, order.version) == (Status.FAILED, "OUT_OF_STOCK", 1)
    assert order.failure_message == OUT_OF_STOCK.message
    assert order.is_final
    assert (order.order_id, order.fingerprint, order.price) == (refused.order_id(), refused.fingerprint(), 100)
    assert (order.created_at, order.updated_at) == (NOW, NOW)


def test_a_failed_order_raises_its_refusal_with_the_order_id() -> None:
    failed = pending().failed(FailedPrecondition("OUT_OF_STOCK", "none left", needed="2", available="1"), LATER)
    assert failed.refusal is not None
    assert (failed.refusal.reason, failed.refusal.message) == ("OUT_OF_STOCK", "none left")
    assert failed.refusal.metadata == {"needed": "2", "available": "1", "order_id": failed.order_id}
    assert pending().refusal is None
    assert pending().completed(LATER).refusal is None


def test_an_unconfirmed_order_is_pending_without_a_failure() -> None:
    refusal = FailedPrecondition("OUT_OF_STOCK", "none left", needed="2")
    for order in (pending(), Order.rejected(ticket(), quote(), refusal, NOW)):
        unconfirmed = order.unconfirmed()
        assert (unconfirmed.status, unconfirmed.is_unconfirmed, unconfirmed.is_final) == (Status.PENDING, True, False)
        assert (unconfirmed.failure_reason, unconfirmed.failure_message) == ("", "")
        assert unconfirmed.failure_facts == {}


def test_ids_and_fingerprints_stay_as_they_are_stored() -> None:
    # An upgrade that changed them would make a second order of a replay.
    stored = ticket(quantity="1.5", limit_price="100")
    assert stored.order_id() == "3900693a-2455-5cf2-98dd-b83e0ea421c1"
    assert stored.fingerprint() == "3b7fb9fe174a508ccad7f1ea9e564422"  # pragma: allowlist secret


def test_a_slippage_limits_only_with_an_expected_price() -> None:
    assert ticket(max_slippage="1").worst_price() is None


def test_the_user_and_the_request_id_determine_the_order_id() -> None:
    assert ticket().order_id() == ticket(quantity="2").order_id()
    assert ticket().order_id() != ticket(request_id="r-2").order_id()
    assert ticket().order_id() != replace(ticket(), user_id="u-2").order_id()


@pytest.mark.parametrize(
    "other",
    [
        ticket(Side.SELL),
        ticket(quantity="1.00000001"),
        ticket(limit_price="100"),
        ticket(expected_price="100", max_slippage="1"),
        ticket(expected_price="1", max_slippage="100"),
        replace(ticket(), asset_id="ETH"),
    ],
    ids=repr,
)
def test_another_body_is_not_taken_for_a_replay(other: Ticket) -> None:
    assert other.fingerprint() != ticket().fingerprint()


def test_a_limit_is_not_taken_for_an_expected_price() -> None:
    one = replace(ticket(), limit_price=Decimal(5))
    two = replace(ticket(), expected_price=Decimal(5))
    three = replace(ticket(), max_slippage=Decimal(5))
    assert len({one.fingerprint(), two.fingerprint(), three.fingerprint()}) == 3


def test_the_same_numbers_written_differently_are_a_replay() -> None:
    assert (
        ticket(quantity="1.50", limit_price="100").fingerprint()
        == ticket(quantity="1.5", limit_price="100.00").fingerprint()
    )


def pending() -> Order:
    return Order.accepted(ticket(), quote(), NOW)


def test_each_change_of_state_has_a_version_and_a_time() -> None:
    done = pending().completed(LATER)
    failed = pending().failed(OUT_OF_STOCK, LATER)
    assert (done.status, done.version, done.updated_at, done.created_at) == (Status.COMPLETED, 2, LATER, NOW)
    assert (failed.status, failed.failure_reason, failed.failure_message) == (
        Status.FAILED,
        "OUT_OF_STOCK",
        "none left",
    )


@pytest.mark.parametrize("final", [pending().completed(LATER), pending().failed(OUT_OF_STOCK, LATER)], ids=str)
def test_a_final_state_never_changes(final: Order) -> None:
    assert final.is_final
    with pytest.raises(ValueError, match="cannot become COMPLETED"):
        final.completed(LATER)
    with pytest.raises(ValueError, match="cannot become FAILED"):
        final.failed(OUT_OF_STOCK, LATER)
