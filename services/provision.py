"""Creates the tables, with boto3. The services themselves never do, and need no permission to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services import table_layout
from services.aiodynamo_lean import credentials
from services.common import settings
from services.common.startup import StartupError
from services.env_settings.reader import setting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, kw_only=True)
class TableSettings:
    """What a command on a table needs: no keys, no secrets."""

    table: str = setting("The table.")
    dynamodb: settings.DynamoDB = settings.DynamoDB()


def provision(config: TableSettings, schema: dict[str, Any], layout: int, ttl: str = "") -> None:
    """Does what the provision command does.

    Raises StartupError if there is no database, or it refuses, or the table has another layout.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see `connect`

    try:
        dynamodb = connect(config.dynamodb.endpoint)
        ensure_table(dynamodb, config.table, schema, ttl)
        ensure_layout(dynamodb, config.table, schema, layout)
    except (BotoCoreError, ClientError, ValueError) as error:  # ValueError: not an address
        raise StartupError(
            f"cannot provide the table {config.table} ({' '.join(str(error).split())});"
            " check CNOP_DYNAMODB_ENDPOINT, CNOP_TABLE, and the region and credentials of AWS"
        ) from None


def connect(endpoint: str) -> DynamoDBClient:
    """Returns a client of DynamoDB's control plane. Raises StartupError without a region."""
    from botocore.config import Config  # noqa: PLC0415 - a server does not carry its 13 MB

    retries: Any = {"total_max_attempts": 10, "mode": "standard"}
    config = Config(retries=retries, connect_timeout=5, read_timeout=10)
    session = credentials.new_session()
    region = settings.DynamoDB(endpoint=endpoint).region(session.region_name or "")
    client: DynamoDBClient = session.client("dynamodb", region, endpoint_url=endpoint or None, config=config)
    return client


def ensure_table(dynamodb: DynamoDBClient, name: str, schema: dict[str, Any], ttl: str = "") -> bool:
    """Creates the table unless it exists, and waits until it is usable. Returns whether it was created.

    `ttl` names the attribute that says when DynamoDB may delete an item.
    """
    try:
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **schema)
        created = True
    except dynamodb.exceptions.ResourceInUseException:
        created = False
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    if ttl and dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"].get("AttributeName") != ttl:
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": ttl})
    return created


def ensure_layout(dynamodb: DynamoDBClient, name: str, schema: dict[str, Any], layout: int) -> None:
    """Stores the layout of a table that has none yet. Raises StartupError if the table has another one.

    A table without one is new, unless something is in it: then it is older than the first layout that was stored.
    """
    stored = _stored(dynamodb, name)
    if stored is None and _is_new(dynamodb, name, schema):
        stored = layout
        dynamodb.put_item(TableName=name, Item={**_KEY, table_layout.VERSION: {"N": str(layout)}})
    if stored != layout:
        raise table_layout.refusal(name, stored or 0, layout)


_KEY: Any = {name: {"S": value} for name, value in table_layout.KEY.items()}


def _stored(dynamodb: DynamoDBClient, name: str) -> int | None:
    item = dynamodb.get_item(TableName=name, Key=_KEY, ConsistentRead=True).get("Item")
    return int(item[table_layout.VERSION]["N"]) if item else None


def _is_new(dynamodb: DynamoDBClient, name: str, schema: dict[str, Any]) -> bool:
    """Tells whether a table has these indexes, and no items."""
    described: Any = dynamodb.describe_table(TableName=name)["Table"]
    is_empty = not dynamodb.scan(TableName=name, Limit=1, ConsistentRead=True)["Items"]
    return is_empty and _indexes(described) == _indexes(schema)


def _indexes(table: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Returns the keys and the projection of each index by its name."""
    indexes = [*table.get("LocalSecondaryIndexes", ()), *table.get("GlobalSecondaryIndexes", ())]
    return {index["IndexName"]: (index["KeySchema"], index["Projection"]) for index in indexes}
