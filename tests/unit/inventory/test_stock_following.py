from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from services.inventory.stock.following import StockFollower
from services.inventory.stock.ports import SharedChangesAway


@dataclass
class Shared:
    """Changes of other replicas, which can be away or forgotten. `meanwhile` runs during an exchange."""

    told: list[set[str]] = field(default_factory=list)
    others: Collection[str] | None = ()
    is_away: bool = False
    follower: StockFollower | None = None

    async def exchange(self, changed: Collection[str]) -> Collection[str] | None:
        if self.follower is not None:
            self.follower.note("LATE")
        if self.is_away:
            raise SharedChangesAway
        self.told.append(set(changed))
        return None if self.others is None else {*changed, *self.others}


@dataclass
class Reader:
    """Notes what is read; None stands for everything."""

    reads: list[set[str] | None] = field(default_factory=list)
    is_down: bool = False

    async def read_stock(self, asset_ids: Collection[str] | None = None) -> None:
        if self.is_down:
            raise ConnectionError("down")
        self.reads.append(None if asset_ids is None else set(asset_ids))


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shared() -> Shared:
    return Shared()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def follower(reader: Reader, shared: Shared, seconds: Seconds) -> StockFollower:
    return StockFollower(reader, shared, seconds)


async def test_nothing_is_read_while_nothing_changes(follower: StockFollower, reader: Reader, seconds: Seconds) -> None:
    for second in range(200):
        seconds.now = second
        await follower.refresh()
    assert reader.reads == []


async def test_what_any_replica_changes_is_read_once(follower: StockFollower, reader: Reader, shared: Shared) -> None:
    for _ in range(3):
        follower.note("BTC")
    shared.others = ["ETH"]
    await follower.refresh()
    shared.others = ()
    await follower.refresh()
    assert reader.reads == [{"BTC", "ETH"}]
    assert shared.told == [{"BTC"}, set()]


async def test_everything_is_read_if_changes_may_be_forgotten(
    follower: StockFollower, reader: Reader, shared: Shared
) -> None:
    shared.others = None
    await follower.refresh()
    shared.others = ()
    await follower.refresh()
    assert reader.reads == [None]


async def test_while_others_cannot_be_heard_own_changes_are_read_and_everything_once_a_minute(
    follower: StockFollower, reader: Reader, shared: Shared, seconds: Seconds
) -> None:
    shared.is_away = True
    follower.note("BTC")
    await follower.refresh()
    for second in range(1, 130):
        seconds.now = second
        await follower.refresh()
    assert reader.reads == [{"BTC"}, None, None]
    shared.is_away = False
    follower.note("ETH")
    await follower.refresh()
    assert shared.told == [{"BTC", "ETH"}], "what could not be told then is told now"
    await follower.refresh()
    assert shared.told[1] == set()


async def test_what_could_not_be_read_is_read_at_the_next_call(
    follower: StockFollower, reader: Reader, shared: Shared
) -> None:
    reader.is_down = True
    for asset_id in ("BTC", "ETH"):
        follower.note(asset_id)
        with pytest.raises(ConnectionError):
            await follower.refresh()
    reader.is_down = False
    await follower.refresh()
    assert reader.reads == [{"BTC", "ETH"}]
    reader.is_down, shared.others = True, None
    with pytest.raises(ConnectionError):
        await follower.refresh()
    reader.is_down, shared.others = False, ()
    await follower.refresh()
    assert reader.reads == [{"BTC", "ETH"}, None]


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_change_during_an_exchange_is_told_by_the_next(
    follower: StockFollower, reader: Reader, shared: Shared, *, is_away: bool
) -> None:
    shared.follower, shared.is_away = follower, is_away
    await follower.refresh()
    shared.follower, shared.is_away = None, False
    await follower.refresh()
    assert shared.told[-1] == {"LATE"}
    assert reader.reads == [{"LATE"}]
