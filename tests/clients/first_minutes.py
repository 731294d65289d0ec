"""Checks the example of each language: its output, and its effects."""

from __future__ import annotations

import re
from decimal import Decimal

from .traces import Traces

SCRIPT = r"""signed in as (?P<name>\w+)
deposited 1000.00 and has 1000.00
10 ADA would cost (?P<cost>\d+\.\d\d)
ADA is at \d+\.\d+
bought 10 ADA for (?P<paid>\d+\.\d\d) COMPLETED
sent again, it is the same order: true
order BUY 5 ADA COMPLETED
order BUY 10 ADA COMPLETED
not enough money: INSUFFICIENT_FUNDS
invalid quantity: must be a string of a number above 0, .*
"""


async def check(printed: str, traces: Traces) -> None:
    """Asserts that an example printed the right values, and that the system has them."""
    said = re.fullmatch(SCRIPT, printed)
    assert said, printed
    orders = [(order["status"], order["quantity"]) for order in await traces.orders(said["name"])]
    # The order without enough money is stored as FAILED; the invalid one is not stored.
    assert orders == [("FAILED", "100000"), ("COMPLETED", "5"), ("COMPLETED", "10")]
    price = Decimal(said["paid"]) / 10
    assert abs(1000 - 15 * price - await traces.cash(said["name"])) <= Decimal("0.05")
