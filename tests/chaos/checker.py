"""Whether the system kept its promises: holds a dump of the tables, and what the clients were told, against the
invariants of docs/money.md, one function for each.

1. For every user and asset: stored balance = sum of its entries; held = sum of open holds; available, held >= 0.
2. For every asset: stock on hand + sold = seeded + restocked + bought back; each >= 0.
3. For every asset and for dollars: all legs, with the house's and the outside world's, sum to 0.
4. COMPLETED has exactly {cash leg, holding leg, stock leg} of that quantity x price; FAILED is net zero.
5. Entries are unique and immutable: an earlier dump is a subset of a later one.
6. No orphan legs; ids follow from what they name; versions contiguous; transitions legal; names unique.
7. (user, request id) <-> one order <-> one body <-> one answer.
8. History: acknowledged, it is there with those values; definitely refused, it is absent for ever; unknown, it is there
   0 or 1 times; nothing is there that nobody asked for.
9. After healing: no order is under way, no hold is open. Orders in quarantine wait for a person: `quarantined`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .checker_changes import changes
from .checker_history import promises, requests
from .checker_model import Violation
from .checker_money import balances, stock, zero_sums
from .checker_orders import healed as all_healed
from .checker_orders import legs, quarantined, structure
from .checker_people import people
from .checker_requests import Told
from .checker_view import View
from .dump import Dump
from .history import Call

__all__ = ["Told", "Violation", "check", "in_quarantine"]


def check(
    dump: Dump,
    history: Sequence[Call] | Told | None,
    earlier: Dump | None = None,
    seeded: Mapping[str, Decimal] | None = None,
    *,
    healed: bool = True,
) -> list[Violation]:
    """What does not hold; nothing when all is well.

    `history` is whole, or None when there is none; as `Told` it is read once for several dumps. `seeded` is the first
    stock of each asset. `healed` says that the faults are over and that the system had its 30 s; without it, orders may
    be under way, but the tables must have been read while nothing wrote.
    """
    view = View(dump)
    told = history if history is None or isinstance(history, Told) else Told(history)
    if view.unreadable:  # the rest would only tell of what follows from it
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
        *(all_healed(view) if healed else ()),
    ]


def in_quarantine(dump: Dump) -> list[str]:
    """The orders that wait for a person, each in a sentence."""
    return quarantined(View(dump))
