"""The system under test: several replicas, DynamoDB behind the fault proxy, clocks that can be changed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from rich.console import Console

from local import fetch
from local.programs import TABLES
from local.stack import Stack, StackSettings, prepared
from local.supervisor import Patience, supervise
from services.order.schema import PENDING

from .load import ASSETS
from .proxy_client import FaultProxy, proxied
from .waiting import POLL_SECONDS, until

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_SERVICE_ENV = {
    "CNOP_BCRYPT_COST": "4",  # sign-in is not under test
    "CNOP_TOKEN_SECONDS": "7200",
    "CNOP_DAILY_DEPOSIT_MAX": "1000000000",
    "CNOP_DAILY_WITHDRAWAL_MAX": "1000000000",
}
SPREAD_PERCENT, FEE_PERCENT = "0.10", "0.25"

# A process that was killed restarts at once, however often.
_PATIENCE = Patience(delay_seconds_min=0.1, delay_seconds_max=0.1, deaths_max=1_000_000)


@dataclass(frozen=True)
class System:
    """The stack, and the proxy between it and its tables."""

    stack: Stack
    proxy: FaultProxy

    @property
    def settings(self) -> StackSettings:
        return self.stack.settings

    @cached_property
    def dynamodb(self) -> DynamoDBClient:
        client: DynamoDBClient = boto3.client(
            "dynamodb",
            endpoint_url=self.settings.dynamodb_url,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(proxies={}),
        )
        return client

    async def pending(self) -> int:
        """Returns the number of orders that are not final."""
        found = await asyncio.to_thread(
            self.dynamodb.scan, TableName=TABLES["order"], IndexName=PENDING, Select="COUNT"
        )
        return found["Count"]

    async def until_none_is_pending(self) -> None:
        """Waits until all orders are final."""
        while True:
            if not await self.pending():
                return
            await asyncio.sleep(POLL_SECONDS)

    async def is_healthy(self) -> bool:
        """Tells whether every process is ready."""
        ready = await asyncio.gather(*(process.is_ready() for process in self.stack.processes))
        return all(ready)

    async def move_clock(self, name: str, seconds: float) -> None:
        """Restarts a service process with its clock `seconds` ahead."""
        package = f"services.{name.partition('-')[0]}"
        command = (sys.executable, "-m", "tests.chaos.skewed", package, str(seconds))
        self.stack.programs[name] = replace(self.stack.programs[name], command=command)
        before = self.stack[name]
        await before.kill()
        await until(lambda: self.stack[name] is not before and self.stack[name].has_been_ready)


@asynccontextmanager
async def supervised(
    folder: Path, seed: str, say: Callable[[str], None], replicas: int = 1, stock_shards: int = 1
) -> AsyncIterator[System]:
    """Runs the system, and restarts processes that die. The logs are in `folder`."""
    shards = {"CNOP_STOCK_SHARDS": str(stock_shards)}
    await asyncio.to_thread(fetch.fetch, Console(stderr=True))
    settings = StackSettings.on_free_ports(
        log_dir=folder / "logs", replicas=replicas, prices="simulated", spread=SPREAD_PERCENT, fee=FEE_PERCENT
    )
    async with proxied(settings.dynamodb_port, folder / "logs", seed) as proxy:
        behind_proxy = {**_SERVICE_ENV, **shards, "CNOP_DYNAMODB_ENDPOINT": proxy.url}
        with prepared(replace(settings, service_env=behind_proxy)) as stack:
            _use_catalogue(stack, folder / "catalogue.json", shards)
            try:
                await stack.start()
                watch = asyncio.create_task(supervise(stack, lambda name, what: say(f"{name} {what}"), _PATIENCE))
                try:
                    yield System(stack, proxy)
                finally:
                    watch.cancel()
                    await asyncio.gather(watch, return_exceptions=True)
            finally:
                await stack.kill()


def _use_catalogue(stack: Stack, file: Path, shards: Mapping[str, str]) -> None:
    """Makes the stack load the assets of the load instead of the real catalogue."""
    file.write_text(json.dumps([_row(number) for number in range(len(ASSETS))]))
    step = stack.programs["load-catalogue"]
    stack.programs["load-catalogue"] = replace(
        step, command=(*step.command, "--file", str(file)), env={**step.env, **shards}
    )


def _row(number: int) -> dict[str, object]:
    asset = ASSETS[number]
    return {
        "asset_id": asset.asset_id,
        "name": asset.asset_id.title(),
        "description": "",
        "category": "chaos",
        "circulating_supply": "1000000",
        "max_supply": None,
        "price_usd": str(asset.price),
        "stock": str(asset.stock),
    }
