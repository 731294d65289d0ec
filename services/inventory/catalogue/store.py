"""Assets and prices in the inventory table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.models import BatchGetRequest
from aiodynamo.operations import ConditionCheck, Delete, Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset, Price, asset_exists, asset_not_found, rank_taken
from services.inventory.catalogue.ports import Stock

_CATALOGUE = "CATALOGUE"
_LOADED = {"pk": _CATALOGUE, "sk": "#LOADED"}
_ASSETS = HashKey("pk", _CATALOGUE) & RangeKey("sk").gte("0")  # leaves out #LOADED


class CatalogueStore:
    """Reads and writes assets. The stock of an asset that is read comes from `stock`."""

    def __init__(self, client: Client, table: str, stock: Stock) -> None:
        self._client = client
        self._table = table
        self._stock = stock

    async def assets(self, *, consistent: bool) -> list[Asset]:
        """Returns all assets with their stock."""
        items = [item async for item in self._client.query(self._table, _ASSETS, consistent_read=consistent)]
        return await self._with_stock(items, consistent=consistent)

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        """Returns those of at most 100 assets that exist, with their stock. The read is consistent."""
        items: list[Item] = []
        keys = [_key(asset_id) for asset_id in asset_ids]
        while keys:
            request = BatchGetRequest(keys=keys, consistent_read=True)
            page = await self._client.batch_get({self._table: request})
            items += page.items.get(self._table, ())
            keys = list(page.unprocessed_keys.get(self._table, ()))
        return await self._with_stock(items, consistent=True)

    async def _with_stock(self, items: Sequence[Item], *, consistent: bool) -> list[Asset]:
        available = await self._stock.available_by_asset([item["sk"] for item in items], consistent=consistent)
        return [_asset(item, available.get(item["sk"], ZERO)) for item in items]

    async def asset(self, asset_id: str) -> Asset | None:
        """Returns an asset with its stock, None if it does not exist. The reads are consistent."""
        item = await dynamo.get(self._client, self._table, _key(asset_id))
        return _asset(item, await self._stock.available(asset_id)) if item else None

    async def ranks(self) -> Mapping[str, int]:
        """Returns the ranks of all assets, by id. The read is consistent."""
        items = self._client.query(self._table, _ASSETS, consistent_read=True)
        return {item["sk"]: int(item["market_cap_rank"]) async for item in items}

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        """Returns a page of the prices of an asset, newest first, and the cursor of the next page."""
        key = HashKey("pk", f"PRICE#{asset_id}")
        page = await self._client.query_single_page(
            self._table, key & RangeKey("sk").lt(cursor) if cursor else key, scan_forward=False, limit=size
        )
        prices = [Price(datetime.fromisoformat(item["sk"]), item["price"]) for item in page.items]
        return prices, page.items[-1]["sk"] if page.last_evaluated_key and page.items else None

    async def loaded(self) -> str:
        """Returns the fingerprint of the catalogue file that was loaded last, "" if none was."""
        item = await dynamo.get(self._client, self._table, _LOADED)
        return str(item["fingerprint"]) if item else ""

    async def set_loaded(self, fingerprint: str) -> None:
        """Stores the fingerprint of the catalogue file that was loaded."""
        await self._client.put_item(self._table, {**_LOADED, "fingerprint": fingerprint})

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        """Adds an asset and its price. The commit raises AlreadyExists ASSET_EXISTS or RANK_TAKEN."""
        tx.add(Put(self._table, _asset_item(asset), F("pk").does_not_exist()), asset_exists(asset.asset_id))
        tx.add(Put(self._table, _price_item(asset)))
        self._claim_rank(tx, asset)

    def replace(self, tx: UnitOfWork, before: Asset, after: Asset) -> None:
        """Replaces an asset, and adds its price to the history if that has changed.

        The commit raises Conflict if the asset is no longer what it was `before`, AlreadyExists RANK_TAKEN if another
        asset has its new rank.
        """
        unchanged = F("updated_at").equals(before.updated_at.isoformat())
        tx.add(Put(self._table, _asset_item(after), unchanged))
        if after.price != before.price:
            tx.add(Put(self._table, _price_item(after), F("pk").does_not_exist()))
        if after.market_cap_rank != before.market_cap_rank:
            self._claim_rank(tx, after)
            is_own = F("pk").does_not_exist() | F("asset_id").equals(before.asset_id)
            tx.add(Delete(self._table, _rank_key(before.market_cap_rank), is_own))

    def _claim_rank(self, tx: UnitOfWork, asset: Asset) -> None:
        item = {**_rank_key(asset.market_cap_rank), "asset_id": asset.asset_id}
        tx.add(Put(self._table, item, F("pk").does_not_exist()), rank_taken(asset.market_cap_rank))

    def require(self, tx: UnitOfWork, asset_id: str) -> None:
        """Makes the commit raise NotFound ASSET_NOT_FOUND if the asset does not exist."""
        tx.add(ConditionCheck(self._table, _key(asset_id), F("pk").exists()), asset_not_found(asset_id))


def _key(asset_id: str) -> Item:
    return {"pk": _CATALOGUE, "sk": asset_id}


def _rank_key(rank: int) -> Item:
    return {"pk": f"RANK#{rank}", "sk": "RANK"}


def _price_item(asset: Asset) -> Item:
    return {"pk": f"PRICE#{asset.asset_id}", "sk": asset.updated_at.isoformat(), "price": asset.price}


def _asset_item(asset: Asset) -> Item:
    return {
        **_key(asset.asset_id),
        "name": asset.name,
        "description": asset.description,
        "category": asset.category,
        "price": asset.price,
        "priced_at": asset.priced_at.isoformat(),
        "price_change_24h": asset.price_change_24h,
        "market_cap_rank": asset.market_cap_rank,
        "circulating_supply": asset.circulating_supply,
        "max_supply": asset.max_supply,
        "is_active": asset.is_active,
        "image": asset.image,
        "updated_at": asset.updated_at.isoformat(),
    }


def _asset(item: dict[str, Any], available: Decimal) -> Asset:
    fields = {key: value for key, value in item.items() if key not in {"pk", "sk"}}
    fields["priced_at"] = datetime.fromisoformat(item.get("priced_at", item["updated_at"]))
    fields["asset_id"] = item["sk"]
    fields["market_cap_rank"] = int(item["market_cap_rank"])
    fields["updated_at"] = datetime.fromisoformat(item["updated_at"])
    return Asset(**fields, available=available)
