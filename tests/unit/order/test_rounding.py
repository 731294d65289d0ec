"""The rounding of orders: no sequence of trades at one price gains a cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.order.ticket import Quote, Side, Ticket

units = st.integers(1, 10**16)  # of a quantity, 10^-8 each
prices = st.integers(1, 10**14).map(lambda n: Decimal(n).scaleb(-8))
percents = st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-4))


def amount(side: Side, quantity: int, price: Decimal) -> Decimal:
    """Returns the dollars of an order."""
    return Ticket("u-1", side, "BTC", Decimal(quantity).scaleb(-8)).amount(Quote("BTC", price, is_active=True))


@given(st.lists(units, min_size=1, max_size=20), prices)
def test_buying_in_pieces_is_never_cheaper_and_selling_in_pieces_never_brings_more(
    pieces: list[int], price: Decimal
) -> None:
    assert sum(amount(Side.BUY, piece, price) for piece in pieces) >= amount(Side.BUY, sum(pieces), price)
    assert sum(amount(Side.SELL, piece, price) for piece in pieces) <= amount(Side.SELL, sum(pieces), price)


@given(st.lists(st.integers(-(10**16), 10**16).filter(bool), max_size=20), prices)
def test_no_sequence_of_trades_at_one_price_that_ends_where_it_began_gains(trades: list[int], price: Decimal) -> None:
    """Trades are quantities, negative ones are sold. A last trade takes the holding back to where it began."""
    trades = [*trades, -sum(trades)] if sum(trades) else trades
    gain = sum(-amount(Side.BUY, trade, price) if trade > 0 else amount(Side.SELL, -trade, price) for trade in trades)
    assert gain <= 0


@given(units, prices)
def test_an_amount_differs_from_the_exact_value_by_less_than_a_cent(quantity: int, price: Decimal) -> None:
    exact = quantity * int(price.scaleb(8))  # in units of 10^-16 dollars
    paid, received = (int(amount(side, quantity, price).scaleb(16)) for side in (Side.BUY, Side.SELL))
    assert 0 <= paid - exact < 10**14
    assert 0 <= exact - received < 10**14


@given(st.lists(st.integers(-(10**16), 10**16).filter(bool), max_size=20), prices, prices, percents, percents)
def test_no_sequence_of_trades_with_fees_and_a_spread_that_ends_where_it_began_gains(
    trades: list[int], one: Decimal, other: Decimal, buy_percent: Decimal, sell_percent: Decimal
) -> None:
    trades = [*trades, -sum(trades)] if sum(trades) else trades
    ask = Quote("BTC", max(one, other), fee_percent=buy_percent)
    bid = Quote("BTC", min(one, other), fee_percent=sell_percent)
    gain = Decimal(0)
    for trade in trades:
        side, at = (Side.BUY, ask) if trade > 0 else (Side.SELL, bid)
        net = Ticket("u-1", side, "BTC", Decimal(abs(trade)).scaleb(-8)).net_amount(at)
        gain += net if side is Side.SELL else -net
    assert gain <= 0


@given(st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-2)), prices, percents)
def test_buying_for_an_amount_and_selling_all_of_it_gains_nothing(
    total: Decimal, price: Decimal, percent: Decimal
) -> None:
    at = Quote("BTC", price, fee_percent=percent)
    bought = Ticket("u-1", Side.BUY, "BTC", quote_amount=total).sized(at)
    sold = Ticket("u-1", Side.SELL, "BTC", sell_all=True).sized(at, bought.quantity)
    assert sold.net_amount(at) <= bought.net_amount(at) <= total
