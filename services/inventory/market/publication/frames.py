"""Makes frames: the prices of a source, with the spread, the status of each asset, and the guard against jumps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.times import Clock
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.market.ports import PriceSource
from services.inventory.market.publication.guard import Judged, JumpGuard
from services.inventory.market.publication.spread import Spread
from services.inventory.market.simulation.steps import STEP
from services.prices.frame import AssetPrice, Frame, Source, Status


class Catalogue(Protocol):
    """The assets."""

    @property
    def snapshot(self) -> Snapshot:
        """The latest snapshot. Raises Unavailable until there is one."""
        ...

    async def reach(self, version: int) -> Snapshot:
        """Returns a snapshot of this or a later version. Raises what prevents the read."""
        ...

    async def latest(self) -> Snapshot:
        """Returns a snapshot with all changes made before the call. Raises what prevents the read."""
        ...


class FrameMaker:
    """Makes the frames of one publisher after another."""

    def __init__(self, catalogue: Catalogue, source: PriceSource, spread: Spread, now: Clock) -> None:
        self.catalogue = catalogue
        self._source = source
        self._spread = spread
        self._now = now
        self._guard = JumpGuard()
        self._as_of: datetime | None = None

    def start(self, before: Frame | None, latest: datetime | None = None) -> None:
        """Takes over from another publisher, after the last of its frames that was read.

        `latest` is what the lease says about the time of its frames: none may have been read.
        """
        began_after = before.as_of if before else None
        self._as_of = max((one for one in (began_after, latest) if one is not None), default=None)
        middles = {asset_id: price.middle for asset_id, price in before.prices.items()} if before else {}
        self._guard.start(middles, began_after)

    def make(self, seq: int) -> Frame:
        """Makes the next frame. Raises what the source raises, and Unavailable until the catalogue has been read."""
        snapshot, as_of = self.catalogue.snapshot, self._time()
        assets = snapshot.assets.values()
        middles = self._source.middles(assets, as_of)
        return Frame(
            seq=seq,
            as_of=as_of,
            source=self._source.kind,
            is_halted=snapshot.state.is_halted,
            catalogue_version=snapshot.state.version,
            prices={asset.asset_id: self._price(asset, middles) for asset in assets},
        )

    def time(self) -> datetime:
        """Returns the time of the market: now, or that of the last frame if it is later."""
        now = self._now()
        return now if self._as_of is None else max(now, self._as_of)

    def _time(self) -> datetime:
        """Returns the time of the next frame. It goes on if the clock is behind that of the publisher before.

        Else the prices of a simulated market would repeat themselves, and everybody would know them.
        """
        now = self._now()
        self._as_of = now if self._as_of is None or now > self._as_of else self._as_of + STEP
        return self._as_of

    def _price(self, asset: Asset, middles: Mapping[str, Decimal]) -> AssetPrice:
        middle = middles.get(asset.asset_id)
        if self._source.kind is Source.FIXED and middle is not None:  # only admins move it
            judged = Judged(middle, is_halted=False)
        else:
            judged = self._guard.judge(asset, middle)
        bid, ask = self._spread.around(judged.middle, asset.category, asset.price_increment)
        return AssetPrice(judged.middle, bid, ask, Status.HALTED if judged.is_halted else asset.status)
