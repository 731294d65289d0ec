"""Checks the books: whether what the three tables hold adds up."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import boto3
from botocore.config import Config

from local.programs import TABLES
from local.settings import StackSettings

Item = dict[str, Any]


class Books:
    """All items of the three tables at one moment. Read it while nothing is being traded."""

    def __init__(self, users: list[Item], inventory: list[Item], orders: list[Item]) -> None:
        self.accounts = {_id(item["pk"]): item for item in users if item["sk"] == "ACCOUNT"}
        self.holdings = {
            (_id(item["pk"]), _id(item["sk"])): item["quantity"] for item in users if item["sk"].startswith("HOLDING#")
        }
        self.ledger = [
            {**item, "user_id": _id(item["pk"])} for item in users if item["sk"].startswith("ENTRY#") and "seq" in item
        ]
        self.stock: Counter[str] = Counter()
        for shard in inventory:
            if shard["pk"].startswith("STOCK#"):
                self.stock[shard["pk"].split("#")[1]] += shard["available"]
        self.movements = [item for item in inventory if item["pk"].startswith("ENTRY#") and "refusal" not in item]
        self.orders = {item["order_id"]: item for item in orders}

    @classmethod
    async def read(cls, settings: StackSettings) -> Books:
        return await asyncio.to_thread(cls._read, settings)

    @classmethod
    def _read(cls, settings: StackSettings) -> Books:
        dynamodb = boto3.resource(
            "dynamodb",
            endpoint_url=settings.dynamodb_url,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(proxies={}),
        )
        return cls(*(list(_scan(dynamodb.Table(TABLES[name]))) for name in ("user", "inventory", "order")))

    def problems(self) -> list[str]:
        """What does not add up; nothing when all is well."""
        return [*self._cash(), *self._holdings(), *self._assets(), *self._orders(), *self._orphans()]

    def pending(self, user_id: str = "") -> list[str]:
        """The orders, of one user or of all, that are not in a final state."""
        pending = (order for order in self.orders.values() if order["state"] == "PENDING")
        return [order["order_id"] for order in pending if user_id in ("", order["user_id"])]

    def _cash(self) -> Iterator[str]:
        """Each account is the sum of its entries, which are without gaps, each with the balance after it."""
        entries = defaultdict(list)
        for entry in self.ledger:
            entries[entry["user_id"]].append(entry)
        for user_id, account in self.accounts.items():
            own = sorted(entries.pop(user_id, []), key=lambda entry: entry["seq"])
            if [int(entry["seq"]) for entry in own] != list(range(1, int(account["version"]) + 1)):
                yield f"account {user_id}: the entries have gaps"
            balance = Decimal(0)
            for entry in own:
                balance += entry["amount"]
                if entry["balance_after"] != balance:
                    yield f"account {user_id}: entry {entry['seq']} says {entry['balance_after']}, not {balance}"
            if account["available"] + account["held"] != balance:
                yield f"account {user_id}: {account['available']} + {account['held']}, but its entries sum to {balance}"
            if min(account["available"], account["held"]) < 0:
                yield f"account {user_id}: below zero"
        yield from (f"entries of nobody: {user_id}" for user_id in entries)

    def _holdings(self) -> Iterator[str]:
        sums: Counter[tuple[str, str]] = Counter()
        for entry in self.ledger:
            if entry["asset_id"]:
                sums[entry["user_id"], entry["asset_id"]] += entry["quantity"]
        for key in sums.keys() | self.holdings.keys():
            held = self.holdings.get(key, Decimal(0))
            if held != sums[key] or held < 0:
                yield f"holding {key}: {held}, but its entries sum to {sums[key]}"

    def _assets(self) -> Iterator[str]:
        """Nothing is lost or made: what the house has is the sum of its movements, and all of it is the seed."""
        moved: Counter[str] = Counter()
        seeded: Counter[str] = Counter()
        for movement in self.movements:
            moved[movement["asset_id"]] += movement["change"]
            if not movement["order_id"]:
                seeded[movement["asset_id"]] += movement["change"]
        sold: Counter[str] = Counter()
        for (_, asset_id), quantity in self.holdings.items():
            sold[asset_id] += quantity
        for asset_id, stock in self.stock.items():
            if stock != moved[asset_id] or stock < 0:
                yield f"stock of {asset_id}: {stock}, but its movements sum to {moved[asset_id]}"
            if stock + sold[asset_id] != seeded[asset_id] and not self.pending():
                yield f"{asset_id}: {stock} in stock, {sold[asset_id]} sold, but {seeded[asset_id]} seeded"

    def _orders(self) -> Iterator[str]:
        """An order that is COMPLETED has exactly its legs, one that FAILED has no effect."""
        legs = defaultdict(list)
        for entry in self.ledger:
            if entry["order_id"]:
                legs[entry["order_id"]].append((entry["user_id"], entry["amount"], entry["quantity"]))
        moves = defaultdict(list)
        for movement in self.movements:
            moves[movement["order_id"]].append(movement["change"])
        for order_id, order in self.orders.items():
            sign = 1 if order["side"] == "BUY" else -1
            if order["state"] == "COMPLETED":
                leg = order["user_id"], -sign * order["amount"], sign * order["quantity"]
                if legs[order_id] != [leg] or moves[order_id] != [-sign * order["quantity"]]:
                    yield f"order {order_id} is COMPLETED with {legs[order_id]} and {moves[order_id]}"
            elif order["state"] == "FAILED" and (legs[order_id] or sum(moves[order_id])):
                yield f"order {order_id} FAILED, but moved {legs[order_id]} and {moves[order_id]}"
        requests = Counter((order["user_id"], order["request_id"]) for order in self.orders.values())
        yield from (f"{n} orders of {key}" for key, n in requests.items() if key[1] and n > 1)

    def _orphans(self) -> Iterator[str]:
        for leg in (*self.ledger, *self.movements):
            if leg["order_id"] and leg["order_id"] not in self.orders:
                yield f"a leg of an order that is not there: {leg}"


def _id(key: str) -> str:
    return key.partition("#")[2]


def _scan(table: Any) -> Iterator[Item]:
    page = table.scan(ConsistentRead=True)
    yield from page["Items"]
    while "LastEvaluatedKey" in page:
        page = table.scan(ConsistentRead=True, ExclusiveStartKey=page["LastEvaluatedKey"])
        yield from page["Items"]
