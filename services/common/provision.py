"""Makes the tables, with boto3. The services themselves never do: they need no right to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import environ
from botocore.config import Config

from services.common import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@environ.config(prefix="CNOP", frozen=True)
class TableSettings:
    """What making a table needs to know: no keys, no secrets."""

    table: str = environ.var(help="The table.")
    dynamodb: settings.DynamoDB = environ.group(settings.DynamoDB)


def client(endpoint: str) -> DynamoDBClient:
    """A client of DynamoDB's control plane."""
    retries: Any = {"total_max_attempts": 10, "mode": "standard"}
    made: DynamoDBClient = boto3.client(
        "dynamodb", endpoint_url=endpoint or None, config=Config(retries=retries, connect_timeout=5, read_timeout=10)
    )
    return made


def ensure_table(dynamodb: DynamoDBClient, name: str, schema: dict[str, Any]) -> bool:
    """Makes the table unless it is there, and waits until it can be used. True when it was made."""
    try:
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **schema)
        made = True
    except dynamodb.exceptions.ResourceInUseException:
        made = False
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return made
