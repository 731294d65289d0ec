"""The slots of the calls that hash a password. A call needs one before any other work, and holds it until its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.common.rpc.errors import ResourceExhausted
from services.user.identity.hashing.source import Overloaded, Source


class Slots:
    """A number of slots. The fewer are free, the fewer one address or network may hold.

    An address may hold a third as many as are free, so at most a quarter of all, and a network as many as are free. So
    a few greedy ones leave some to the others.
    """

    def __init__(self, total: int) -> None:
        self._free = total
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, source: Source) -> Iterator[None]:
        """Holds a slot. Raises Overloaded if none is free, and ResourceExhausted RATE_LIMITED if others are."""
        if not self._free:
            raise Overloaded
        address, network = f"address {source.address}", f"network {source.network}"
        if 3 * self._held[address] >= self._free or self._held[network] >= self._free:
            text = "too many sign-ins at once from your address; wait for one to end, then try again"
            raise ResourceExhausted("RATE_LIMITED", text, retry_after_seconds="1")
        holders = Counter((address, network))
        self._free -= 1
        self._held += holders
        try:
            yield
        finally:
            self._free += 1
            self._held -= holders  # drops those that hold none
