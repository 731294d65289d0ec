"""Why an order is refused: the rules for its price and value, and what a preview says about the rest.

An order that passes these rules may still be refused while it is filled: for cash or a holding by the user service
(services/user/ledger/domain.py), for stock by the inventory service (services/inventory/stock/domain.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.order import amounts
from services.order.previews import Bound
from services.order.ticket import Quote, Side, Ticket
from services.prices.frame import Status as TradingStatus

_CASH_MAX = Decimal("999999999999.99")  # of what the other services accept, for an order without a maximum


def check(ticket: Ticket, quote: Quote, preview: Bound | None = None) -> None:
    """Checks a sized ticket against a quote, and the bound of its preview. The value is checked before it is rounded.

    Raises FailedPrecondition ASSET_INACTIVE, MARKET_HALTED, ASSET_HALTED, ASSET_SELL_ONLY, INSUFFICIENT_HOLDINGS (there
    is nothing to sell), QUANTITY_INCREMENT, ORDER_VALUE_OUT_OF_RANGE, PREVIEW_EXPIRED or PRICE_OUT_OF_BOUNDS.
    """
    _check_status(ticket, quote)
    _check_size(ticket, quote)
    if preview is not None and quote.as_of >= preview.expires_at:
        raise FailedPrecondition("PREVIEW_EXPIRED", "the preview has expired; preview the order again")
    _check_price(ticket, quote.price, preview)


def _check_status(ticket: Ticket, quote: Quote) -> None:
    asset = ticket.asset_id
    if not quote.is_active:
        raise FailedPrecondition("ASSET_INACTIVE", f"{asset} is closed for trading; choose another asset")
    if quote.is_market_halted:
        raise FailedPrecondition("MARKET_HALTED", "all trading is halted; order again later")
    if quote.status is TradingStatus.HALTED:
        raise FailedPrecondition("ASSET_HALTED", f"trading of {asset} is halted; order again later")
    if quote.status is TradingStatus.SELL_ONLY and ticket.side is Side.BUY:
        raise FailedPrecondition("ASSET_SELL_ONLY", f"{asset} can only be sold; choose another asset")


def _check_size(ticket: Ticket, quote: Quote) -> None:
    rules = quote.rules
    if ticket.sell_all:
        if not ticket.quantity:
            raise FailedPrecondition("INSUFFICIENT_HOLDINGS", f"you have no {ticket.asset_id} that you can sell")
        _check_value(ticket, quote, ZERO, _CASH_MAX)
        return
    if not amounts.is_multiple(ticket.quantity, rules.quantity_increment):
        step = money.quantity(rules.quantity_increment)
        text = f"the quantity must be a multiple of {step} {ticket.asset_id}"
        raise FailedPrecondition("QUANTITY_INCREMENT", text, quantity_increment=step)
    _check_value(ticket, quote, rules.value_min, rules.value_max)


def _check_value(ticket: Ticket, quote: Quote, least: Decimal, most: Decimal) -> None:
    value = ticket.value(quote)
    if least <= value <= most:
        return
    raise FailedPrecondition(
        "ORDER_VALUE_OUT_OF_RANGE",
        f"the order is worth {money.price(value)} USD{_without_fee(ticket, quote)}; "
        f"change it so that it is worth {money.dollars(least)} to {money.dollars(most)} USD",
    )


def _without_fee(ticket: Ticket, quote: Quote) -> str:
    """Says why a buy is worth less than its quote_amount."""
    if ticket.quote_amount is None or ticket.side is Side.SELL or not quote.fee_percent:
        return ""
    return f" without the fee, which is a part of the {money.dollars(ticket.quote_amount)} USD"


def _check_price(ticket: Ticket, price: Decimal, preview: Bound | None) -> None:
    is_buy = ticket.side is Side.BUY
    bounds = [ticket.worst_price(), preview.worst_price if preview else None]
    if all(bound is None or (price <= bound if is_buy else price >= bound) for bound in bounds):
        return
    side = "above" if is_buy else "below"
    raise FailedPrecondition(
        "PRICE_OUT_OF_BOUNDS",
        f"the price is {money.price(price)} USD, {side} the limit of the order; change the limit or order again later",
    )


def check_funds(ticket: Ticket, quote: Quote, cash: Decimal) -> None:
    """Raises FailedPrecondition INSUFFICIENT_FUNDS if the user cannot pay a buy, as the user service says it."""
    needed = ticket.net_amount(quote)
    if ticket.side is Side.SELL or cash >= needed:
        return
    needed_text, cash_text = money.dollars(needed), money.dollars(cash)
    text = f"{needed_text} USD needed, but only {cash_text} USD available; deposit more or lower the amount"
    raise FailedPrecondition("INSUFFICIENT_FUNDS", text, needed=needed_text, available=cash_text)


@dataclass(frozen=True, slots=True)
class Available:
    """What an order can use: the user's cash (dollars) and holding, and the stock of the house. For previews alone."""

    cash: Decimal = ZERO
    holding: Decimal = ZERO
    stock: Decimal = ZERO

    def shortfalls(self, ticket: Ticket, amount: Decimal) -> list[str]:
        """Returns the reasons for which an order would be refused that comes to `amount` dollars with the fee."""
        if ticket.side is Side.SELL:
            return ["INSUFFICIENT_HOLDINGS"] if self.holding < ticket.quantity else []
        reasons = []
        if self.stock < ticket.quantity:
            reasons.append("OUT_OF_STOCK")
        if self.cash < amount:
            reasons.append("INSUFFICIENT_FUNDS")
        return reasons
