"""The orders table.

| pk        | sk         | content   |
|-----------|------------|-----------|
| USER#<id> | ORDER#<id> | an order  |
| #SCHEMA   | #SCHEMA    | the layout of the table (see services/table_layout.py) |

The local index `by_created` sorts a user's orders by time, `by_asset` sorts those of one asset; both are read
consistently. They have only keys, which never change: so a change of an order does not write to them, and a list reads
each order from the table. The global index `pending` is sparse: it has only the orders that are not final, by shard and
by the time at which recovery may claim them; the quarantined ones have the shard -1. It is eventually consistent, so
each order that it finds is read again before anything is decided.
"""

from __future__ import annotations

from typing import Any

LAYOUT = 1  # rises with each change that older services cannot read, and with the indexes
BY_CREATED = "by_created"
BY_ASSET = "by_asset"
PENDING = "pending"
PENDING_SHARDS = 8
QUARANTINE = -1


def _local_index(name: str, attribute: str) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": attribute, "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }


TABLE: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "created_key", "AttributeType": "S"},
        {"AttributeName": "asset_key", "AttributeType": "S"},
        {"AttributeName": "pending_shard", "AttributeType": "N"},
        {"AttributeName": "due_at", "AttributeType": "S"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "LocalSecondaryIndexes": [_local_index(BY_CREATED, "created_key"), _local_index(BY_ASSET, "asset_key")],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": PENDING,
            "KeySchema": [
                {"AttributeName": "pending_shard", "KeyType": "HASH"},
                {"AttributeName": "due_at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
}
