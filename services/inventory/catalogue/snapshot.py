"""The catalogue at one moment, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.inventory.catalogue.domain import Asset, CatalogueState, StockLevel


@dataclass(frozen=True)
class Snapshot:
    """All assets, by id, with their stock. `levels` has the stock of those that have any."""

    assets: dict[str, Asset]
    state: CatalogueState = CatalogueState()
    levels: Mapping[str, StockLevel] = field(default_factory=dict)

    def with_levels(self, levels: Mapping[str, StockLevel]) -> Snapshot:
        """Returns the snapshot with the new stock of some assets, or itself if that is what it has."""
        if all(self.levels.get(asset_id) == level for asset_id, level in levels.items()):
            return self
        stocked = {
            asset_id: self.assets[asset_id].stocked(level)
            for asset_id, level in levels.items()
            if asset_id in self.assets
        }
        return replace(self, assets=self.assets | stocked, levels={**self.levels, **levels})

    def with_assets(self, assets: Mapping[str, Asset]) -> Snapshot:
        """Returns the snapshot with other assets, each with its own stock."""
        return replace(self, assets={**self.assets, **assets})
