from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_fakes import FakeLedger, FakeQuotes, accounts_over

from services.common.rpc.errors import NotFound
from services.prices.frame import Source
from services.user.ledger.domain import Holding, Quote
from services.user.ledger.portfolio import Portfolio, Portfolios, ValuedHolding


def valued(asset_id: str, quantity: str, price: str | None, cost: str = "0") -> ValuedHolding:
    quote = Quote(asset_id.title(), Decimal(price)) if price is not None else None
    return ValuedHolding(Holding(asset_id, Decimal(quantity), cost=Decimal(cost)), quote)


def test_the_total_is_cash_and_holdings_at_market_value() -> None:
    bitcoin, ether = valued("BTC", "0.5", "100000.00", "40000.00"), valued("ETH", "2", "2500.00", "6000.00")
    portfolio = Portfolio(Decimal("45000.00"), [bitcoin, ether])
    assert portfolio.holdings_value == Decimal("55000.00")
    assert portfolio.cost == Decimal("46000.00")
    assert portfolio.total == Decimal("100000.00")
    assert [portfolio.percentage(one) for one in portfolio.holdings] == [Decimal("50.00"), Decimal("5.00")]


def test_a_holding_without_a_quote_has_no_value() -> None:
    assert valued("BTC", "1", None).value == 0


def test_a_portfolio_says_where_its_prices_come_from_and_whether_one_is_too_old() -> None:
    holding = Holding("BTC", Decimal(1))
    fresh = ValuedHolding(holding, Quote("Bitcoin", Decimal(1), Source.SIMULATED))
    stale = ValuedHolding(holding, Quote("Bitcoin", Decimal(1), Source.SIMULATED, is_stale=True))
    unknown = valued("XRP", "1", None)

    def shown(*holdings: ValuedHolding) -> tuple[Source | None, bool]:
        portfolio = Portfolio(Decimal(0), list(holdings))
        return portfolio.source, portfolio.is_stale

    assert shown(unknown, fresh) == (Source.SIMULATED, False)
    assert shown(fresh, stale) == (Source.SIMULATED, True)
    assert shown(unknown) == shown() == (None, False)


def test_the_shares_of_an_empty_portfolio_are_0() -> None:
    empty = Portfolio(Decimal(0), [valued("BTC", "1", None)])
    assert empty.total == 0
    assert empty.percentage(empty.holdings[0]) == 0


@given(st.lists(st.tuples(st.integers(1, 10**12), st.integers(1, 10**12)), min_size=1, max_size=20))
def test_the_shares_add_up_to_100_percent(rows: list[tuple[int, int]]) -> None:
    holdings = [
        valued(f"A{n}", str(Decimal(q).scaleb(-8)), str(Decimal(p).scaleb(-8))) for n, (q, p) in enumerate(rows)
    ]
    portfolio = Portfolio(Decimal("1000.00"), holdings)
    cash_share = portfolio.cash / portfolio.total * 100
    shares = sum(portfolio.percentage(one) for one in holdings)
    assert abs(cash_share + shares - 100) <= Decimal("0.005") * (len(holdings) + 1)


def portfolios(held: list[Holding], error: Exception | None = None) -> Portfolios:
    """Returns the use cases for user u-1, who has 100 dollars and some holdings."""
    ledger = FakeLedger()
    ledger.open("u-1", "100.00")
    ledger.stored_holdings = {("u-1", one.asset_id): one for one in held}
    return Portfolios(accounts_over(ledger), FakeQuotes(error))


async def test_a_portfolio_has_all_holdings_with_the_most_valuable_first() -> None:
    held = [Holding(f"A{number:03}", Decimal(number % 7 + 1)) for number in range(450)]
    portfolio = await portfolios(held).portfolio("u-1")
    assert {one.holding.asset_id for one in portfolio.holdings} == {one.asset_id for one in held}
    values = [one.value for one in portfolio.holdings]
    assert values == sorted(values, reverse=True)
    assert portfolio.total == 100 + sum(2 * one.quantity for one in held)


async def test_there_is_no_portfolio_of_an_unknown_account() -> None:
    with pytest.raises(NotFound):
        await portfolios([]).portfolio("u-2")


async def test_a_portfolio_without_prices_fails_instead_of_returning_a_wrong_total() -> None:
    with pytest.raises(ConnectionError):
        await portfolios([Holding("BTC", Decimal(1))], ConnectionError("unavailable")).portfolio("u-1")


async def test_holdings_are_listed_without_quotes_while_there_are_no_prices() -> None:
    held = [Holding("BTC", Decimal(1)), Holding("XRP", Decimal(1))]
    outage = portfolios(held, ConnectionError("unavailable"))
    assert await outage.holdings("u-1", None, 10) == ([ValuedHolding(one, None) for one in held], None)
    assert await outage.holding("u-1", "BTC") == ValuedHolding(held[0], None)
    valued, _ = await portfolios(held).holdings("u-1", None, 10)
    assert [one.quote is None for one in valued] == [False, True]


async def test_holdings_are_listed_by_page() -> None:
    held = [Holding(asset_id, Decimal(1)) for asset_id in ("ADA", "BTC", "ETH")]
    first, cursor = await portfolios(held).holdings("u-1", None, 2)
    second, end = await portfolios(held).holdings("u-1", cursor, 2)
    assert [one.holding for one in first + second] == held
    assert end is None


async def test_an_unknown_holding_is_not_found() -> None:
    with pytest.raises(NotFound) as refusal:
        await portfolios([]).holding("u-1", "BTC")
    assert refusal.value.reason == "HOLDING_NOT_FOUND"


async def test_an_internal_error_is_not_treated_as_an_outage() -> None:
    with pytest.raises(KeyError):
        await portfolios([Holding("BTC", Decimal(1))], KeyError("bug")).holding("u-1", "BTC")
