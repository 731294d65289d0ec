"""Records the frames of prices that are published, a line of JSON for each, and reads them for the checker.

Frames come over Valkey's stream or, while Valkey is away, through the inventory table. The first are all read, unless
Valkey is killed: then the last ones may be lost. Those in the table follow each other in one item, so that some may be
missed. For both, the file has gaps: between the last frame before and the first one after, there may be others.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import redis.asyncio as redis
from redis.exceptions import RedisError

from local.programs import TABLES
from services.prices.frame import Frame as Published
from services.prices.frame import unpack
from services.prices.keys import STREAM

from .checker_market import Frame, Market, Price

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_POLL_SECONDS = 0.2
_BLOCK_MS = 500
_LEASE = {"pk": {"S": "PRICES"}, "sk": {"S": "LEASE"}}


class FrameRecorder:
    """Records until it is cancelled. `last` is the number of the latest frame."""

    def __init__(self, file: Path, redis_port: int, dynamodb: DynamoDBClient) -> None:
        self.last = 0
        self.count = 0
        self._file = file
        self._port = redis_port
        self._dynamodb = dynamodb
        self._server = ""
        self._may_have_missed = True  # before the next frame

    async def run(self) -> None:
        """Reads the stream and the table."""
        with self._file.open("a", buffering=1, encoding="utf-8") as lines:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read_stream(lines))
                group.create_task(self._read_table(lines))

    async def _read_stream(self, lines: Any) -> None:
        while True:
            with suppress(RedisError, OSError):
                async with redis.Redis(port=self._port, socket_timeout=60, retry=None) as client:
                    server = (await client.info("server"))["run_id"]
                    self._may_have_missed |= server != self._server
                    self._server = server
                    await self._follow(client, lines)
            await asyncio.sleep(_POLL_SECONDS)

    async def _follow(self, client: redis.Redis, lines: Any) -> None:
        start = "0"
        while True:
            found = await client.xread({STREAM: start}, block=_BLOCK_MS)
            for _, entries in found:
                for entry_id, fields in entries:
                    start = entry_id.decode()
                    self._note(unpack(fields[b"f"]), lines)

    async def _read_table(self, lines: Any) -> None:
        while True:
            data = await asyncio.to_thread(self._in_table)
            if data:
                self._may_have_missed = True
                self._note(unpack(data), lines)
                self._may_have_missed = True
            await asyncio.sleep(_POLL_SECONDS)

    def _in_table(self) -> bytes:
        item = self._dynamodb.get_item(TableName=TABLES["inventory"], Key=_LEASE, ConsistentRead=True).get("Item", {})
        return bytes(item.get("frame", {}).get("B", b""))

    def _note(self, frame: Published, lines: Any) -> None:
        if frame.seq <= self.last:
            return
        gap = [self.last, frame.seq] if self._may_have_missed else None
        prices = {
            asset_id: [str(price.bid), str(price.ask), price.status.value] for asset_id, price in frame.prices.items()
        }
        row = {"seq": frame.seq, "source": frame.source, "is_halted": frame.is_halted, "prices": prices, "gap": gap}
        lines.write(json.dumps(row, separators=(",", ":")) + "\n")
        self.last, self._may_have_missed = frame.seq, False
        self.count += 1


def read(file: Path, percent: Decimal) -> Market:
    """Reads a file. `percent` is the fee of both sides."""
    frames: dict[int, Frame] = {}
    gaps = []
    for row in _rows(file):
        prices = {
            asset_id: Price(Decimal(bid), Decimal(ask), status)
            for asset_id, (bid, ask, status) in row["prices"].items()
        }
        frames[row["seq"]] = Frame(row["source"], row["is_halted"], prices)
        if row["gap"]:
            last, first = row["gap"]
            gaps.append((last, first))
    return Market(frames, gaps, percent, percent)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
