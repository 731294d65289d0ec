"""Preview ids: what they bind, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.common import money
from services.common.rpc.errors import InvalidArgument
from services.order.previews import Bound, Previews
from services.order.ticket import Quote, Side, Ticket

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUY = Ticket("u-1", Side.BUY, "BTC", Decimal("0.5"))
QUOTE = Quote("BTC", Decimal(100), as_of=NOON)
PREVIEWS = Previews(b"k" * 32)


def named(ticket: Ticket, previewed: Ticket, previews: Previews = PREVIEWS) -> Ticket:
    """Returns a ticket with the preview id of another."""
    return replace(ticket, preview_id=previews.seal(previewed, Bound.at(QUOTE, previewed.side)))


@pytest.mark.parametrize(("side", "worst"), [(Side.BUY, "105"), (Side.SELL, "95")])
def test_an_order_may_be_five_percent_worse_than_its_preview_for_ten_seconds(side: Side, worst: str) -> None:
    ticket = replace(BUY, side=side, request_id="r-1")
    bound = PREVIEWS.open(named(ticket, replace(ticket, request_id="")))
    assert bound == Bound(Decimal(worst), NOON + timedelta(seconds=10))


def test_without_a_preview_id_there_is_no_bound() -> None:
    assert PREVIEWS.open(BUY) is None


def test_the_worst_price_of_a_sell_is_above_zero() -> None:
    cheap = replace(QUOTE, price=money.SATOSHI)
    assert Bound.at(cheap, Side.SELL).worst_price == money.SATOSHI


@pytest.mark.parametrize(
    "other",
    [
        replace(BUY, user_id="u-2"),
        replace(BUY, side=Side.SELL),
        replace(BUY, asset_id="ETH"),
        replace(BUY, quantity=Decimal("0.51")),
        replace(BUY, quantity=Decimal(0), quote_amount=Decimal("0.5")),
        replace(BUY, side=Side.SELL, sell_all=True),
    ],
    ids=["user", "side", "asset", "quantity", "amount", "all"],
)
def test_the_preview_of_another_order_is_refused(other: Ticket) -> None:
    for ticket, previewed in ((BUY, other), (other, BUY)):
        with pytest.raises(InvalidArgument) as refusal:
            PREVIEWS.open(named(ticket, previewed))
        assert refusal.value.violations[0][0] == "preview_id"


@pytest.mark.parametrize("text", ["x", ".", "a.b", "é", "\x00", "x" * 1024])
def test_an_invented_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument):
        PREVIEWS.open(replace(BUY, preview_id=text))


def test_an_altered_id_is_refused() -> None:
    good = named(BUY, BUY).preview_id
    for at in range(len(good)):
        altered = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
        with pytest.raises(InvalidArgument):
            PREVIEWS.open(replace(BUY, preview_id=altered))


def test_an_id_that_was_signed_with_another_key_is_refused() -> None:
    with pytest.raises(InvalidArgument):
        PREVIEWS.open(named(BUY, BUY, Previews(b"l" * 32)))


def test_an_id_fits_its_field() -> None:
    longest = replace(BUY, user_id="u" * 36, asset_id="A" * 12, quantity=Decimal("999999999999.99999999"))
    worst = Bound(Decimal("999999999.99999999"), NOON + timedelta(microseconds=1))
    assert len(PREVIEWS.seal(longest, worst)) <= 1024
