"""Checks a dump of the tables, and what the clients were told, against the invariants of docs/money.md. Each invariant
has a function:

1. For every user and asset: stored balance = sum of its entries; held = sum of open holds; available, held >= 0.
2. For every asset: stock on hand + sold = seeded + restocked + bought back; each >= 0.
3. For every asset and for dollars: all legs, including those of the house and of the outside world, sum to 0.
4. COMPLETED has exactly {cash leg, holding leg, stock leg} of quantity x price; FAILED has a net effect of 0.
5. Entries are unique and immutable: an earlier dump is a subset of a later one.
6. No orphan legs; ids are derived from what they name; versions contiguous; transitions legal; names unique.
7. (user, request id) <-> one order <-> one body <-> one response.
8. History: what was acknowledged is stored with those values; what was refused for good is never stored; what is
   unknown is stored at most once; nothing is stored that nobody requested.
9. After healing: no order is pending, no hold is open. Orders in quarantine wait for an admin: `quarantined`.
10. The house: turnover and fees are the sums of the amounts and fees of the orders that moved its stock.
11. Prices: an order has the price, the status and the fee of the frame that it names; an amount buys or sells as much
    as it can; no client had been shown a later frame when it asked for the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .checker_changes import changes
from .checker_history import promises, requests
from .checker_market import Market, house, prices
from .checker_model import Violation
from .checker_money import balances, stock, zero_sums
from .checker_orders import healed as all_healed
from .checker_orders import legs, quarantined, structure
from .checker_people import people
from .checker_requests import Told
from .checker_view import View
from .dump import Dump
from .history import Call

__all__ = ["Market", "Told", "Violation", "check", "in_quarantine"]


def check(
    dump: Dump,
    history: Sequence[Call] | Told | None,
    earlier: Dump | None = None,
    seeded: Mapping[str, Decimal] | None = None,
    *,
    market: Market | None = None,
    healed: bool = True,
) -> list[Violation]:
    """Returns the violations.

    `history` is complete, or None if there is none; pass `Told` to parse it once for several dumps. `seeded` is the
    first stock of each asset, `market` is what the publisher of prices has published. `healed` means that the faults
    are over and that the system had 30 s to recover. If not, orders may be pending, but the tables must have been read
    while nothing wrote to them.
    """
    view = View(dump)
    told = history if history is None or isinstance(history, Told) else Told(history)
    if view.unreadable:  # the other violations would only follow from that
        return structure(view)
    return [
        *balances(view),
        *stock(view, seeded),
        *zero_sums(view),
        *legs(view),
        *changes(earlier, dump),
        *structure(view),
        *people(view),
        *requests(view, told),
        *promises(view, told),
        *house(view),
        *prices(view, market, told),
        *(all_healed(view) if healed else ()),
    ]


def in_quarantine(dump: Dump) -> list[str]:
    """Describes the orders that wait for an admin."""
    return quarantined(View(dump))
