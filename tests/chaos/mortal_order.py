"""An order service that kills itself just before or just after one step of one order.

python -m tests.chaos.mortal_order: CNOP_TEST_DEATH (such as "after settle") and CNOP_TEST_REQUEST_ID set the step and
the order, CNOP_TEST_AHEAD_SECONDS how far its clock is ahead. Only the parts that the saga uses are wrapped; the rest
is the real service.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import uvloop

from services.common import logs, settings
from services.order import __main__ as service
from services.order.domain import Order

from .skewed import clock

STEPS = {
    "InventoryClient": ("take", "undo_take", "add_sold"),
    "UserClient": ("settle",),
    "OrderStore": ("add", "move"),
}

Step = Callable[..., Awaitable[Any]]

_ENOUGH = Decimal(10**9)  # what each user had, as far as this process remembers


def main() -> None:
    death, request_id = os.environ["CNOP_TEST_DEATH"], os.environ["CNOP_TEST_REQUEST_ID"]

    def reach(point: str, order: Order) -> None:
        if (point, order.request_id) == (death, request_id):
            os.kill(os.getpid(), signal.SIGKILL)

    def mortal(name: str, step: Step) -> Step:
        async def call(self: Any, order: Order, *more: Any) -> Any:
            reach(f"before {name}", order)
            try:
                return await step(self, order, *more)
            finally:  # even after a refusal
                reach(f"after {name}", order)

        return call

    for part, names in STEPS.items():
        immortal = getattr(service, part)
        steps: dict[str, Any] = {name: mortal(name, getattr(immortal, name)) for name in names}
        if part == "UserClient":  # a buy is not refused before its first step
            steps["last_cash"] = lambda self, user_id: _ENOUGH
        setattr(service, part, type(part, (immortal,), steps))
    config = settings.load(service.Settings)
    logs.set_up("order", config.log.level)
    uvloop.run(service.serve(config, clock(float(os.environ["CNOP_TEST_AHEAD_SECONDS"]))))


if __name__ == "__main__":
    main()
