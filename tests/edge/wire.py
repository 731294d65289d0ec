"""Talks to the edge by raw bytes and frames, as no library does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import h2.config
import h2.connection

from tests.edge.mesh import Edge


@asynccontextmanager
async def socket_to(edge: Edge) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, _, port = edge.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@dataclass(frozen=True)
class Answer:
    """An HTTP/1.1 response."""

    status: int
    headers: dict[str, str]
    body: Any


async def answer_to(edge: Edge, sent: bytes) -> Answer:
    async with socket_to(edge) as (reader, writer), asyncio.timeout(20):
        writer.write(sent)
        return await read_answer(reader)


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Answer(int(first.split(" ")[1]), headers, json.loads(body) if body else None)


class Http2:
    """An HTTP/2 connection, frame by frame."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        config = h2.config.H2Configuration(validate_outbound_headers=False, normalize_outbound_headers=False)
        self.connection = h2.connection.H2Connection(config)
        self.connection.initiate_connection()
        self.flush()

    def flush(self) -> None:
        self._writer.write(self.connection.data_to_send())

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def until(self, *kinds: type[Any]) -> Any:
        """The first event of one of the kinds; None if the connection ends without one."""
        async with asyncio.timeout(20):
            while data := await self._read():
                for event in self.connection.receive_data(data):
                    if isinstance(event, kinds):
                        return event
                self.flush()
        return None

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(65536)
        except ConnectionError:
            return b""


@asynccontextmanager
async def http2_to(edge: Edge) -> AsyncIterator[Http2]:
    async with socket_to(edge) as (reader, writer):
        yield Http2(reader, writer)
