"""The catalogue over REST: what a guest finds, in which order, and what an asset shows."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from .rest import Json, Rest, answer


async def test_a_guest_finds_assets_by_symbol_name_and_category(guest: Rest) -> None:
    everything = await guest.get("/api/v1/inventory/assets", page_size=200)
    pages = await guest.pages("/api/v1/inventory/assets", "assets", page_size=200)
    ranks = [asset["market_cap_rank"] for page in pages for asset in page]
    assert everything["total_size"] == len(ranks) >= 100
    assert ranks == sorted(ranks)
    by_name = await guest.get("/api/v1/inventory/assets", search="bItCoIn")
    assert "BTC" in [asset["asset_id"] for asset in by_name["assets"]]
    assert by_name["total_size"] == len(by_name["assets"]) < everything["total_size"]
    by_symbol = await guest.get("/api/v1/inventory/assets", search="btc")
    assert "BTC" in [asset["asset_id"] for asset in by_symbol["assets"]]
    memes = await guest.get("/api/v1/inventory/assets", category="meme", search="dog")
    assert {asset["category"] for asset in memes["assets"]} == {"meme"}
    assert "DOGE" in [asset["asset_id"] for asset in memes["assets"]]
    for query in ("search=Bitcoin+Cash", "search=Bitcoin%20Cash"):
        page = answer(await guest.send("GET", f"/api/v1/inventory/assets?{query}"))
        assert [asset["asset_id"] for asset in page["assets"]] == ["BCH"], query
    nothing = await guest.get("/api/v1/inventory/assets", search="no such asset")
    assert nothing == {"assets": [], "next_page_token": "", "total_size": 0}


@pytest.mark.parametrize("sort", ["RANK", "NAME", "PRICE", "CHANGE"])
async def test_assets_are_listed_in_the_requested_order_and_the_pages_are_complete(guest: Rest, sort: str) -> None:
    def key(asset: Json) -> tuple[Decimal | str, str]:
        place: dict[str, Decimal | str] = {
            "RANK": Decimal(asset["market_cap_rank"]),
            "NAME": asset["name"].casefold(),
            "PRICE": -Decimal(asset["price_usd"]),
            "CHANGE": -Decimal(asset["price_change_percentage_24h"]),
        }
        return place[sort], asset["asset_id"]

    large = await guest.pages("/api/v1/inventory/assets", "assets", sort=sort, page_size=200)
    everything = [asset for page in large for asset in page]
    pages = await guest.pages("/api/v1/inventory/assets", "assets", sort=sort, page_size=33)
    found = [asset["asset_id"] for page in pages for asset in page]
    assert {len(page) for page in pages[:-1]} == {33}
    assert found == [asset["asset_id"] for asset in sorted(everything, key=key)]


async def test_an_asset_has_all_its_fields(guest: Rest) -> None:
    asset = await guest.get("/api/v1/inventory/assets/BTC")
    assert (asset["name"], asset["category"], asset["is_active"]) == ("Bitcoin", "layer-1", True)
    assert Decimal(asset["market_cap"]) == Decimal(asset["price_usd"]) * Decimal(asset["circulating_supply"])
    assert (asset["market_cap_rank"], asset["max_supply"]) == (1, "21000000")
    assert Decimal(asset["available_quantity"]) > 0
    assert asset["description"]
    unknown = await guest.refused("GET", "/api/v1/inventory/assets/NOPE")
    assert (unknown.status, unknown.reason, unknown.metadata) == (404, "ASSET_NOT_FOUND", {"asset_id": "NOPE"})


async def test_an_asset_has_a_history_of_prices_newest_first(guest: Rest) -> None:
    history = (await guest.get("/api/v1/inventory/assets/BTC/prices"))["prices"]
    times = [datetime.fromisoformat(price["effective_at"]) for price in history]
    assert times == sorted(times, reverse=True)
    assert times[0] <= datetime.now(UTC)
    assert history[0]["price_usd"] == (await guest.get("/api/v1/inventory/assets/BTC"))["price_usd"]
    assert (await guest.refused("GET", "/api/v1/inventory/assets/NOPE/prices")).reason == "ASSET_NOT_FOUND"
