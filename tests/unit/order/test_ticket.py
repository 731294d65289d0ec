"""Tickets: what tells a replay from another request, and the size of an order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.order import amounts
from services.order.ticket import Quote, Rules, Side, Ticket

BUY = Ticket("u-1", Side.BUY, "BTC", Decimal("0.50"), request_id="r")
BY_AMOUNT = Ticket("u-1", Side.BUY, "BTC", quote_amount=Decimal(100), request_id="r")
ALL = Ticket("u-1", Side.SELL, "BTC", sell_all=True, request_id="r")


@pytest.mark.parametrize(
    ("ticket", "fingerprint"),
    [
        (BUY, "b348e49eb8696e346e27d69c59f3c1f4"),  # pragma: allowlist secret
        (replace(BUY, side=Side.SELL, asset_id="ETH", quantity=Decimal(12), limit_price=Decimal("0.1")),
         "24a9e3547a31a0b4123cdcdb0b702914"),  # pragma: allowlist secret
        (replace(BUY, quantity=Decimal(1), expected_price=Decimal("100.00"), max_slippage=Decimal("1.5")),
         "3c66bdbf585a340eef3677647fec2f69"),  # pragma: allowlist secret
    ],
    ids=["plain", "limit", "slippage"],
)  # fmt: skip
def test_fingerprints_from_before_there_were_amounts_and_previews_still_match(ticket: Ticket, fingerprint: str) -> None:
    assert ticket.fingerprint() == fingerprint


def test_each_way_to_order_has_another_fingerprint() -> None:
    tickets = [
        *(BUY, BY_AMOUNT, replace(BY_AMOUNT, quote_amount=Decimal("100.01")), replace(BY_AMOUNT, side=Side.SELL)),
        *(ALL, replace(ALL, asset_id="ETH"), replace(BUY, side=Side.SELL), replace(BUY, quantity=Decimal(100))),
        *(replace(BUY, preview_id="x"), replace(BUY, preview_id="y"), replace(BY_AMOUNT, preview_id="x")),
        *(replace(ALL, preview_id="x"), replace(BUY, preview_id="sell_all"), replace(ALL, preview_id="sell_all")),
    ]
    assert len({ticket.fingerprint() for ticket in tickets}) == len(tickets)


def test_the_size_of_an_order_does_not_change_its_fingerprint() -> None:
    for ticket in (BY_AMOUNT, ALL):
        for price, holding in (("100", "3"), ("7", "0")):
            sized = ticket.sized(Quote("BTC", Decimal(price)), Decimal(holding))
            assert (sized.fingerprint(), sized.terms()) == (ticket.fingerprint(), ticket.terms())


def test_amounts_written_differently_are_a_replay() -> None:
    assert BY_AMOUNT.fingerprint() == replace(BY_AMOUNT, quote_amount=Decimal("100.00")).fingerprint()


def test_a_quantity_is_not_rounded() -> None:
    coarse = Quote("BTC", Decimal(100), rules=Rules(quantity_increment=Decimal(1)))
    assert BUY.sized(coarse) == BUY


@pytest.mark.parametrize(
    ("side", "quantity", "amount", "fee"),
    [(Side.BUY, "0.333", "99.90", "0.10"), (Side.SELL, "0.333", "99.90", "0.10")],
)
def test_an_amount_buys_or_sells_whole_steps(side: Side, quantity: str, amount: str, fee: str) -> None:
    rules = Rules(quantity_increment=Decimal("0.001"))
    quote = Quote("BTC", Decimal(300), fee_percent=Decimal("0.10"), rules=rules)
    ticket = replace(BY_AMOUNT, side=side).sized(quote)
    assert (str(ticket.quantity), str(ticket.amount(quote)), str(ticket.fee(quote))) == (quantity, amount, fee)


def test_the_whole_position_is_sold_whatever_the_step() -> None:
    coarse = Quote("BTC", Decimal(100), rules=Rules(quantity_increment=Decimal(1)))
    assert ALL.sized(coarse, Decimal("1.00000001")).quantity == Decimal("1.00000001")
    assert ALL.sized(coarse, Decimal(10**12)).quantity == amounts.QUANTITY_MAX


@pytest.mark.parametrize(("side", "worst"), [(Side.BUY, "105"), (Side.SELL, "95")])
def test_an_expected_price_alone_may_be_missed_by_five_percent(side: Side, worst: str) -> None:
    assert replace(BUY, side=side, expected_price=Decimal(100)).worst_price() == Decimal(worst)
    strict = replace(BUY, side=side, expected_price=Decimal(100), max_slippage=Decimal(0))
    assert strict.worst_price() == 100
