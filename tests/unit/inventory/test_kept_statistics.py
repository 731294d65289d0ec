from __future__ import annotations

import asyncio
import logging
from collections import Counter
from random import Random

import pytest
from inventory_fakes import NOON, make_asset

from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.usecases import Catalogue
from tests.market_fakes import FakeHistory
from tests.unit.inventory.test_priced_catalogue import Table

NAMES = [f"A{number}" for number in range(200)]


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory()


@pytest.fixture
def catalogue() -> Catalogue:
    table = Table([make_asset(name) for name in NAMES])
    return Catalogue(table, table, 1.0)


@pytest.fixture
async def statistics(catalogue: Catalogue, history: FakeHistory) -> KeptStatistics:
    await catalogue.refresh()
    return KeptStatistics(catalogue, history, lambda: NOON)


async def test_an_asset_that_fails_stops_no_other_and_is_tried_again(
    statistics: KeptStatistics, history: FakeHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.fails = lambda asset_id: asset_id in ("A0", "A77")
    with caplog.at_level(logging.WARNING, "cnop.catalogue"):
        await statistics.refresh()
    [record] = caplog.records
    assert (record.assets, record.why) == (2, "ConnectionError('down')")  # type: ignore[attr-defined]
    assert statistics.known.keys() == set(NAMES) - {"A0", "A77"}
    assert not statistics.is_read
    history.fails = lambda asset_id: False
    await statistics.refresh()
    assert statistics.known.keys() == set(NAMES)
    assert statistics.is_read
    assert history.reads == 200, "only what was missing was read again"


async def test_an_asset_that_always_fails_keeps_nobody_waiting(
    statistics: KeptStatistics, history: FakeHistory
) -> None:
    tried: Counter[str] = Counter()

    def fails(asset_id: str) -> bool:
        tried[asset_id] += 1
        return asset_id == "A77"

    history.fails = fails
    while not statistics.is_read:
        await statistics.refresh()
    assert tried == Counter(NAMES) + Counter({"A77": 4})
    await statistics.refresh()
    assert tried["A0"] == 2, "from then on, all are read each time"


async def test_while_a_fifth_of_all_reads_fail_those_of_all_assets_are_read(
    catalogue: Catalogue, history: FakeHistory
) -> None:
    random = Random(7)  # noqa: S311 - the same failures in each run
    history.fails = lambda asset_id: random.random() < 0.2
    statistics = KeptStatistics(catalogue, history, lambda: NOON)
    task = asyncio.create_task(statistics.keep_fresh())
    await asyncio.sleep(0)
    assert not statistics.is_read, "there is no catalogue yet"
    await catalogue.refresh()
    async with asyncio.timeout(20):
        while not statistics.is_read:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    task.cancel()
    assert statistics.known.keys() == set(NAMES)
