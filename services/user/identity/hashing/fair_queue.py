"""A queue that serves networks fairly, and in a network its addresses: who has had less lately comes first.

So nobody waits for a crowd elsewhere, nor for addresses that keep asking.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sized
from typing import Generic, TypeVar

from services.user.identity.hashing.recent_use import RecentUse
from services.user.identity.hashing.source import Source

T = TypeVar("T")
LineT = TypeVar("LineT", bound=Sized)


class _Lines(Generic[LineT]):
    """Lines, none of which is empty. The next is the one with the least use, among equals the one that came first."""

    def __init__(self, new_line: Callable[[], LineT], use: RecentUse) -> None:
        self._new_line = new_line
        self._use = use
        self._lines: dict[str, LineT] = {}

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def line(self, key: str) -> LineT:
        """Returns a line, to add an item to it."""
        if key not in self._lines:
            self._lines[key] = self._new_line()
        return self._lines[key]

    def find(self, key: str) -> LineT:
        """Returns a line, to read it; an empty one if there is none."""
        return self._lines.get(key) or self._new_line()

    def take_turn(self) -> tuple[str, LineT]:
        """Returns the next line and its key, and counts the turn."""
        key = min(self._lines, key=self._use.of)
        self._use.add(key)
        self._lines[key] = line = self._lines.pop(key)  # behind its equals
        return key, line

    def drop_if_empty(self, key: str) -> None:
        """Removes a line that has lost its last item."""
        if key in self._lines and not self._lines[key]:
            del self._lines[key]

    def ahead_in_others(self, key: str, position: int) -> int:
        """Returns how many items of other lines come before the one that is or would be at a position of this line."""
        ahead, use, is_earlier = 0, self._use.of(key), True
        for other, line in self._lines.items():
            if other == key:
                is_earlier = False
                continue
            others_use = self._use.of(other)
            is_first = others_use > use or (
                others_use == use and is_earlier
            )  # among equals: who took no turn to get there
            ahead += max(0, min(len(line), use + position - others_use + is_first))
        return ahead


class FairQueue(Generic[T]):
    """Items that wait, by the address and network of their source."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._use_of_networks, self._use_of_addresses = RecentUse(clock), RecentUse(clock)
        self._networks: _Lines[_Lines[deque[T]]] = _Lines(self._new_network, self._use_of_networks)

    def __len__(self) -> int:
        return len(self._networks)

    def add(self, source: Source, item: T) -> None:
        """Adds an item at the end of the line of its address."""
        self._networks.line(source.network).line(source.address).append(item)

    def take(self) -> T:
        """Removes and returns the next item. Only for a queue that has one."""
        network, addresses = self._networks.take_turn()
        address, items = addresses.take_turn()
        item = items.popleft()
        addresses.drop_if_empty(address)
        self._networks.drop_if_empty(network)
        return item

    def count(self, source: Source) -> None:
        """Counts an item that need not wait."""
        self._use_of_networks.add(source.network)
        self._use_of_addresses.add(source.address)

    def remove(self, source: Source, item: T) -> None:
        """Removes an item that gives up. Has no effect if it was taken."""
        addresses = self._networks.find(source.network)
        items = addresses.find(source.address)
        if item in items:
            items.remove(item)
            addresses.drop_if_empty(source.address)
            self._networks.drop_if_empty(source.network)

    def ahead_of_next(self, source: Source) -> int:
        """Returns how many of the items that wait would come before the next item of this source."""
        addresses = self._networks.find(source.network)
        own = len(addresses.find(source.address))
        in_network = own + addresses.ahead_in_others(source.address, own)
        return in_network + self._networks.ahead_in_others(source.network, in_network)

    def _new_network(self) -> _Lines[deque[T]]:
        return _Lines(deque, self._use_of_addresses)
