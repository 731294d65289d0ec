"""A replica that publishes prices, as a process of its own: python -m tests.stores.prices.replica ENDPOINT TABLE REDIS
SKEW. It says "ready" when there are prices, and ends at SIGTERM as a service does. SKEW are the seconds that its clock
is ahead."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from services.common import logs, settings, times
from services.common.dynamo import client as dynamo
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.market.publication.frames import FrameMaker
from services.inventory.market.publication.lease import LeaseStore
from services.inventory.market.publication.publisher import Publisher
from services.inventory.market.publication.spread import Spread
from services.inventory.market.publication.stream import FrameStream
from services.inventory.market.publication.tenure import Election
from services.prices.feed import Feed
from services.prices.frame import Source
from services.redis_client import client as redis_client

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class OneSnapshot:
    """A catalogue that does not change."""

    snapshot: Snapshot

    async def reach(self, version: int) -> Snapshot:
        return self.snapshot

    async def latest(self) -> Snapshot:
        return self.snapshot


class Ramp:
    """A source whose prices rise by a cent a second."""

    kind = Source.SIMULATED

    def middles(self, assets: Collection[Asset], at: datetime) -> Mapping[str, Decimal]:
        rise = Decimal(int(at.timestamp()) % 10_000) / 100
        return {asset.asset_id: asset.price + rise for asset in assets}


def assets(count: int) -> list[Asset]:
    """Returns some assets."""
    plain = {"description": "", "category": "layer-1", "circulating_supply": Decimal(1), "max_supply": None}
    return [
        Asset(
            asset_id=f"A{number}",
            name=f"Asset {number}",
            price=Decimal(1000),
            priced_at=_NOON,
            is_active=True,
            image="",
            updated_at=_NOON,
            available=Decimal(1),
            **plain,
        )
        for number in range(count)
    ]


async def publish(endpoint: str, table: str, redis_url: str, skew_seconds: float) -> None:
    """Publishes until SIGTERM."""

    def now() -> datetime:
        return times.now() + timedelta(seconds=skew_seconds)

    catalogue = OneSnapshot(Snapshot({asset.asset_id: asset for asset in assets(3)}))
    redis = redis_client.connect(settings.Redis(url=redis_url))
    async with dynamo.connect(settings.DynamoDB(endpoint=endpoint)) as client, redis:
        lease = LeaseStore(client, table)
        feed = Feed(redis, lease)
        maker = FrameMaker(catalogue, Ramp(), Spread(Decimal("0.05")), now)
        publisher = Publisher(Election(lease), FrameStream(redis), maker, feed)
        tasks = [asyncio.create_task(publisher.run()), asyncio.create_task(feed.follow())]
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await feed.newer(0)
        print("ready", flush=True)
        await stop.wait()
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await publisher.release()


if __name__ == "__main__":
    logs.set_up("inventory", "INFO")
    asyncio.run(publish(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
