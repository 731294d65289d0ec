"""The catalogue at current prices."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.listings import Listing, Market, market_of, price_of
from services.inventory.catalogue.ports import Prices, Volumes
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.catalogue.view import View, view_of
from services.prices.frame import AssetPrice, Frame

_VIEW_SECONDS = 1.0  # how long lists keep their prices: a frame comes every 250 ms


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a view was made from, and when: a time.monotonic() reading."""

    snapshot: Snapshot
    frame: Frame | None
    market: Market
    is_complete: bool
    made_at: float


@dataclass
class PricedCatalogue:
    """Prices the assets of the catalogue. All methods raise Unavailable until it has been read once."""

    catalogue: Catalogue
    _prices: Prices
    _statistics: KeptStatistics
    _volumes: Volumes
    _monotonic: Callable[[], float] = time.monotonic
    _basis: _Basis | None = field(default=None, init=False)
    _view: View | None = field(default=None, init=False)

    def check(self) -> None:
        """Raises Unavailable while a list would lack what it shows: just after the start."""
        _ = self.catalogue.snapshot
        if not self._is_complete:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "statistics or volumes have not been read yet; try again")

    @property
    def _is_complete(self) -> bool:
        return self._statistics.is_read and self._volumes.is_read

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
            self._view = view_of(snapshot, frame, market, self._statistics.known, volumes)
            self._basis = _Basis(snapshot, frame, market, self._is_complete, self._monotonic())
        return self._view

    def _holds(self, basis: _Basis, snapshot: Snapshot, frame: Frame | None, market: Market) -> bool:
        return (
            basis.snapshot is snapshot
            and basis.is_complete == self._is_complete
            and _version(basis.frame) == _version(frame)
            and (basis.market.is_halted, basis.market.is_stale) == (market.is_halted, market.is_stale)
            and self._monotonic() - basis.made_at < _VIEW_SECONDS
        )

    async def get(self, asset_id: str) -> tuple[Listing, Market]:
        """Returns an asset with its current stock and price. Raises NotFound ASSET_NOT_FOUND."""
        return await self.priced(await self.catalogue.get_with_stock(asset_id))

    async def priced(self, asset: Asset) -> tuple[Listing, Market]:
        """Returns an asset with its current price."""
        statistics = await self._statistics.of(asset)
        market = self.market
        known = self.view.listings.get(asset.asset_id)
        listing = Listing(asset, self.price(asset), statistics)
        if known is not None:
            listing = replace(listing, volume_24h=known.volume_24h, rank=known.rank if asset.is_active else 0)
        return listing, market


def _version(frame: Frame | None) -> int:
    return frame.catalogue_version if frame else -1
