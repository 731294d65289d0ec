"""Load shedding: refuses a call before any work is done for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from services.common.rpc.call import Call
from services.common.rpc.errors import ResourceExhausted, Unavailable


class Admission:
    """Bounds the calls that run at once."""

    def __init__(self, concurrency: int) -> None:
        self._free = concurrency

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Counts a call while it runs."""
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1

    def check(self, call: Call) -> None:
        """Raises ResourceExhausted OVERLOADED, or Unavailable DEADLINE_PASSED if nobody waits for the answer."""
        if self._free < 0:
            raise ResourceExhausted("OVERLOADED", "too many calls at once; try again")
        if time.monotonic() >= call.deadline:
            raise Unavailable("DEADLINE_PASSED", "the deadline had passed before the call began")
