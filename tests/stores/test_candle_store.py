from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from aiodynamo.client import Client

from services.inventory.catalogue.store import CatalogueStore
from services.inventory.market.anchors import Anchor, StoredAnchors
from services.inventory.market.history.domain import Candle, Interval
from services.inventory.market.history.store import CandleStore
from services.inventory.stock.store import StockStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(client: Client, inventory_table: str) -> CandleStore:
    return CandleStore(client, inventory_table)


@pytest.fixture
def asset_id() -> str:
    return f"A{uuid.uuid4().hex[:8].upper()}"


def candle(start: datetime, low: str = "0.00000001") -> Candle:
    return Candle(start, Decimal("10.5"), Decimal("123456789.12345678"), Decimal(low), Decimal(11))


async def test_candles_are_read_by_their_times_the_oldest_first(store: CandleStore, asset_id: str) -> None:
    minutes = [candle(NOON + number * MINUTE) for number in range(5)]
    for one in reversed(minutes):
        await store.put(Interval.MINUTE, {asset_id: one, f"{asset_id}X": candle(one.start, "9")})
    await store.put(Interval.HOUR, {asset_id: candle(NOON, "7")})
    assert await store.candles(asset_id, Interval.MINUTE, NOON + MINUTE, NOON + 4 * MINUTE) == minutes[1:4]
    assert await store.candles(asset_id, Interval.HOUR, NOON, NOON + MINUTE) == [candle(NOON, "7")]
    assert await store.candles(asset_id, Interval.DAY, NOON, NOON + MINUTE) == []
    assert await store.candles(asset_id, Interval.MINUTE, NOON, NOON) == []
    assert await store.first(asset_id, Interval.MINUTE) == minutes[0]
    assert await store.first(asset_id, Interval.MINUTE, newest=True) == minutes[-1]
    assert await store.first(asset_id, Interval.DAY) is None


async def test_a_candle_that_is_stored_again_is_corrected(store: CandleStore, asset_id: str) -> None:
    for low in ("3", "3", "2"):
        await store.put(Interval.MINUTE, {asset_id: candle(NOON, low)})
    assert await store.candles(asset_id, Interval.MINUTE, NOON, NOON + MINUTE) == [candle(NOON, "2")]


@pytest.mark.parametrize("kept", [("1m", Interval.MINUTE, 7), ("1h", Interval.HOUR, 366), ("1d", Interval.DAY, None)])
async def test_candles_expire_except_those_of_days(
    store: CandleStore, client: Client, inventory_table: str, asset_id: str, kept: tuple[str, Interval, int | None]
) -> None:
    name, interval, days = kept
    await store.put(interval, {asset_id: candle(NOON)})
    item = await client.get_item(inventory_table, {"pk": f"CANDLE#{asset_id}#{name}", "sk": NOON.isoformat()})
    expected = None if days is None else int((NOON + timedelta(days=days)).timestamp())
    assert item.get("ttl") == expected


async def test_anchors_are_the_prices_that_were_set(client: Client, inventory_table: str, asset_id: str) -> None:
    moves = [Anchor(NOON + number * MINUTE, Decimal(number + 1)) for number in range(3)]
    for move in moves:
        item = {"pk": f"PRICE#{asset_id}", "sk": move.set_at.isoformat(), "price": move.price}
        await client.put_item(inventory_table, item)

    asset = SimpleNamespace(asset_id=asset_id, category="defi", price=moves[-1].price, priced_at=moves[-1].set_at)
    stored = StoredAnchors(CatalogueStore(client, inventory_table, StockStore(client, inventory_table)))
    assert await stored.of(asset) == tuple(moves)
