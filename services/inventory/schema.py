"""The inventory table.

| pk                | sk            | item                                                               |
|-------------------|---------------|--------------------------------------------------------------------|
| CATALOGUE         | <asset>       | an asset: description, price, supply                               |
| CATALOGUE         | #LOADED       | the fingerprint of the catalogue file that was loaded last         |
| STOCK#<asset>#<n> | 0             | a shard of the stock of an asset: the available quantity           |
| ENTRY#<effect id> | ENTRY         | the first and final outcome of a step of an order, or of a restock |
| CHANGE#<id>       | CHANGE        | a change that an admin made; the id is derived from the request    |
| PRICE#<asset>     | <time>        | the price from that time on                                        |
| RANK#<rank>       | RANK          | the asset that has this rank; an older asset may have none         |
| PRICES            | LEASE         | who publishes prices, and the latest of them while Valkey is away  |

A rank that an asset gets is claimed in the same transaction, so no two assets get the same one. Assets that are older
than this rule have claimed none: whoever takes a rank must also look for it in the catalogue.

The catalogue is one partition: it is read whole, once a second, and hardly ever written. Stock and entries, which every
trade writes, have partitions of their own. DynamoDB takes 1,000 writes per second to one item, and a transactional
write counts twice. So the stock of an asset can be spread over several items, the shards (CNOP_STOCK_SHARDS); it is
their sum.
"""

from __future__ import annotations

from typing import Any

TABLE: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
}
