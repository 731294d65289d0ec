"""The data path to DynamoDB: aiodynamo, which makes the calls on the event loop at about a sixth of boto3's cost."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from aiodynamo.client import Client
from aiodynamo.errors import (
    ConditionalCheckFailed,
    ItemNotFound,
    TransactionCanceled,
    TransactionConflict,
    TransactionInProgress,
)
from aiodynamo.expressions import Condition, UpdateExpression
from aiodynamo.models import RetryConfig, RetryTimeout
from aiodynamo.operations import ConditionCheck, Delete, Get, Put, Update
from aiodynamo.sign import make_default_endpoint
from aiodynamo.types import Item
from aiodynamo.utils import dy2py
from yarl import URL

from services.common import settings
from services.common.dynamo import credentials
from services.common.dynamo.http import Http
from services.common.rpc import call as request
from services.common.rpc.errors import Unavailable

T = TypeVar("T")

Operation = Put | Update | Delete | ConditionCheck

_BACKOFF_SECONDS_BASE = 0.01
_BACKOFF_SECONDS_MAX = 0.5


class ConditionFailed(Exception):
    """The conditions of a write did not hold; `positions` are those of the operations that refused."""

    def __init__(self, positions: frozenset[int]) -> None:
        super().__init__(f"conditions failed at {sorted(positions)}")
        self.positions = positions


def backoff_seconds(attempt: int) -> float:
    """How long to wait before trying again: exponential, with full jitter."""
    return random.uniform(0, min(_BACKOFF_SECONDS_MAX, _BACKOFF_SECONDS_BASE * 2**attempt))  # noqa: S311 - jitter


@dataclass(frozen=True)
class RetryWithinDeadline(RetryConfig):
    """Tries again, with full jitter, until the time limit or the deadline of the call that is served."""

    def delays(self) -> Iterable[float]:
        attempt = 0
        while True:
            yield backoff_seconds(attempt)
            attempt += 1

    async def attempts(self) -> AsyncIterable[None]:
        deadline = time.monotonic() + request.remaining_seconds(self.time_limit_secs)
        for delay in self.delays():
            yield
            if time.monotonic() + delay > deadline:
                raise RetryTimeout
            await asyncio.sleep(delay)


@asynccontextmanager
async def connect(config: settings.DynamoDB) -> AsyncIterator[Client]:
    """A client for the life of the process."""
    answer = await credentials.ask()
    endpoint = URL(config.endpoint) if config.endpoint else make_default_endpoint(answer.region)
    http = Http(endpoint, connections_max=config.connections, timeout_seconds=config.timeout_seconds)
    try:
        yield Client(
            http=http,
            credentials=credentials.SessionCredentials(answer),
            region=answer.region,
            endpoint=endpoint,
            numeric_type=Decimal,  # the default is float
            throttle_config=RetryWithinDeadline(time_limit_secs=config.retry_seconds),
        )
    finally:
        http.close()


async def get(client: Client, table: str, key: Item) -> Item | None:
    """The item of a key, read consistently; None when there is none."""
    try:
        return await client.get_item(table, key, consistent_read=True)
    except ItemNotFound:
        return None


async def get_all(client: Client, table: str, keys: Sequence[Item]) -> list[Item | None]:
    """The items of keys as they are all at one moment; None where there is none.

    Raises Unavailable when conflicts with transactions do not end.
    """
    payload = {"TransactItems": [Get(table, key).to_request_payload() for key in keys]}
    answer = await _without_conflict(lambda: client.send_request(action="TransactGetItems", payload=payload))
    return [dy2py(one["Item"], client.numeric_type) if one.get("Item") else None for one in answer["Responses"]]


async def put(client: Client, table: str, item: Item, condition: Condition) -> None:
    """Writes an item. Raises ConditionFailed when the condition does not hold, and as `transact`."""
    await _without_conflict(lambda: client.put_item(table, item, condition=condition))


async def update(client: Client, table: str, key: Item, change: UpdateExpression, condition: Condition) -> None:
    """Changes an item. Raises ConditionFailed when the condition does not hold, and as `transact`."""
    await _without_conflict(lambda: client.update_item(table, key, change, condition=condition))


async def transact(client: Client, operations: Sequence[Operation]) -> None:
    """Makes all the changes, or none.

    Conflicts with other transactions are tried again, with full jitter, inside the deadline.
    Raises ConditionFailed when a condition does not hold and Unavailable when conflicts do not end.
    """
    await _without_conflict(lambda: client.transact_write_items(operations))


async def _without_conflict(call: Callable[[], Awaitable[T]]) -> T:
    """Makes a call again, with full jitter, while it only conflicts with transactions."""
    deadline = time.monotonic() + request.remaining_seconds()
    attempt = 0
    while True:
        try:
            return await call()
        except TransactionCanceled as cancelled:
            reasons = enumerate(cancelled.cancellation_reasons)
            failed = frozenset(at for at, reason in reasons if reason and reason.code == "ConditionalCheckFailed")
            if failed:
                raise ConditionFailed(failed) from None
        except ConditionalCheckFailed:
            raise ConditionFailed(frozenset({0})) from None
        except (TransactionConflict, TransactionInProgress):
            pass
        delay = backoff_seconds(attempt)
        attempt += 1
        if time.monotonic() + delay > deadline:
            raise Unavailable("CONTENTION", "too many changes at once; try again")
        await asyncio.sleep(delay)
