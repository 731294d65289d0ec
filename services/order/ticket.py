"""What a user orders (the ticket), and the quote at which it becomes an order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from services.common import ids, money
from services.common.money import ZERO
from services.order import amounts
from services.prices.frame import Source
from services.prices.frame import Status as TradingStatus

SLIPPAGE_DEFAULT = Decimal(5)  # percent


class Side(StrEnum):
    BUY = "BUY"
    SELL = "SELL"


@dataclass(frozen=True, slots=True)
class Rules:
    """What an order of an asset must be like. Values are in dollars."""

    quantity_increment: Decimal = money.SATOSHI
    value_min: Decimal = Decimal("1.00")
    value_max: Decimal = Decimal("1000000.00")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the catalogue says about an asset."""

    is_active: bool
    rules: Rules


@dataclass(frozen=True, slots=True)
class Quote:
    """The current price of an asset for one side, in dollars per unit, and what applies to an order at it."""

    asset_id: str
    price: Decimal
    is_active: bool = True
    rules: Rules = Rules()
    status: TradingStatus = TradingStatus.TRADING
    is_market_halted: bool = False
    fee_percent: Decimal = ZERO
    seq: int = 0
    as_of: datetime = datetime.min.replace(tzinfo=UTC)
    source: Source | None = None


def order_id_of(user_id: str, request_id: str) -> str:
    """Returns the id of the order that a request makes, the same for every replay of it."""
    return ids.derive("order", user_id, request_id)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a user orders, before it becomes an order. Prices are in dollars per unit.

    Its size is a quantity, a `quote_amount` in dollars, or all that the user has. The last two are `sized` at a quote.
    """

    user_id: str
    side: Side
    asset_id: str
    quantity: Decimal = ZERO
    limit_price: Decimal | None = None
    expected_price: Decimal | None = None
    max_slippage: Decimal | None = None  # percent of the expected price
    request_id: str = ""  # empty in a preview only
    quote_amount: Decimal | None = None
    sell_all: bool = False
    preview_id: str = ""

    def order_id(self) -> str:
        """Returns the id of the order, the same for every replay of the request."""
        return order_id_of(self.user_id, self.request_id)

    def fingerprint(self) -> str:
        """Returns a fingerprint that tells a replay from another request with the same id.

        What a request does not use adds nothing: so its fingerprint stays the same when there are new options.
        """
        limits = (self.limit_price, self.expected_price, self.max_slippage)
        guards = ("" if limit is None else money.quantity(limit) for limit in limits)
        return ids.fingerprint(self.side.value, self.asset_id, self._quantity(), *guards, *self._options())

    def terms(self) -> tuple[str, ...]:
        """Returns what a preview and an order must have in common."""
        size = "" if self.quote_amount is None else money.dollars(self.quote_amount)
        return self.user_id, self.side.value, self.asset_id, self._quantity(), size, str(self.sell_all)

    @property
    def is_by_quantity(self) -> bool:
        """Whether the user has named the quantity."""
        return self.quote_amount is None and not self.sell_all

    def _quantity(self) -> str:
        return money.quantity(self.quantity) if self.is_by_quantity else ""

    def _options(self) -> list[str]:
        options = [] if self.quote_amount is None else [f"quote_amount={money.dollars(self.quote_amount)}"]
        if self.sell_all:
            options.append("sell_all")
        if self.preview_id:
            options.append(f"preview_id={self.preview_id}")
        return options

    def sized(self, quote: Quote, holding: Decimal = ZERO) -> Ticket:
        """Returns the ticket with the quantity that its size comes to at a quote. `holding` is what the user has."""
        if self.sell_all:
            return replace(self, quantity=min(holding, amounts.QUANTITY_MAX))
        if self.quote_amount is None:
            return self
        increment = quote.rules.quantity_increment
        if self.side is Side.SELL:
            return replace(self, quantity=amounts.quantity_worth(self.quote_amount, quote.price, increment))
        quantity = amounts.quantity_bought(self.quote_amount, quote.price, quote.fee_percent, increment)
        return replace(self, quantity=quantity)

    def worst_price(self) -> Decimal | None:
        """Returns the worst price that the user accepts, None for any."""
        guards = [] if self.limit_price is None else [self.limit_price]
        if self.expected_price is not None:
            slippage = SLIPPAGE_DEFAULT if self.max_slippage is None else self.max_slippage
            guards.append(amounts.worse(self.expected_price, slippage, is_buy=self.side is Side.BUY))
        if not guards:
            return None
        return min(guards) if self.side is Side.BUY else max(guards)

    def value(self, quote: Quote) -> Decimal:
        """Returns the exact value at a quote, in dollars."""
        return money.EXACT.multiply(self.quantity, quote.price)

    def amount(self, quote: Quote) -> Decimal:
        """Returns the dollars that are traded at a quote, without the fee: rounded in favour of the house."""
        value = self.value(quote)
        return money.round_up(value) if self.side is Side.BUY else money.round_down(value)

    def fee(self, quote: Quote) -> Decimal:
        """Returns the fee at a quote, in dollars. That of a sell is at most what it brings."""
        amount = self.amount(quote)
        fee = amounts.fee(amount, quote.fee_percent)
        return fee if self.side is Side.BUY else min(fee, amount)

    def net_amount(self, quote: Quote) -> Decimal:
        """Returns what a buy pays or a sell brings in all at a quote, in dollars."""
        return net_amount(self.side, self.amount(quote), self.fee(quote))


def net_amount(side: Side, amount: Decimal, fee: Decimal) -> Decimal:
    """Returns what a buy pays or a sell brings in all, in dollars."""
    return amount + fee if side is Side.BUY else amount - fee
