"""Assets, prices and the version of the catalogue in the inventory table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.errors import ItemNotFound
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.models import BatchGetRequest
from aiodynamo.operations import ConditionCheck, Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset, CatalogueState, Price, asset_exists, asset_not_found
from services.inventory.catalogue.ports import Stock
from services.prices.frame import Status

_CATALOGUE = "CATALOGUE"
_LOADED = {"pk": _CATALOGUE, "sk": "#LOADED"}
_VERSION = {"pk": _CATALOGUE, "sk": "#VERSION"}
_ALL = HashKey("pk", _CATALOGUE) & RangeKey("sk").gte("#VERSION")  # the version, then the assets
_RISES = F("version").add(Decimal(1))


class CatalogueStore:
    """Reads and writes assets. The stock of an asset that is read comes from `stock`."""

    def __init__(self, client: Client, table: str, stock: Stock) -> None:
        self._client = client
        self._table = table
        self._stock = stock

    async def state(self, *, consistent: bool) -> CatalogueState:
        """Returns the version of the catalogue, and whether the market is halted."""
        try:
            return _state(await self._client.get_item(self._table, _VERSION, consistent_read=consistent))
        except ItemNotFound:
            return CatalogueState()

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        """Returns all assets, without their stock, and the state: that of the assets, or an earlier one.

        The read is consistent.
        """
        items = [item async for item in self._client.query(self._table, _ALL, consistent_read=True)]
        if items and items[0]["sk"] == _VERSION["sk"]:
            return _state(items[0]), [_asset(item, ZERO) for item in items[1:]]
        return CatalogueState(), [_asset(item, ZERO) for item in items]

    async def assets(self) -> list[Asset]:
        """Returns all assets with their stock. The reads are consistent."""
        return await self._with_stock((await self.read())[1])

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        """Returns those of at most 100 assets that exist, with their stock. The read is consistent."""
        items: list[Item] = []
        keys = [_key(asset_id) for asset_id in asset_ids]
        while keys:
            request = BatchGetRequest(keys=keys, consistent_read=True)
            page = await self._client.batch_get({self._table: request})
            items += page.items.get(self._table, ())
            keys = list(page.unprocessed_keys.get(self._table, ()))
        return await self._with_stock([_asset(item, ZERO) for item in items])

    async def _with_stock(self, assets: Sequence[Asset]) -> list[Asset]:
        levels = await self._stock.levels([asset.asset_id for asset in assets])
        return [asset.stocked(levels.get(asset.asset_id)) for asset in assets]

    async def asset(self, asset_id: str) -> Asset | None:
        """Returns an asset with its stock, None if it does not exist. The reads are consistent."""
        item = await dynamo.get(self._client, self._table, _key(asset_id))
        return _asset(item, await self._stock.available(asset_id)) if item else None

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

    def set_loaded(self, tx: UnitOfWork, fingerprint: str) -> None:
        """Stores the fingerprint of the catalogue file that was loaded."""
        tx.add(Put(self._table, {**_LOADED, "fingerprint": fingerprint}))

    def raise_version(self, tx: UnitOfWork) -> None:
        """Raises the version of the catalogue: replicas read it again."""
        tx.add(Update(self._table, _VERSION, _RISES, None))

    def set_halted(self, tx: UnitOfWork, *, is_halted: bool) -> None:
        """Halts the whole market or resumes it, and raises the version of the catalogue."""
        tx.add(Update(self._table, _VERSION, _RISES & F("is_halted").set(is_halted), None))

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        """Adds an asset and its price. The commit raises AlreadyExists ASSET_EXISTS."""
        tx.add(Put(self._table, _asset_item(asset), F("pk").does_not_exist()), asset_exists(asset.asset_id))
        tx.add(Put(self._table, _price_item(asset)))

    def replace(self, tx: UnitOfWork, before: Asset, after: Asset) -> None:
        """Replaces an asset, and adds its price to the history if that was set.

        The commit raises Conflict if the asset is no longer what it was `before`.
        """
        unchanged = F("updated_at").equals(before.updated_at.isoformat())
        tx.add(Put(self._table, _asset_item(after), unchanged))
        if after.priced_at != before.priced_at:
            tx.add(Put(self._table, _price_item(after), F("pk").does_not_exist()))

    def require(self, tx: UnitOfWork, asset_id: str) -> None:
        """Makes the commit raise NotFound ASSET_NOT_FOUND if the asset does not exist."""
        tx.add(ConditionCheck(self._table, _key(asset_id), F("pk").exists()), asset_not_found(asset_id))


def _key(asset_id: str) -> Item:
    return {"pk": _CATALOGUE, "sk": asset_id}


def _state(item: Item) -> CatalogueState:
    return CatalogueState(int(item["version"]), bool(item.get("is_halted", False)))


def _price_item(asset: Asset) -> Item:
    return {"pk": f"PRICE#{asset.asset_id}", "sk": asset.priced_at.isoformat(), "price": asset.price}


def _asset_item(asset: Asset) -> Item:
    return {
        **_key(asset.asset_id),
        "name": asset.name,
        "description": asset.description,
        "category": asset.category,
        "price": asset.price,
        "priced_at": asset.priced_at.isoformat(),
        "circulating_supply": asset.circulating_supply,
        "max_supply": asset.max_supply,
        "is_active": asset.is_active,
        "image": asset.image,
        "quantity_increment": asset.quantity_increment,
        "price_increment": asset.price_increment,
        "order_value_min": asset.order_value_min,
        "order_value_max": asset.order_value_max,
        "trading_status": asset.trading_status.value,
        "updated_at": asset.updated_at.isoformat(),
    }


_OUTDATED = {"price_change_24h", "market_cap_rank"}  # assets had these attributes before they were derived


def _asset(item: dict[str, Any], available: Decimal) -> Asset:
    """Returns the asset of an item. Older items have no rules, which are the defaults then, and no `priced_at`."""
    fields = {key: value for key, value in item.items() if key not in {"pk", "sk", *_OUTDATED}}
    fields["asset_id"] = item["sk"]
    fields["updated_at"] = datetime.fromisoformat(item["updated_at"])
    fields["priced_at"] = datetime.fromisoformat(item.get("priced_at", item["updated_at"]))
    fields["trading_status"] = Status(item.get("trading_status", Status.TRADING))
    return Asset(**fields, available=available)
