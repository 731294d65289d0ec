"""A proxy in front of DynamoDB that injects faults. It is a process of its own.

python -m tests.chaos.proxy --listen HOST:PORT --upstream HOST:PORT --control HOST:PORT --seed TEXT

It injects none until the control port says so: PUT /rules sets a list of rules, GET /counts returns the numbers of
requests and faults. Each connection of a client has its own connection to the upstream; both are kept alive.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import socket
import struct
from collections import Counter
from dataclasses import dataclass, field

import uvloop

from . import injected
from .injected import Chooser, Kind

_HEAD_BYTES_MAX = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER with a timeout of 0: a close sends a RST

# What StreamReader and StreamWriter raise when a peer disconnects.
_GONE = (ConnectionError, asyncio.IncompleteReadError)


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Reads the head and the body of an HTTP/1.1 message, unparsed. Raises IncompleteReadError at the end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if length is not None:
        return head, await reader.readexactly(int(length[1]))
    if not _CHUNKED.search(head):
        return head, b""
    body, size = b"", 1
    while size:
        line = await reader.readuntil(b"\r\n")
        size = int(line, 16)
        body += line + await reader.readexactly(size + len(b"\r\n"))
    return head, body


class Upstream:
    """The connection to the upstream for a connection of a client."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port
        self._connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> bytes:
        """Sends a request and returns the response."""
        if self._connection is None or self._connection[0].at_eof():
            self._connection = await asyncio.open_connection(*self._address, limit=_HEAD_BYTES_MAX)
        reader, writer = self._connection
        writer.write(request)
        head, body = await read_message(reader)
        return head + body

    def close(self) -> None:
        if self._connection is not None:
            self._connection[1].close()


@dataclass
class Proxy:
    """Forwards requests, and injects faults."""

    upstream: tuple[str, int]
    chooser: Chooser
    requests: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves a connection of a client until either side closes it."""
        upstream = Upstream(*self.upstream)
        try:
            while True:
                head, body = await read_message(reader)
                kind = self._choose(injected.operation_of(head))
                answer = await self._answer(kind, head, body, upstream)
                if kind in {Kind.RESET_BEFORE, Kind.RESET_AFTER}:
                    return _reset(writer)
                if kind is Kind.CUT_AFTER:
                    return writer.write(answer[: len(answer) // 2])
                writer.write(answer)
        except _GONE:
            pass
        finally:
            writer.close()
            upstream.close()

    def _choose(self, operation: str) -> Kind | None:
        kind = self.chooser.choose(operation)
        self.requests[operation] += 1
        if kind is not None:
            self.faults[kind] += 1
        return kind

    async def _answer(self, kind: Kind | None, head: bytes, body: bytes, upstream: Upstream) -> bytes:
        """Returns the response to a request. Forwards the request unless the fault comes before that."""
        if kind is Kind.RESET_BEFORE:
            return b""
        if kind is Kind.THROTTLE:
            return injected.throttled()
        if kind is Kind.ERROR_BEFORE:
            return injected.failed()
        if kind is Kind.CONFLICT:
            return self.chooser.conflict(injected.operation_of(head), body)
        if kind is Kind.DELAY_BEFORE:  # even if the client disconnects meanwhile: a late write
            await asyncio.sleep(self.chooser.delay_seconds())
        answer = await upstream.ask(head + body)
        if kind is Kind.DELAY_AFTER:
            await asyncio.sleep(self.chooser.delay_seconds())
        return injected.failed() if kind is Kind.ERROR_AFTER else answer

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves a connection to the control port."""
        try:
            while True:
                head, body = await read_message(reader)
                if head.startswith(b"PUT /rules "):
                    self.chooser.use(injected.loaded(body))
                answer = json.dumps({"requests": self.requests, "faults": self.faults}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(answer), answer))
        except _GONE:
            pass
        finally:
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Resets a connection."""
    if not writer.transport.is_closing():
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


async def run(proxy: Proxy, listen: tuple[str, int], control: tuple[str, int]) -> None:
    """Serves until the process is killed."""
    servers = [
        await asyncio.start_server(proxy.serve, *listen, limit=_HEAD_BYTES_MAX),
        await asyncio.start_server(proxy.control, *control, limit=_HEAD_BYTES_MAX),
    ]
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.proxy", description=__doc__)
    for name in ("listen", "upstream", "control"):
        parser.add_argument(f"--{name}", type=_address, required=True, metavar="HOST:PORT")
    parser.add_argument("--seed", default="0")
    options = parser.parse_args()
    uvloop.run(run(Proxy(options.upstream, Chooser(options.seed)), options.listen, options.control))


if __name__ == "__main__":
    main()
