"""Makes the tables, with boto3. The services themselves never do: they need no right to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.common import settings
from services.common.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, kw_only=True)
class TableSettings:
    """What making a table needs to know: no keys, no secrets."""

    table: str = setting("The table.")
    dynamodb: settings.DynamoDB = settings.DynamoDB()


def client(endpoint: str) -> DynamoDBClient:
    """A client of DynamoDB's control plane."""
    import boto3  # noqa: PLC0415 - for this command alone: a server does not carry its 13 MB
    from botocore.config import Config  # noqa: PLC0415

    retries: Any = {"total_max_attempts": 10, "mode": "standard"}
    made: DynamoDBClient = boto3.client(
        "dynamodb", endpoint_url=endpoint or None, config=Config(retries=retries, connect_timeout=5, read_timeout=10)
    )
    return made


def ensure_table(dynamodb: DynamoDBClient, name: str, schema: dict[str, Any], ttl: str = "") -> bool:
    """Makes the table unless it is there, and waits until it can be used. True when it was made.

    `ttl` is the attribute that says when DynamoDB may remove an item.
    """
    try:
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **schema)
        made = True
    except dynamodb.exceptions.ResourceInUseException:
        made = False
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    if ttl and dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"].get("AttributeName") != ttl:
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": ttl})
    return made
