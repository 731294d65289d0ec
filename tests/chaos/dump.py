"""A dump of the three tables, which can be saved to a file to examine a failed run later.

The tables are read one after the other: read them while nothing writes, or look only at what cannot change.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from local.programs import TABLES

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]

# Mark values that JSON has no type for. No attribute of the tables has such a name.
_NUMBER, _BYTES = "$number", "$bytes"


@dataclass(frozen=True)
class Dump:
    """All items of the tables; numbers are Decimals, binary values are bytes."""

    users: list[Item]
    inventory: list[Item]
    orders: list[Item]

    @classmethod
    def read(cls, endpoint: str, tables: Mapping[str, str] = TABLES) -> Dump:
        """Reads the tables of an emulator; `tables` has their names by service. Blocks."""
        dynamodb: DynamoDBClient = boto3.client(
            "dynamodb",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(proxies={}, read_timeout=60),
        )
        try:
            return cls(*(list(_scan(dynamodb, tables[name])) for name in ("user", "inventory", "order")))
        finally:
            dynamodb.close()

    def save(self, path: Path) -> None:
        with path.open("w", encoding="utf-8") as file:
            json.dump(vars(self), file, default=_encode, indent=0)

    @classmethod
    def load(cls, path: Path) -> Dump:
        with path.open(encoding="utf-8") as file:
            return cls(**json.load(file, object_hook=_decode))


def _scan(dynamodb: DynamoDBClient, table: str) -> Iterator[Item]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    for page in pages:
        for item in page["Items"]:
            yield {name: _plain(value) for name, value in item.items()}


def _plain(value: Mapping[str, Any]) -> Any:
    """Parses the value of an attribute, such as {"N": "1.5"}, in half the time that boto3 takes."""
    [(kind, content)] = value.items()
    match kind:
        case "S" | "BOOL" | "B":
            return content
        case "N":
            return Decimal(content)
        case "NULL":
            return None
        case "M":
            return {name: _plain(part) for name, part in content.items()}
        case "L":
            return [_plain(part) for part in content]
    raise TypeError(f"no service writes attributes of the type {kind}")


def _encode(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode()}
    raise TypeError(f"a dump holds no {type(value).__name__}")


def _decode(value: dict[str, Any]) -> Any:
    if _NUMBER in value:
        return Decimal(value[_NUMBER])
    return base64.b64decode(value[_BYTES]) if _BYTES in value else value
