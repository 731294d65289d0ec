"""Holdings at market value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import ServiceError
from services.common.rpc.status import as_service_error
from services.user.ledger.domain import Holding
from services.user.ledger.quotes import Quote, Quotes
from services.user.ledger.usecases import Accounts

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Valued:
    """A holding with its quote; None when there is none."""

    holding: Holding
    quote: Quote | None

    @property
    def value(self) -> Decimal:
        """The market value in dollars, 0 without a quote."""
        return money.value_of(self.holding.quantity, self.quote.price) if self.quote else ZERO


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Cash and holdings, the most valuable first. All sums are dollars."""

    cash: Decimal
    holdings: list[Valued]

    @property
    def holdings_value(self) -> Decimal:
        """The market value of all holdings."""
        return sum((valued.value for valued in self.holdings), ZERO)

    @property
    def cost(self) -> Decimal:
        """What all holdings cost."""
        return sum((valued.holding.cost for valued in self.holdings), ZERO)

    @property
    def total(self) -> Decimal:
        """Cash and holdings."""
        return self.cash + self.holdings_value

    def percentage(self, valued: Valued) -> Decimal:
        """The share of a holding in the total, in percent with 2 decimals."""
        return money.share(valued.value, self.total, Decimal(100)) if self.total else ZERO


@dataclass(frozen=True)
class Portfolios:
    """The use cases that need prices."""

    accounts: Accounts
    quotes: Quotes

    async def portfolio(self, user_id: str) -> Portfolio:
        """Everything that a user has. Raises Unavailable when there are no prices: half a sum would be wrong."""
        account = await self.accounts.balance(user_id)
        holdings: list[Holding] = []
        after: str | None = None
        while True:
            page, after = await self.accounts.store.holdings(user_id, after, _PAGE)
            holdings += page
            if after is None:
                break
        quotes = await self.quotes.of(holding.asset_id for holding in holdings)
        valued = [Valued(holding, quotes.get(holding.asset_id)) for holding in holdings]
        return Portfolio(account.current, sorted(valued, key=lambda one: (-one.value, one.holding.asset_id)))

    async def value(self, holdings: Iterable[Holding]) -> list[Valued]:
        """Holdings with their quotes; without, when the inventory is away: what a user has does not depend on it."""
        held = list(holdings)
        try:
            quotes = await self.quotes.of(holding.asset_id for holding in held)
        except Exception as error:
            if not _is_away(error):
                raise
            quotes = {}
        return [Valued(holding, quotes.get(holding.asset_id)) for holding in held]


def _is_away(error: Exception) -> bool:
    answer: ServiceError = as_service_error(error)
    return answer.reason == "DEPENDENCY_UNAVAILABLE"
