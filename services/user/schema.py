"""The users table.

| pk               | sk                | item                                                                    |
|------------------|-------------------|-------------------------------------------------------------------------|
| USER#<id>        | PROFILE           | the user, with the hash of the password                                 |
| USER#<id>        | ACCOUNT           | cash: available, held, version, deposits and withdrawals of the day     |
| USER#<id>        | HOLDING#<asset>   | quantity, held, cost, version                                           |
| USER#<id>        | ENTRY#<effect id> | the first and final outcome of an effect; `seq` makes it a ledger entry |
| USER#<id>        | CHAPTER#<n>       | which effects the 32 ledger entries from 32 n + 1 on record             |
| USER#<id>        | SESSION#<id>      | a session, with the hash of its refresh token (of a cookie: two); `ttl` |
| USER#<id>        | SESSIONS          | the version of the user's sessions: how many began                      |
| ENDED#<quarter>  | <ms>#<id>         | sessions revoked then, until their access tokens have expired; `ttl`    |
| USERNAME#<x>     | <name>            | the user who has this name (case-folded); x is its initial              |
| EMAIL#<address>  | UNIQUE            | the user who has this address (case-folded)                             |
| GUESSES#<digest> | NAME              | login attempts on a name, and known addresses of its owner; `ttl`       |
| GUESSES#<digest> | ADDRESS           | wrong passwords from an address; `ttl`                                  |
| AUDIT#<id>       | <event id>        | an audit event, for each user whom it concerns or who did it            |
| AUDITDAY#<d>#<n> | <event id>        | the same event by its day, spread over a few partitions                 |
| AUDITDAYS        | <day>             | a day that has events                                                   |
| AUDITNOBODY#<id> | <event id>        | a copy of an anonymous event, which equalises response times; `ttl`     |
| AUDITKIND#<d>    | LAST              | a mark: while it is valid, similar events are not stored; `ttl`         |
| CHANGE#<id>      | CHANGE            | a change that an admin made, under an id that the request determines    |
| #SCHEMA          | #SCHEMA           | the layout of the table (see services/table_layout.py)                  |

The `seq` of a ledger entry is the account's version after it. The account lists the effects of the last entries, the
chapters those of the earlier ones. Both are read consistently: a page shows every change that was answered before. (An
index in their place would cost two write units per trade; a chapter costs two per 32 entries.)

The id of an event holds its time, and sorts by it. The audit trail has partitions of its own because it only grows.
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
