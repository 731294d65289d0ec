"""A publisher that has not noticed the last changes of the catalogue yet, while clients have seen them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from aiodynamo.client import Client
from redis.asyncio import Redis

from services.common import settings
from services.inventory.catalogue.domain import CatalogueState
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.market.fixed import FixedSource
from services.inventory.market.publication.frames import FrameMaker
from services.inventory.market.publication.lease import LeaseStore
from services.inventory.market.publication.publisher import Publisher
from services.inventory.market.publication.spread import Spread
from services.inventory.market.publication.stream import FrameStream
from services.inventory.market.publication.tenure import Election
from services.prices.feed import Feed
from services.redis_client import client as redis_client
from tests.stores.prices.conftest import Valkey

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class LaggingCatalogue:
    """A catalogue of which a new version is known only when it is read. The first reads may fail."""

    def __init__(self, version: int, failures: int = 0) -> None:
        self.snapshot = Snapshot({}, CatalogueState(version - 1))
        self.version = version
        self._failures = failures

    async def reach(self, version: int) -> Snapshot:
        return await self.latest()

    async def latest(self) -> Snapshot:
        if self._failures:
            self._failures -= 1
            raise ConnectionError
        self.snapshot = Snapshot({}, CatalogueState(self.version))
        return self.snapshot


@pytest.fixture
async def redis(server: Valkey) -> AsyncIterator[Redis]:
    async with redis_client.connect(settings.Redis(url=server.url)) as redis:
        yield redis


@pytest.mark.parametrize("failures", [0, 3])
async def test_a_successor_publishes_nothing_before_it_has_read_the_changes(
    client: Client, table: str, redis: Redis, failures: int
) -> None:
    lease = LeaseStore(client, table)
    feed = Feed(redis, lease)
    maker = FrameMaker(LaggingCatalogue(7, failures), FixedSource(), Spread(Decimal(0)), lambda: NOON)
    publisher = Publisher(Election(lease), FrameStream(redis), maker, feed)
    tasks = [asyncio.create_task(publisher.run()), asyncio.create_task(feed.follow())]
    try:
        assert (await feed.newer(0)).catalogue_version == 7
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
