"""What reads prices where Redis cannot be read."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from services.prices.frame import Frame


class TableFrame(NamedTuple):
    """What the inventory table says: the latest frame, None while Redis has it, and the least number of a valid one.

    While the table has a frame, no other place has a newer one.
    """

    frame: Frame | None
    seq_min: int


class FrameTable(Protocol):
    """The frame in the inventory table."""

    async def latest(self) -> TableFrame:
        """Reads the frame consistently. Raises Unavailable."""
        ...
