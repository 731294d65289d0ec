"""A system with simulated prices and two replicas of each service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal

import httpx
import pytest

from local.stack import Stack, StackSettings, running

from .conftest import CHEAP_PASSWORDS, client_of
from .rest import Json, Rest, answer
from .test_admin import new_admin
from .users import User, register
from .waiting import eventually

ASSET = "/api/v1/inventory/assets/BTC"


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    settings = StackSettings.on_free_ports(
        log_dir=tmp_path_factory.mktemp("logs"), service_env=CHEAP_PASSWORDS, prices="simulated", replicas=2
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture
async def guest(market: Stack) -> AsyncIterator[Rest]:
    async with client_of(market.settings) as client:
        yield Rest(client)


@pytest.fixture
async def admin(market: Stack, guest: Rest) -> User:
    return await new_admin(market.settings, await register(guest.http))


async def watch(guest: Rest, frames: int) -> dict[str, Json]:
    """Returns what is shown of the asset until that many frames were seen, by their sequence numbers."""
    seen: dict[str, Json] = {}

    async def look() -> bool:
        response = await guest.send("GET", ASSET)
        if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:  # the edge has not seen yet that a replica died
            shown = answer(response)
            seen[shown["price_seq"]] = shown
        return len(seen) >= frames

    await eventually(look, f"{frames} frames")
    return seen


async def minutes(guest: Rest) -> list[Json]:
    return list((await guest.get(f"{ASSET}/candles", interval="1m", page_size=5))["candles"])


def outside(shown: Json, candles: list[Json]) -> bool:
    """Returns whether a price is outside the candle of its minute."""
    minute = datetime.fromisoformat(shown["price_as_of"]).replace(second=0, microsecond=0)
    [candle] = [one for one in candles if datetime.fromisoformat(one["start_time"]) == minute]
    return not Decimal(candle["low"]) <= Decimal(shown["price_usd"]) <= Decimal(candle["high"])


def is_near(shown: Json, price: int) -> bool:
    return abs(Decimal(shown["price_usd"]) / price - 1) < Decimal("0.01")


async def candles_hold(guest: Rest, seen: dict[str, Json]) -> None:
    """Waits until all prices that were shown are within their candles: a replica may know the last frame later."""

    async def look() -> bool:
        candles = await minutes(guest)
        return not any(outside(shown, candles) for shown in seen.values())

    await eventually(look, "all prices are within their candles")


async def test_every_price_that_is_shown_lies_within_its_candle(guest: Rest) -> None:
    seen = await watch(guest, 12)
    assert {shown["price_source"] for shown in seen.values()} == {"SIMULATED"}
    assert len({shown["price_usd"] for shown in seen.values()}) > 10, "prices move"
    await candles_hold(guest, seen)


async def test_all_replicas_tell_the_same_past(guest: Rest) -> None:
    answers = [(await guest.get(f"{ASSET}/candles", interval="1h", page_size=100))["candles"][:-1] for _ in range(8)]
    assert len(answers[0]) == 99
    assert all(answer == answers[0] for answer in answers)


async def test_a_price_that_is_set_is_where_the_market_goes_on(guest: Rest, admin: User) -> None:
    past = (await guest.get(f"{ASSET}/candles", interval="1d", page_size=30))["candles"][:-1]
    await admin.post("/api/v1/admin/assets/BTC:setPrice", {"price_usd": "150000.00"})

    async def look() -> int:  # a replica may know the first frame at this price a moment later
        shown = await guest.get(ASSET)
        return int(shown["price_seq"]) if is_near(shown, 150_000) else 0

    first = await eventually(look, "the price that was set is shown")
    seen = await watch(guest, 6)
    for seq, shown in seen.items():
        assert int(seq) < first or is_near(shown, 150_000)
        assert shown["trading_status"] == "TRADING"
    await candles_hold(guest, seen)
    assert (await guest.get(f"{ASSET}/candles", interval="1d", page_size=30))["candles"][:-1] == past


async def test_the_market_goes_on_when_a_replica_dies(market: Stack, guest: Rest) -> None:
    before = await watch(guest, 2)
    names = [
        name for name, program in market.programs.items() if program.port in market.settings.service_ports["inventory"]
    ]
    for name in names:
        await market[name].kill()
        after = await watch(guest, 8)
        assert min(map(int, after)) >= max(map(int, before))
        times = [shown["price_as_of"] for _, shown in sorted(after.items(), key=lambda one: int(one[0]))]
        assert times == sorted(times)
        await candles_hold(guest, after)
        await market.start_one(name)
        before = after
