"""What the use cases of stock need from the database and from the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset
from services.inventory.stock.domain import Outcome, Step


class OutcomeExists(Exception):
    """The step already has an outcome."""


class InsufficientStock(Exception):
    """The shard does not cover the step."""


class SharedChangesAway(Exception):
    """What other replicas have changed cannot be learned now."""


class StockShards(Protocol):
    """The stock of every asset, spread over shards, and the outcomes of steps. All reads are consistent."""

    @property
    def shards(self) -> int:
        """The number of shards."""

    async def outcome(self, effect_id: str) -> Outcome | None:
        """Returns the outcome of a step, None while it has none."""

    async def available_by_shard(self, asset_id: str) -> Sequence[Decimal]:
        """Returns the stock of an asset in each shard, all at one moment."""

    def move(self, tx: UnitOfWork, step: Step, shard: int, now: datetime) -> None:
        """Adds the outcome of a step, and its change to a shard.

        The commit raises OutcomeExists if the step has an outcome, InsufficientStock if the shard does not cover it.
        """

    def refuse(self, tx: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        """Adds a refusal as the outcome of a step. The commit raises OutcomeExists if the step has one."""

    def gather(self, tx: UnitOfWork, asset_id: str, available: Sequence[Decimal], shard: int) -> None:
        """Moves all the stock to one shard. The commit raises Conflict if another shard has changed since."""


class Catalogue(Protocol):
    """The catalogue."""

    async def get(self, asset_id: str) -> Asset:
        """Returns an asset. Raises NotFound ASSET_NOT_FOUND."""


class SharedChanges(Protocol):
    """Which assets' stock any replica has changed."""

    async def exchange(self, changed: Collection[str]) -> Collection[str] | None:
        """Adds changes and returns all since the last exchange, maybe more; None if some may be forgotten.

        Raises SharedChangesAway. What was added then may be added again.
        """


class StockReader(Protocol):
    """Where the stock that lists show is kept."""

    async def read_stock(self, asset_ids: Collection[str] | None = None) -> None:
        """Reads the stock of these assets, by default of all. Raises what prevents the read."""


class VolumeMarks(Protocol):
    """The turnover of all assets at full hours."""

    async def oldest(self, since: datetime) -> Mapping[str, Decimal] | None:
        """Returns the turnover by asset of the first mark since a time, None if there is no mark."""

    async def add(self, hour: datetime, turnover: Mapping[str, Decimal]) -> None:
        """Adds a mark, unless there is one."""
