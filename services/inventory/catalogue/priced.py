"""The catalogue at current prices."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from services.common.rpc.errors import Unavailable
from services.common.times import Clock
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.listings import Listing, Market, Statistics, market_of, price_of
from services.inventory.catalogue.ports import History, Prices, Volumes
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.catalogue.view import View, view_of
from services.prices.frame import AssetPrice, Frame

_VIEW_SECONDS = 1.0  # how long lists keep their prices: a frame comes every 250 ms
_STATISTICS_SECONDS = 5.0
_UNREAD_SECONDS = 0.2  # between attempts before the catalogue has been read

logger = logging.getLogger("cnop.catalogue")


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a view was made from, and when: a time.monotonic() reading."""

    snapshot: Snapshot
    frame: Frame | None
    market: Market
    made_at: float


@dataclass
class PricedCatalogue:
    """Prices the assets of the catalogue. All methods raise Unavailable until it has been read once."""

    catalogue: Catalogue
    _prices: Prices
    _history: History
    _volumes: Volumes
    _now: Clock
    _monotonic: Callable[[], float] = time.monotonic
    _statistics: dict[str, Statistics] = field(default_factory=dict, init=False)
    _basis: _Basis | None = field(default=None, init=False)
    _view: View | None = field(default=None, init=False)
    _has_read: bool = field(default=False, init=False)  # or at least tried to read statistics

    def check(self) -> None:
        """Raises Unavailable while a list would lack what it shows: just after the start."""
        _ = self.catalogue.snapshot
        if not self._has_read:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "the statistics of prices have not been read yet; try again")

    @property
    def frame(self) -> Frame | None:
        """The current prices, None before the first."""
        return self._prices.latest

    @property
    def market(self) -> Market:
        """The state of the market as a whole."""
        is_halted = self.catalogue.snapshot.state.is_halted
        return market_of(self.frame, is_halted=is_halted, is_stale=self._prices.is_stale)

    @property
    def version(self) -> int:
        """The version of the catalogue that the current prices were made from, or that of the snapshot if later."""
        frame = self.frame
        return max(self.catalogue.snapshot.state.version, frame.catalogue_version if frame else 0)

    def price(self, asset: Asset) -> AssetPrice:
        """Returns the current price of an asset."""
        return price_of(asset, self.frame, self.market)

    @property
    def view(self) -> View:
        """All listings. Prices may be a second old; changes of assets and of the market show at once."""
        snapshot, frame, market = self.catalogue.snapshot, self.frame, self.market
        if self._view is None or self._basis is None or not self._holds(self._basis, snapshot, frame, market):
            volumes = self._volumes.of(snapshot.levels)
            self._view = view_of(snapshot, frame, market, self._statistics, volumes)
            self._basis = _Basis(snapshot, frame, market, self._monotonic())
        return self._view

    def _holds(self, basis: _Basis, snapshot: Snapshot, frame: Frame | None, market: Market) -> bool:
        return (
            basis.snapshot is snapshot
            and _version(basis.frame) == _version(frame)
            and (basis.market.is_halted, basis.market.is_stale) == (market.is_halted, market.is_stale)
            and self._monotonic() - basis.made_at < _VIEW_SECONDS
        )

    async def get(self, asset_id: str) -> tuple[Listing, Market]:
        """Returns an asset with its current stock and price. Raises NotFound ASSET_NOT_FOUND."""
        return await self.priced(await self.catalogue.get_with_stock(asset_id))

    async def priced(self, asset: Asset) -> tuple[Listing, Market]:
        """Returns an asset with its current price."""
        statistics = self._statistics[asset.asset_id] = await self._history.statistics(asset, self._now())
        market = self.market
        known = self.view.listings.get(asset.asset_id)
        listing = Listing(asset, self.price(asset), statistics)
        if known is not None:
            listing = replace(listing, volume_24h=known.volume_24h, rank=known.rank if asset.is_active else 0)
        return listing, market

    async def read_statistics(self) -> None:
        """Reads the statistics of all assets."""
        for asset in list(self.catalogue.snapshot.assets.values()):
            self._statistics[asset.asset_id] = await self._history.statistics(asset, self._now())

    async def keep_statistics(self) -> None:
        """Keeps the statistics fresh, so that no list has to wait for them, until cancelled."""
        while True:
            try:
                await self.read_statistics()
            except Exception as error:  # the next attempt follows; lists show the old ones
                logger.warning("the statistics of prices could not be read", extra={"why": repr(error)})
            self._has_read = self.catalogue.is_read
            await asyncio.sleep(_STATISTICS_SECONDS if self._has_read else _UNREAD_SECONDS)


def _version(frame: Frame | None) -> int:
    return frame.catalogue_version if frame else -1
