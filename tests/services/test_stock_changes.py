"""What replicas tell each other about changes, over a real Valkey."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis

from local import ports
from services.auth import revocation_cache
from services.common import settings
from services.common.rpc.errors import Unavailable
from services.inventory.admin.publication import Publication
from services.inventory.catalogue.domain import CatalogueState
from services.inventory.stock.changes import KEY, SharedChanges
from services.inventory.stock.ports import SharedChangesAway
from services.prices.keys import WANTED
from tests import valkey
from tests.market_fakes import FakePrices, frame, price


@pytest.fixture
async def port() -> int:
    [port] = ports.claim(1)
    return port


@pytest.fixture
async def redis(port: int) -> AsyncIterator[Redis]:
    async with revocation_cache.connect(settings.Redis(url=f"redis://127.0.0.1:{port}", timeout_seconds=5.0)) as client:
        yield client


async def test_each_replica_learns_what_any_of_them_changed(port: int, redis: Redis, tmp_path: Path) -> None:
    async with valkey.running(port, tmp_path):
        one, two = SharedChanges(redis), SharedChanges(redis)
        assert await one.exchange([]) is None, "at first, nothing is known"
        assert await two.exchange([]) is None
        assert await one.exchange(["BTC", "ETH"]) == ["BTC", "ETH"]
        assert await two.exchange(["SOL"]) == ["BTC", "ETH", "SOL"]
        assert "SOL" in (await one.exchange([]) or ())
        await two.exchange(["BTC"])
        assert "BTC" in (await one.exchange([]) or ())
        assert await redis.zcard(KEY) == 3, "it grows with the assets, not with the changes"


async def test_a_server_that_lost_its_data_knows_nothing(port: int, redis: Redis, tmp_path: Path) -> None:
    one, two = SharedChanges(redis), SharedChanges(redis)
    async with valkey.running(port, tmp_path):
        await one.exchange([])
        await two.exchange(["BTC"])
    with pytest.raises(SharedChangesAway):
        await one.exchange(["ETH"])
    async with valkey.running(port, tmp_path):
        assert await one.exchange(["ETH"]) is None
        assert await one.exchange([]) == ["ETH"]


@dataclass
class Catalogue:
    """A catalogue whose version is 3, and what was asked of it."""

    reached: int = 0

    async def state(self, *, consistent: bool) -> CatalogueState:
        assert consistent
        return CatalogueState(3)

    async def reach(self, version: int) -> None:
        self.reached = version


async def test_a_change_is_wanted_from_the_publisher_and_awaited(port: int, redis: Redis, tmp_path: Path) -> None:
    async with valkey.running(port, tmp_path):
        catalogue, prices = Catalogue(), FakePrices(frame({"BTC": price("1")}, seq=8, version=2))
        publication = Publication(catalogue, catalogue, prices, redis)  # type: ignore[arg-type]
        waiting = asyncio.create_task(publication.wait())
        await prices.awaited.wait()
        prices.publish(frame({}, seq=9, version=2))
        await asyncio.sleep(0)
        assert not waiting.done()
        prices.publish(frame({}, seq=10, version=3))
        await waiting
        assert (await redis.get(WANTED), catalogue.reached) == ("3", 3)
        assert 0 < await redis.pttl(WANTED) <= 5000
        await publication.wait()  # it is published already


async def test_a_change_that_nobody_publishes_is_said_to_be_stored_and_a_retry_succeeds_once_it_is(
    redis: Redis, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, prices = Catalogue(), FakePrices(frame({}, seq=8, version=2))
    publication = Publication(catalogue, catalogue, prices, redis)  # type: ignore[arg-type]
    monkeypatch.setattr("services.inventory.admin.publication._WAIT_SECONDS_MAX", 0.01)
    with caplog.at_level(logging.WARNING, "cnop.catalogue"), pytest.raises(Unavailable, match="stored") as refusal:
        await publication.wait()  # Valkey is away too
    assert refusal.value.reason == "CHANGE_NOT_PUBLISHED"
    assert [record.message for record in caplog.records] == ["a change is not published yet; orders may not obey it"]
    prices.publish(frame({}, seq=9, version=3))
    await publication.wait()
