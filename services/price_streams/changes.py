"""When each price changed last, in sequence numbers: what makes a delta from any message that was sent."""

from __future__ import annotations

from collections.abc import Iterable

from services.prices.frame import Frame

_SEEN_MAX = 2400  # ten minutes of frames


class Changes:
    """The frames that this process has seen, one after the other."""

    def __init__(self) -> None:
        self._changed: dict[str, int] = {}
        self._seen: dict[int, None] = {}  # in order
        self._before: Frame | None = None

    def add(self, frame: Frame) -> None:
        """Compares a frame with the one before."""
        prices = self._before.prices if self._before is not None else {}
        for asset_id, price in frame.prices.items():
            if prices.get(asset_id) != price:
                self._changed[asset_id] = frame.seq
        self._before = frame
        self._seen[frame.seq] = None
        if len(self._seen) > _SEEN_MAX:
            del self._seen[next(iter(self._seen))]

    def restart(self, frame: Frame) -> None:
        """Forgets the frames so far: nobody has seen them."""
        self._changed.clear()
        self._seen.clear()
        self._before, self._seen[frame.seq] = frame, None

    def knows(self, seq: int) -> bool:
        """Whether the changes since a sequence number are known. Other processes have seen other frames."""
        return seq in self._seen

    def since(self, seq: int, assets: Iterable[str]) -> list[str]:
        """Returns those of the assets whose prices have changed after `seq`."""
        return [asset_id for asset_id in assets if self._changed.get(asset_id, 0) > seq]
