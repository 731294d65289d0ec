"""The inventory table.

| pk                | sk            | item                                                                |
|-------------------|---------------|---------------------------------------------------------------------|
| #SCHEMA           | #SCHEMA       | the layout of the table (see services/table_layout.py)              |
| CATALOGUE         | <asset>       | an asset: description, price, supply, the rules of its orders       |
| CATALOGUE         | #VERSION      | the version, which rises with every change; is the market halted    |
| CATALOGUE         | #LOADED       | the fingerprint of the catalogue file that was loaded last          |
| STOCK#<asset>#<n> | 0             | a shard of the stock of an asset: available quantity, turnover, fees |
| PRICES            | LEASE         | who publishes prices; the latest of them while Redis is away        |
| VOLUME            | <hour>        | the turnover of all assets at a full hour; `ttl`                    |
| ENTRY#<effect id> | ENTRY         | the first and final outcome of a step of an order, or of a restock  |
| CHANGE#<id>       | CHANGE        | a change that an admin made; the id is derived from the request     |
| PRICE#<asset>     | <time>        | the price that was set then                                         |
| CANDLE#<asset>#<interval> | <time> | the prices of an interval, 1m, 1h or 1d, of an exchange; `ttl` but for 1d |

The catalogue is one partition: it is read whole, and hardly ever changed. A replica reads its version once a second,
and the rest if that has risen. Stock and entries, which every trade writes, have partitions of their own. DynamoDB
takes 1,000 writes per second to one item, and a transactional write counts twice. So the stock of an asset can be
spread over several items, the shards (CNOP_STOCK_SHARDS); it is their sum, and so are its turnover and fees.
"""

from __future__ import annotations

from typing import Any

LAYOUT = 1  # rises with each change that older services cannot read, and with the indexes
TTL = "ttl"  # when DynamoDB may delete an item, in seconds since 1970

TABLE: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
}
