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
from services.order.domain import Quote, Side, Ticket

VALUE_MIN = Decimal("1.00")
VALUE_MAX = Decimal("1000000.00")


def check(ticket: Ticket, quote: Quote) -> None:
    """Checks a ticket against a quote. The value is checked before it is rounded to cents.

    Raises FailedPrecondition ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE or PRICE_OUT_OF_BOUNDS.
    """
    if not quote.is_active:
        raise FailedPrecondition("ASSET_INACTIVE", f"{ticket.asset_id} is closed for trading; choose another asset")
    _check_value(ticket.value(quote))
    _check_price(ticket, quote.price)


def _check_value(value: Decimal) -> None:
    if VALUE_MIN <= value <= VALUE_MAX:
        return
    raise FailedPrecondition(
        "ORDER_VALUE_OUT_OF_RANGE",
        f"the order is worth {money.price(value)} USD; "
        f"change the quantity so that it is worth {VALUE_MIN} to {VALUE_MAX} USD",
    )


def _check_price(ticket: Ticket, price: Decimal) -> None:
    worst = ticket.worst_price()
    if worst is None or (price <= worst if ticket.side is Side.BUY else price >= worst):
        return
    side = "above" if ticket.side is Side.BUY else "below"
    raise FailedPrecondition(
        "PRICE_OUT_OF_BOUNDS",
        f"the price is {money.price(price)} USD, {side} the limit of the order; change the limit or order again later",
    )


@dataclass(frozen=True, slots=True)
class Available:
    """What an order can use: the user's cash (dollars) and holding, and the stock of the house. For previews alone."""

    cash: Decimal = ZERO
    holding: Decimal = ZERO
    stock: Decimal = ZERO

    def shortfalls(self, ticket: Ticket, amount: Decimal) -> list[str]:
        """Returns the reasons for which an order of `amount` dollars would be refused, empty if it is covered."""
        if ticket.side is Side.SELL:
            return ["INSUFFICIENT_HOLDINGS"] if self.holding < ticket.quantity else []
        reasons = []
        if self.stock < ticket.quantity:
            reasons.append("OUT_OF_STOCK")
        if self.cash < amount:
            reasons.append("INSUFFICIENT_FUNDS")
        return reasons
