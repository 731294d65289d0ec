"""The data path to DynamoDB: aiodynamo on the event loop, at about a sixth of boto3's CPU time per call."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from aiodynamo.client import Client
from aiodynamo.errors import (
    AIODynamoError,
    ConditionalCheckFailed,
    ItemNotFound,
    TableNotFound,
    TransactionCanceled,
    TransactionConflict,
    TransactionInProgress,
)
from aiodynamo.models import RetryConfig, RetryTimeout
from aiodynamo.operations import ConditionCheck, Delete, Put, Update
from aiodynamo.sign import make_default_endpoint
from aiodynamo.types import Item
from yarl import URL

from services.aiodynamo_lean import credentials
from services.aiodynamo_lean.client import Client as LeanClient
from services.aiodynamo_lean.clock import ClockCheck
from services.aiodynamo_lean.http import HttpClient
from services.common import settings, times
from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.common.startup import StartupError
from services.common.times import Clock
from services.common.unit_of_work import (
    Begin,
    ConditionFailed,
    Conflict,
    UnitOfWork,
    backoff_seconds,
    retry_on_conflict,
)

T = TypeVar("T")

Operation = Put | Update | Delete | ConditionCheck


@dataclass(frozen=True)
class RetryWithinDeadline(RetryConfig):
    """Retries with full jitter until the time limit or the deadline of the call."""

    def delays(self) -> Iterable[float]:
        return map(backoff_seconds, itertools.count())

    async def attempts(self) -> AsyncIterable[None]:
        deadline = time.monotonic() + call.remaining_seconds(self.time_limit_secs)
        for delay in self.delays():
            yield
            if time.monotonic() + delay > deadline:
                raise RetryTimeout
            await asyncio.sleep(delay)


@asynccontextmanager
async def connect(config: settings.DynamoDB, now: Clock = times.now) -> AsyncIterator[Client]:
    """Opens a client for the life of the process. Raises StartupError without credentials or a region.

    Its calls raise ConnectionError while the clock is more than a day off that of the database.
    """
    try:
        answer = await credentials.fetch()
    except (RuntimeError, TimeoutError) as error:
        why = str(error) or "boto3 does not answer"
        raise StartupError(f"{why}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile or role") from None
    region = config.region(answer.region)
    endpoint = URL(config.endpoint) if config.endpoint else make_default_endpoint(region)
    http = HttpClient(endpoint, connections_max=config.connections, timeout_seconds=config.timeout_seconds)
    try:
        yield LeanClient(
            http=ClockCheck(http, now),
            credentials=credentials.SessionCredentials(answer),
            region=region,
            endpoint=endpoint,
            numeric_type=Decimal,  # the default is float
            throttle_config=RetryWithinDeadline(time_limit_secs=config.retry_seconds),
        )
    finally:
        http.close()


@asynccontextmanager
async def for_command(config: settings.DynamoDB) -> AsyncIterator[Client]:
    """Opens a client for a command, which ends when the database fails. Raises StartupError, with the reason."""
    try:
        async with connect(config) as client:
            yield client
    except Exception as error:
        first = _first(error)
        if not isinstance(first, _FAILURES):
            raise
        raise StartupError(_failure(first, config.endpoint or "the address of the AWS region")) from None


_FAILURES = (OSError, RetryTimeout, AIODynamoError, Unavailable)  # TimeoutError is an OSError


def _first(error: Exception) -> Exception:
    """Returns an error, or the first of a group of tasks."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _failure(error: Exception, where: str) -> str:
    if isinstance(error, TableNotFound):
        return f"the table does not exist at {where}; set CNOP_TABLE, or run the command provision first"
    why = " ".join(str(error).split()) or type(error).__name__
    return f"the database at {where} fails ({why}); start it, or set CNOP_DYNAMODB_ENDPOINT"


async def get(client: Client, table: str, key: Item) -> Item | None:
    """Reads an item consistently; None if there is none."""
    try:
        return await client.get_item(table, key, consistent_read=True)
    except ItemNotFound:
        return None


def units_of_work(client: Client) -> Begin:
    """Returns what begins a unit of work on DynamoDB; its changes are operations of aiodynamo."""
    return partial(UnitOfWork, partial(write, client))


async def write(client: Client, operations: Sequence[Operation]) -> None:
    """Makes all the changes or none. A single put or update costs half as much as a transaction.

    Raises ConditionFailed, and Unavailable CONTENTION if conflicts with other transactions do not end in time.
    """
    match operations:
        case [Put(table=table, item=item, condition=condition)]:
            await _retry_conflicts(lambda: client.put_item(table, item, condition=condition))
        case [Update(table=table, key=key, expression=expression, condition=condition)]:
            await _retry_conflicts(lambda: client.update_item(table, key, expression, condition=condition))
        case _:
            await _retry_conflicts(lambda: client.transact_write_items(operations))


async def _retry_conflicts(request: Callable[[], Awaitable[T]]) -> T:
    """Repeats a request that conflicts with other transactions. Raises as `write`."""

    async def send() -> T:
        try:
            return await request()
        except TransactionCanceled as cancelled:
            reasons = enumerate(cancelled.cancellation_reasons)
            failed = frozenset(at for at, reason in reasons if reason and reason.code == "ConditionalCheckFailed")
            raise ConditionFailed(failed) if failed else Conflict from cancelled
        except ConditionalCheckFailed:
            raise ConditionFailed(frozenset({0})) from None
        except (TransactionConflict, TransactionInProgress) as conflict:
            raise Conflict from conflict

    return await retry_on_conflict(send)
