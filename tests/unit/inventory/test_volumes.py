from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from inventory_fakes import NOON

from services.inventory.catalogue.domain import StockLevel
from services.inventory.stock.volumes import Volumes

HOUR = timedelta(hours=1)


@dataclass
class Marks:
    """Marks in memory, which can be unavailable."""

    by_hour: dict[datetime, Mapping[str, Decimal]] = field(default_factory=dict)
    is_down: bool = False  # to writes
    unread: int = 0  # the number of reads that fail first
    calls: int = 0

    async def oldest(self, since: datetime) -> Mapping[str, Decimal] | None:
        self.calls += 1
        if self.calls <= self.unread:
            raise ConnectionError("down")
        hours = sorted(hour for hour in self.by_hour if hour >= since)
        return self.by_hour[hours[0]] if hours else None

    async def add(self, hour: datetime, turnover: Mapping[str, Decimal]) -> None:
        if self.is_down:
            raise ConnectionError("down")
        self.by_hour.setdefault(hour, turnover)


@dataclass
class House:
    """The turnover of one asset, and the clock."""

    turnover: Decimal = Decimal(0)
    time: datetime = NOON

    def levels(self) -> Mapping[str, StockLevel]:
        return {"BTC": StockLevel(Decimal(1), self.turnover), "NEW": StockLevel()}

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def marks() -> Marks:
    return Marks()


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def volumes(marks: Marks, house: House) -> Volumes:
    return Volumes(marks, house.levels, house.now)


async def test_what_is_traded_counts_until_it_is_a_day_old(volumes: Volumes, house: House) -> None:
    seen = []
    for _ in range(60):  # an hour each, in which 10 dollars are traded at half past
        await volumes.refresh()
        house.time += HOUR / 2
        house.turnover += 10
        seen.append(volumes.of(house.levels())["BTC"])
        house.time += HOUR / 2
    assert seen == [Decimal(10 * min(hour, 24)) for hour in range(1, 61)]


async def test_the_table_is_asked_once_an_hour(volumes: Volumes, house: House, marks: Marks) -> None:
    for minute in range(120):
        house.time = NOON + timedelta(minutes=minute)
        await volumes.refresh()
    assert marks.calls == 2


async def test_a_new_replica_counts_from_the_marks_of_the_others(marks: Marks, house: House) -> None:
    first = Volumes(marks, house.levels, house.now)
    await first.refresh()
    house.turnover, house.time = Decimal(70), NOON + HOUR
    second = Volumes(marks, house.levels, house.now)
    assert second.of(house.levels()) == {}
    await second.refresh()
    assert second.of(house.levels()) == {"BTC": 70, "NEW": 0}


async def test_after_a_pause_of_days_nothing_was_traded_in_the_last_day(marks: Marks, house: House) -> None:
    await Volumes(marks, house.levels, house.now).refresh()
    house.turnover, house.time = Decimal(70), NOON + timedelta(days=3)
    later = Volumes(marks, house.levels, house.now)
    await later.refresh()
    assert later.of(house.levels())["BTC"] == 0


async def test_a_mark_that_could_not_be_made_is_made_later(volumes: Volumes, house: House, marks: Marks) -> None:
    await volumes.refresh()
    house.time, house.turnover, marks.is_down = NOON + HOUR, Decimal(10), True
    with pytest.raises(ConnectionError):
        await volumes.refresh()
    assert volumes.of(house.levels())["BTC"] == 10
    marks.is_down = False
    await volumes.refresh()
    assert list(marks.by_hour) == [NOON, NOON + HOUR]


async def test_an_undone_order_makes_no_volume_negative(volumes: Volumes, house: House) -> None:
    house.turnover = Decimal(10)
    await volumes.refresh()
    house.turnover = Decimal(4)
    assert volumes.of(house.levels())["BTC"] == 0


async def test_the_first_read_is_tried_again_at_once_and_the_volume_is_known_from_it_on(
    marks: Marks, house: House
) -> None:
    await Volumes(marks, house.levels, house.now).refresh()
    house.turnover, marks.calls, marks.unread = Decimal(70), 0, 2
    restarted = Volumes(marks, house.levels, house.now)
    task = asyncio.create_task(restarted.keep_fresh())
    async with asyncio.timeout(20):  # the next attempt of an hour that failed later is 30 s away
        while not restarted.is_read:
            assert restarted.of(house.levels()) == {}
            await asyncio.sleep(0.01)
    task.cancel()
    assert marks.calls == 3
    assert restarted.of(house.levels())["BTC"] == 70


async def test_the_volume_is_known_while_no_mark_can_be_made(marks: Marks, house: House) -> None:
    await Volumes(marks, house.levels, house.now).refresh()
    house.turnover, house.time, marks.is_down = Decimal(70), NOON + HOUR, True
    restarted = Volumes(marks, house.levels, house.now)
    with pytest.raises(ConnectionError):
        await restarted.refresh()
    assert restarted.is_read
    assert restarted.of(house.levels())["BTC"] == 70
