from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.user.ledger.domain import Holding
from services.user.ledger.portfolio import Portfolio, Portfolios, Valued
from services.user.ledger.quotes import Quote


def valued(asset_id: str, quantity: str, price: str | None, cost: str = "0") -> Valued:
    quote = Quote(asset_id.title(), Decimal(price)) if price is not None else None
    return Valued(Holding(asset_id, Decimal(quantity), cost=Decimal(cost)), quote)


def test_a_portfolio_sums_cash_and_holdings_at_market_value() -> None:
    bitcoin, ether = valued("BTC", "0.5", "100000.00", "40000.00"), valued("ETH", "2", "2500.00", "6000.00")
    portfolio = Portfolio(Decimal("45000.00"), [bitcoin, ether])
    assert portfolio.holdings_value == Decimal("55000.00")
    assert portfolio.cost == Decimal("46000.00")
    assert portfolio.total == Decimal("100000.00")
    assert [portfolio.percentage(one) for one in portfolio.holdings] == [Decimal("50.00"), Decimal("5.00")]


def test_a_holding_without_a_price_is_worth_nothing_known() -> None:
    assert valued("BTC", "1", None).value == 0


def test_who_has_nothing_has_shares_of_nothing() -> None:
    empty = Portfolio(Decimal(0), [valued("BTC", "1", None)])
    assert empty.total == 0
    assert empty.percentage(empty.holdings[0]) == 0


@given(st.lists(st.tuples(st.integers(1, 10**12), st.integers(1, 10**12)), min_size=1, max_size=20))
def test_the_shares_make_up_the_whole(rows: list[tuple[int, int]]) -> None:
    holdings = [
        valued(f"A{n}", str(Decimal(q).scaleb(-8)), str(Decimal(p).scaleb(-8))) for n, (q, p) in enumerate(rows)
    ]
    portfolio = Portfolio(Decimal("1000.00"), holdings)
    cash_share = portfolio.cash / portfolio.total * 100
    shares = sum(portfolio.percentage(one) for one in holdings)
    assert abs(cash_share + shares - 100) <= Decimal("0.005") * (len(holdings) + 1)


@dataclass
class FakeAccounts:
    """An account with 100 dollars and some holdings, which come page by page."""

    held: list[Holding]
    pages: int = 0
    store: FakeAccounts = field(init=False)

    def __post_init__(self) -> None:
        self.store = self

    async def balance(self, user_id: str) -> SimpleNamespace:
        return SimpleNamespace(current=Decimal("100.00"))

    async def holdings(self, user_id: str, after: str | None, size: int) -> tuple[list[Holding], str | None]:
        self.pages += 1
        rest = [one for one in self.held if after is None or one.asset_id > after]
        return rest[:size], rest[size - 1].asset_id if len(rest) > size else None


@dataclass
class FakeQuotes:
    """Every asset costs 2 dollars, those with an X have no price; or the inventory is away."""

    error: Exception | None = None

    async def of(self, asset_ids: Iterable[str]) -> dict[str, Quote]:
        if self.error is not None:
            raise self.error
        return {one: Quote(one.title(), Decimal(2)) for one in asset_ids if "X" not in one}


def portfolios(held: list[Holding], error: Exception | None = None) -> Portfolios:
    return Portfolios(FakeAccounts(held), FakeQuotes(error))  # type: ignore[arg-type]


async def test_a_portfolio_holds_everything_with_the_most_valuable_first() -> None:
    held = [Holding(f"A{number:03}", Decimal(number % 7 + 1)) for number in range(450)]
    portfolio = await portfolios(held).portfolio("u-1")
    assert {one.holding.asset_id for one in portfolio.holdings} == {one.asset_id for one in held}
    values = [one.value for one in portfolio.holdings]
    assert values == sorted(values, reverse=True)
    assert portfolio.total == 100 + sum(2 * one.quantity for one in held)


async def test_without_prices_there_is_no_portfolio_rather_than_half_a_sum() -> None:
    with pytest.raises(ConnectionError):
        await portfolios([Holding("BTC", Decimal(1))], ConnectionError("away")).portfolio("u-1")


async def test_without_prices_what_a_user_has_is_told_still() -> None:
    held = [Holding("BTC", Decimal(1)), Holding("XRP", Decimal(1))]
    assert await portfolios(held, ConnectionError("away")).value(held) == [Valued(one, None) for one in held]
    assert [one.quote is None for one in await portfolios(held).value(held)] == [False, True]


async def test_a_fault_of_our_own_is_not_taken_for_an_outage() -> None:
    with pytest.raises(KeyError):
        await portfolios([], KeyError("bug")).value([Holding("BTC", Decimal(1))])
