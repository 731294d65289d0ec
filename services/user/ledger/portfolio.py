"""The use cases that need prices: holdings at market value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.common.rpc.status import as_service_error
from services.prices.frame import Source
from services.user.ledger import ratios
from services.user.ledger.domain import Holding, Quote
from services.user.ledger.ports import Quotes
from services.user.ledger.usecases import Accounts

_PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class ValuedHolding:
    """A holding and the quote of its asset, None if there is none."""

    holding: Holding
    quote: Quote | None

    @property
    def value(self) -> Decimal:
        """The market value in dollars, 0 without a quote."""
        return money.value_of(self.holding.quantity, self.quote.price) if self.quote else ZERO


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Cash and holdings, the most valuable holding first. All totals are in dollars."""

    cash: Decimal
    holdings: list[ValuedHolding]

    @property
    def holdings_value(self) -> Decimal:
        """The market value of all holdings."""
        return sum((valued.value for valued in self.holdings), ZERO)

    @property
    def cost(self) -> Decimal:
        """The cost of all holdings."""
        return sum((valued.holding.cost for valued in self.holdings), ZERO)

    @property
    def quotes(self) -> list[Quote]:
        """The quotes of the holdings that have one."""
        return [valued.quote for valued in self.holdings if valued.quote is not None]

    @property
    def source(self) -> Source | None:
        """Where the prices come from, the same for all assets. None without holdings."""
        return next((quote.source for quote in self.quotes), None)

    @property
    def is_stale(self) -> bool:
        """Whether prices are too old to trade at."""
        return any(quote.is_stale for quote in self.quotes)

    @property
    def total(self) -> Decimal:
        """The value of cash and holdings."""
        return self.cash + self.holdings_value

    def percentage(self, valued: ValuedHolding) -> Decimal:
        """Returns a holding's share of the total, in percent with 2 decimals."""
        return ratios.share(valued.value, self.total, Decimal(100)) if self.total else ZERO


@dataclass(frozen=True)
class Portfolios:
    """Values what an account holds."""

    accounts: Accounts
    quotes: Quotes

    async def portfolio(self, user_id: str) -> Portfolio:
        """Returns cash and all holdings.

        Raises NotFound ACCOUNT_NOT_FOUND, and the error of the inventory service: a total without prices would be
        wrong.
        """
        account = await self.accounts.balance(user_id)
        holdings = await self._all_holdings(user_id)
        quotes = await self.quotes.get(holding.asset_id for holding in holdings)
        valued = [ValuedHolding(holding, quotes.get(holding.asset_id)) for holding in holdings]
        return Portfolio(account.current, sorted(valued, key=lambda one: (-one.value, one.holding.asset_id)))

    async def holding(self, user_id: str, asset_id: str) -> ValuedHolding:
        """Returns the holding of an asset. Raises NotFound HOLDING_NOT_FOUND."""
        [valued] = await self._value([await self.accounts.holding(user_id, asset_id)])
        return valued

    async def holdings(self, user_id: str, cursor: str | None, size: int) -> tuple[list[ValuedHolding], str | None]:
        """Returns a page of the holdings, by asset id, and the cursor of the next page."""
        holdings, next_cursor = await self.accounts.holdings(user_id, cursor, size)
        return await self._value(holdings), next_cursor

    async def _all_holdings(self, user_id: str) -> list[Holding]:
        holdings, cursor = await self.accounts.holdings(user_id, None, _PAGE_SIZE)
        while cursor is not None:
            page, cursor = await self.accounts.holdings(user_id, cursor, _PAGE_SIZE)
            holdings += page
        return holdings

    async def _value(self, holdings: Sequence[Holding]) -> list[ValuedHolding]:
        """Adds quotes, or none while the inventory service is unavailable: quantities do not depend on it."""
        try:
            quotes = await self.quotes.get(holding.asset_id for holding in holdings)
        except Exception as error:
            if as_service_error(error).reason != "DEPENDENCY_UNAVAILABLE":
                raise
            quotes = {}
        return [ValuedHolding(holding, quotes.get(holding.asset_id)) for holding in holdings]
