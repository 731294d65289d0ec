"""The users table.

| pk               | sk                | what                                                                    |
|------------------|-------------------|-------------------------------------------------------------------------|
| USER#<id>        | PROFILE           | the user, with the hash of the password                                 |
| USER#<id>        | ACCOUNT           | cash: available, held, version, what came in and went out today         |
| USER#<id>        | HOLDING#<asset>   | quantity, held, cost, version                                           |
| USER#<id>        | ENTRY#<effect id> | the first and final outcome of an effect; `seq` makes it a ledger entry |
| USER#<id>        | SESSION#<id>      | a session, with the hash of its refresh token; `ttl`                    |
| USER#<id>        | SESSIONS          | version, which counts the sessions that came                            |
| ENDED#<quarter>  | <ms>#<id>         | sessions that ended then, while their access tokens could be good; `ttl` |
| USERNAME#<x>     | <name>            | the user who has this name (case-folded); x is its first letter         |
| EMAIL#<address>  | UNIQUE            | the user who has this address (case-folded)                             |
| GUESSES#<digest> | NAME              | tries at the password of a name, and addresses of its owner; `ttl`      |
| GUESSES#<digest> | ADDRESS           | wrong passwords from an address; `ttl`                                  |
| AUDIT#<id>       | <event id>        | an event, with each user whom it concerns or who did it                 |
| AUDITDAY#<d>#<n> | <event id>        | the same event by its day, spread over a few partitions                 |
| AUDITDAYS        | <day>             | a day that has events                                                   |
| AUDITNOBODY#<id> | <event id>        | a copy of one that concerns nobody, which makes it take as long; `ttl`  |
| AUDITKIND#<d>    | LAST              | until when refusals of a kind are not written again; `ttl`              |
| CHANGE#<id>      | CHANGE            | a change that an admin made, under an id that the request determines    |

The local index `ledger` orders a user's entries by `seq`, the account's version after each, and is read consistently:
a page shows every change that was answered before.

The id of an event holds its time, and sorts by it. The trail is in partitions of its own, as it grows without end.
"""

from __future__ import annotations

from typing import Any

LEDGER_INDEX = "ledger"
TTL = "ttl"  # in seconds since 1970: when DynamoDB may remove an item

TABLE: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "seq", "AttributeType": "N"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "LocalSecondaryIndexes": [
        {
            "IndexName": LEDGER_INDEX,
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "seq", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
}
