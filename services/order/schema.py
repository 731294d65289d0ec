"""The orders table.

| pk        | sk         | what      |
|-----------|------------|-----------|
| USER#<id> | ORDER#<id> | an order  |

The local index `by_created` orders a user's orders by time, `by_asset` those of one asset; both are read consistently.
The global index `pending` is sparse: it holds the orders that are not in a final state, by shard and by when they are
due for the recovery sweep; those in quarantine are the shard -1. It is eventually consistent, so it finds candidates
and decides nothing.
"""

from __future__ import annotations

from typing import Any

BY_CREATED = "by_created"
BY_ASSET = "by_asset"
PENDING = "pending"
PENDING_SHARDS = 8
QUARANTINE = -1


def _local_index(name: str, attribute: str) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": attribute, "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "ALL"},
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
