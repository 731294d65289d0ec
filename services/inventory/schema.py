"""The inventory table.

| pk                | sk            | what                                                                    |
|-------------------|---------------|-------------------------------------------------------------------------|
| CATALOGUE         | <asset>       | the asset: description, price, supply                                   |
| CATALOGUE         | #LOADED       | the fingerprint of the catalogue file that was loaded last              |
| STOCK#<asset>     | 0             | what the house has: the quantity that is available (the shard 0)        |
| ENTRY#<effect id> | ENTRY         | the first and final outcome of one step of one order                    |
| PRICE#<asset>     | <time>        | the price from that time on                                             |

The catalogue is one partition: it is read whole, once a second, and hardly ever written. Stock and entries, which every
trade writes, are partitions of their own.
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
