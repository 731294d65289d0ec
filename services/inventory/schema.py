"""The inventory table.

| pk                | sk            | what                                                                    |
|-------------------|---------------|-------------------------------------------------------------------------|
| CATALOGUE         | <asset>       | the asset: description, price, supply                                   |
| CATALOGUE         | #LOADED       | the fingerprint of the catalogue file that was loaded last              |
| STOCK#<asset>#<n> | 0             | a shard of what the house has: the quantity that is available           |
| ENTRY#<effect id> | ENTRY         | the first and final outcome of one step of one order, or of a restock   |
| CHANGE#<id>       | CHANGE        | a change that an admin made, under an id that the request determines    |
| PRICE#<asset>     | <time>        | the price from that time on                                             |

The catalogue is one partition: it is read whole, once a second, and hardly ever written. Stock and entries, which every
trade writes, are partitions of their own. An item takes 1,000 writes a second, and a transaction counts twice: at scale
the stock of one asset is several items (CNOP_STOCK_SHARDS), and what the house has is their sum.
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
