"""The data path to DynamoDB: aiodynamo, which makes the calls on the event loop at about a sixth of boto3's cost."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal

import aiohttp
from aiodynamo.client import Client
from aiodynamo.errors import ItemNotFound, TransactionCanceled
from aiodynamo.http.aiohttp import AIOHTTP
from aiodynamo.models import RetryConfig, RetryTimeout
from aiodynamo.operations import ConditionCheck, Delete, Put, Update
from aiodynamo.types import Item
from yarl import URL

from services.common import credentials, request, settings
from services.common.errors import Unavailable

Operation = Put | Update | Delete | ConditionCheck

_BACKOFF_SECONDS_BASE = 0.01
_BACKOFF_SECONDS_MAX = 0.5


class ConditionFailed(Exception):
    """A transaction's conditions did not hold; `positions` are those of the operations that refused."""

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
    timeout = aiohttp.ClientTimeout(total=config.timeout_seconds, connect=config.timeout_seconds)
    connector = aiohttp.TCPConnector(limit=config.connections, keepalive_timeout=30)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
    ) as http:
        yield Client(
            http=AIOHTTP(http),
            credentials=credentials.SessionCredentials(answer),
            region=answer.region,
            endpoint=URL(config.endpoint) if config.endpoint else None,
            numeric_type=Decimal,  # the default is float
            throttle_config=RetryWithinDeadline(time_limit_secs=config.retry_seconds),
        )


async def get(client: Client, table: str, key: Item) -> Item | None:
    """The item of a key, read consistently; None when there is none."""
    try:
        return await client.get_item(table, key, consistent_read=True)
    except ItemNotFound:
        return None


async def transact(client: Client, operations: Sequence[Operation]) -> None:
    """Makes all the changes, or none.

    Conflicts with other transactions are tried again, with full jitter, inside the deadline.
    Raises ConditionFailed when a condition does not hold and Unavailable when conflicts do not end.
    """
    deadline = time.monotonic() + request.remaining_seconds()
    attempt = 0
    while True:
        try:
            await client.transact_write_items(operations)
        except TransactionCanceled as cancelled:
            reasons = enumerate(cancelled.cancellation_reasons)
            failed = frozenset(at for at, reason in reasons if reason and reason.code == "ConditionalCheckFailed")
            if failed:
                raise ConditionFailed(failed) from None
        else:
            return
        delay = backoff_seconds(attempt)
        attempt += 1
        if time.monotonic() + delay > deadline:
            raise Unavailable("CONTENTION", "too many changes at once; try again")
        await asyncio.sleep(delay)
