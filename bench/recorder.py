"""A proxy before DynamoDB Local that counts the write units of all that passes.

It reads each item before and after a write. So it is exact only while writes of the same item follow each other.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bench.write_units import Item, Table

_PREFIX = "DynamoDB_20120810."
_SINGLE = {"PutItem", "UpdateItem", "DeleteItem"}
_PASSED_ON = {"authorization", "x-amz-date", "x-amz-target", "content-type", "x-amz-security-token"}


@dataclass(frozen=True)
class Write:
    """A write of an item, and its units by index."""

    table: str
    item: Item
    operation: str
    units: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.units.values())


@dataclass(frozen=True)
class _Target:
    table: str
    key: Item
    operation: str


@dataclass
class Recorder:
    """Passes requests on, and records the writes."""

    upstream: str
    tables: Mapping[str, Table]
    http: aiohttp.ClientSession
    writes: list[Write] = field(default_factory=list)

    def take(self) -> list[Write]:
        """Returns the writes since the last call."""
        taken, self.writes = self.writes, []
        return taken

    async def serve(self, request: web.Request) -> web.Response:
        """Passes on a request."""
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items() if name.lower() in _PASSED_ON}
        targets = self._targets(headers.get("x-amz-target", "").removeprefix(_PREFIX), body)
        before = [await self._read(headers, target) for target in targets]
        async with self.http.post(self.upstream, data=body, headers=headers) as response:
            answer, status = await response.read(), response.status
        after = [await self._read(headers, target) for target in targets]
        for target, old, new in zip(targets, before, after, strict=True):
            units = self.tables[target.table].units(old, new, in_transaction=target.operation.startswith("Transact"))
            self.writes.append(Write(target.table, new or old or target.key, target.operation, units))
        return web.Response(body=answer, status=status, content_type="application/x-amz-json-1.0")

    def _targets(self, operation: str, body: bytes) -> list[_Target]:
        """Returns the items that a request writes."""
        if operation in _SINGLE:
            return [self._target(json.loads(body), operation)]
        if operation == "TransactWriteItems":
            changes = [next(iter(change.items())) for change in json.loads(body)["TransactItems"]]
            return [self._target(change, f"Transact {kind}") for kind, change in changes]
        if operation == "BatchWriteItem":
            raise ValueError("no service writes batches")
        return []

    def _target(self, change: Mapping[str, Any], operation: str) -> _Target:
        item, table = change.get("Item") or change["Key"], change["TableName"]
        return _Target(table, {name: item[name] for name in self.tables[table].keys}, operation)

    async def _read(self, headers: Mapping[str, str], target: _Target) -> Item | None:
        body = {"TableName": target.table, "Key": target.key, "ConsistentRead": True}
        get = {**headers, "x-amz-target": f"{_PREFIX}GetItem"}
        async with self.http.post(self.upstream, json=body, headers=get) as response:
            answer: dict[str, Item] = await response.json(content_type=None)
        return answer.get("Item")


@asynccontextmanager
async def recording(upstream: str, tables: Mapping[str, Table], port: int) -> AsyncIterator[Recorder]:
    """Serves a recorder on a port of this machine."""
    async with aiohttp.ClientSession() as http:
        recorder = Recorder(upstream, tables, http)
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/", recorder.serve)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            yield recorder
        finally:
            await runner.cleanup()
