"""In-memory stores of the inventory service, with the conditions that the real stores check."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from services.common.money import ZERO
from services.common.rpc.errors import ServiceError, Unavailable
from services.common.unit_of_work import ConditionFailed, UnitOfWork
from services.inventory.admin.domain import Change
from services.inventory.admin.ports import ChangeExists
from services.inventory.catalogue.domain import Asset, CatalogueState, asset_exists, asset_not_found
from services.inventory.stock.domain import Outcome, Step, spread
from services.inventory.stock.ports import InsufficientStock, OutcomeExists

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Write:
    """A change in memory and its condition."""

    apply: Callable[[], None]
    holds: Callable[[], bool] = lambda: True


@dataclass
class Database:
    """Commits writes. `interfere` runs before the next commit, like a concurrent replica."""

    commits: int = 0
    interfere: Callable[[], None] | None = None

    def begin(self) -> UnitOfWork:
        return UnitOfWork(self._write)

    async def _write(self, writes: Sequence[Write]) -> None:
        interfere, self.interfere = self.interfere, None
        if interfere is not None:
            interfere()
        failed = frozenset(position for position, write in enumerate(writes) if not write.holds())
        if failed:
            raise ConditionFailed(failed)
        for write in writes:
            write.apply()
        self.commits += 1


@dataclass
class FakeStock:
    """Stores the stock by asset and shard, and the outcomes of steps."""

    shards: int = 1
    stock: dict[str, list[Decimal]] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    noted: list[str] = field(default_factory=list)  # the assets whose stock was reported as changed

    async def outcome(self, effect_id: str) -> Outcome | None:
        return self.outcomes.get(effect_id)

    async def available_by_shard(self, asset_id: str) -> Sequence[Decimal]:
        return list(self._shards(asset_id))

    def add(self, tx: UnitOfWork, asset_id: str, quantity: Decimal, now: datetime) -> None:
        def apply() -> None:
            self.stock[asset_id] = spread(quantity, self.shards)

        tx.add(Write(apply, lambda: asset_id not in self.stock), asset_exists(asset_id))

    def move(self, tx: UnitOfWork, step: Step, shard: int, now: datetime) -> None:
        def apply() -> None:
            self.stock.setdefault(step.asset_id, [ZERO] * self.shards)[shard] += step.change

        self.refuse(tx, Outcome(step), now)
        tx.add(Write(apply, lambda: self._shards(step.asset_id)[shard] + step.change >= 0), InsufficientStock)

    def refuse(self, tx: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        effect_id = outcome.step.effect_id
        tx.add(
            Write(lambda: self.outcomes.update({effect_id: outcome}), lambda: effect_id not in self.outcomes),
            OutcomeExists,
        )

    def restock(self, tx: UnitOfWork, step: Step, actor_id: str, request_id: str, now: datetime) -> None:
        self.move(tx, step, 0, now)

    def gather(self, tx: UnitOfWork, asset_id: str, available: Sequence[Decimal], shard: int) -> None:
        def apply() -> None:
            self.stock[asset_id] = [sum(available, ZERO) if one == shard else ZERO for one in range(self.shards)]

        tx.add(Write(apply, lambda: self._shards(asset_id) == list(available)))

    def _shards(self, asset_id: str) -> list[Decimal]:
        return self.stock.get(asset_id, [ZERO] * self.shards)


@dataclass
class FakeAssets:
    """Stores assets by id, and the state of the catalogue."""

    rows: dict[str, Asset] = field(default_factory=dict)
    state: CatalogueState = CatalogueState()

    async def get(self, asset_id: str) -> Asset:
        if asset_id not in self.rows:
            raise asset_not_found(asset_id)
        return self.rows[asset_id]

    async def asset(self, asset_id: str) -> Asset | None:
        return self.rows.get(asset_id)

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        tx.add(Write(lambda: self.put(asset), lambda: asset.asset_id not in self.rows), asset_exists(asset.asset_id))

    def replace(self, tx: UnitOfWork, before: Asset, after: Asset) -> None:
        tx.add(Write(lambda: self.put(after), lambda: self.rows[before.asset_id] == before))

    def raise_version(self, tx: UnitOfWork) -> None:
        self._set_state(tx, lambda: self.state.is_halted)

    def set_halted(self, tx: UnitOfWork, *, is_halted: bool) -> None:
        self._set_state(tx, lambda: is_halted)

    def _set_state(self, tx: UnitOfWork, is_halted: Callable[[], bool]) -> None:
        def apply() -> None:
            self.state = CatalogueState(self.state.version + 1, is_halted())

        tx.add(Write(apply))

    def require(self, tx: UnitOfWork, asset_id: str) -> None:
        tx.add(Write(lambda: None, lambda: asset_id in self.rows), asset_not_found(asset_id))

    def put(self, asset: Asset) -> None:
        self.rows[asset.asset_id] = asset


@dataclass
class FakeChanges:
    """Stores the fingerprints of changes by id."""

    fingerprints: dict[str, str] = field(default_factory=dict)

    async def fingerprint(self, change_id: str) -> str | None:
        return self.fingerprints.get(change_id)

    def add(self, tx: UnitOfWork, change: Change, now: datetime) -> None:
        tx.add(
            Write(
                lambda: self.fingerprints.update({change.change_id: change.fingerprint}),
                lambda: change.change_id not in self.fingerprints,
            ),
            ChangeExists,
        )


@dataclass
class FakeTrail:
    """Records the event and outcome of each change, or is unavailable."""

    events: list[tuple[str, str]] = field(default_factory=list)
    facts: list[dict[str, str]] = field(default_factory=list)
    is_down: bool = False

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AsyncIterator[None]:
        if self.is_down:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "down")
        self.facts.append({"subject": subject, **facts})
        try:
            yield
        except ServiceError as error:
            self.events.append((event, error.reason))
            raise
        self.events.append((event, "DONE"))


@dataclass
class FakePublication:
    """Counts how often a change waited to be published, and what had been stored by then. May be down."""

    assets: FakeAssets
    versions: list[int] = field(default_factory=list)
    is_down: bool = False

    async def wait(self) -> None:
        self.versions.append(self.assets.state.version)
        if self.is_down:
            raise Unavailable("CHANGE_NOT_PUBLISHED", "down")


def make_asset(asset_id: str = "BTC") -> Asset:
    return Asset(
        asset_id=asset_id,
        name="Bitcoin",
        description="The first.",
        category="layer-1",
        price=Decimal(100),
        priced_at=NOON,
        circulating_supply=Decimal(19850000),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=NOON,
        available=ZERO,
    )
