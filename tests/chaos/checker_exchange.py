"""The prices of the correct run: they move with every other read, and each frame is kept."""

from __future__ import annotations

import random
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.common.money import EXACT, SATOSHI
from services.inventory.catalogue.usecases import Catalogue
from services.prices.frame import AssetPrice, Frame, Source, Status

from .checker_market import Frame as Published
from .checker_market import Market, Price
from .checker_system_clock import Clock

BUY_PERCENT, SELL_PERCENT = Decimal("0.25"), Decimal("0.15")
_SPREAD = Decimal("0.001")


class Exchange:
    """Makes frames around the prices of the catalogue."""

    def __init__(self, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._random = random.Random(3)  # noqa: S311 - the same run each time
        self._frames: dict[int, Frame] = {}
        self._reads = 0

    async def current(self) -> Frame:
        """Returns a new frame, or once more the last one."""
        self._reads += 1
        if self._frames and self._reads % 2:
            return self.latest
        return self.move()

    @property
    def latest(self) -> Frame:
        """The last frame."""
        return next(reversed(self._frames.values()))

    def move(self) -> Frame:
        """Makes a new frame."""
        snapshot = self._catalogue.snapshot
        seq = (1 << 32) + len(self._frames)
        prices = {asset.asset_id: self._price(asset.price, asset.status) for asset in snapshot.assets.values()}
        frame = Frame(seq, self._clock(), Source.SIMULATED, snapshot.state.is_halted, snapshot.state.version, prices)
        self._frames[seq] = frame
        return frame

    def _price(self, anchor: Decimal, status: Status) -> AssetPrice:
        middle = _rounded(anchor * (1 + Decimal(self._random.randint(-50, 50)) / 10_000), ROUND_FLOOR)
        bid, ask = _rounded(middle * (1 - _SPREAD), ROUND_FLOOR), _rounded(middle * (1 + _SPREAD), ROUND_CEILING)
        return AssetPrice(middle, bid, ask, status)

    def published(self) -> Market:
        """Returns all frames, as the checker takes them."""
        frames = {
            seq: Published(
                frame.source.value,
                frame.is_halted,
                {asset_id: Price(one.bid, one.ask, one.status.value) for asset_id, one in frame.prices.items()},
            )
            for seq, frame in self._frames.items()
        }
        return Market(frames, buy_percent=BUY_PERCENT, sell_percent=SELL_PERCENT)


def _rounded(value: Decimal, rounding: str) -> Decimal:
    return value.quantize(SATOSHI, rounding=rounding, context=EXACT)
