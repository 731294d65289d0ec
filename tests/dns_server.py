"""A DNS server whose answers a test changes."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

from local import ports

_HEADER = struct.Struct("!6H")
_ANSWER, _SERVFAIL, _NXDOMAIN = 0x8580, 0x8582, 0x8583
_TYPE_A = 1
_TTL_SECONDS = 300  # nobody may wait for it


class Names(asyncio.DatagramProtocol):
    """Knows one name, by whatever a client calls it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.addresses: list[str] = []  # none: the name does not exist
        self.is_failing = False
        self.questions = 0  # for IPv4 addresses

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        number = _HEADER.unpack_from(data)[0]
        end = data.index(b"\0", _HEADER.size) + 5  # the name, its type and class
        question = data[_HEADER.size : end]
        kind = struct.unpack_from("!H", question, len(question) - 4)[0]
        self.questions += kind == _TYPE_A
        found = self.addresses if kind == _TYPE_A and not self.is_failing else []
        flags = _SERVFAIL if self.is_failing else _ANSWER if self.addresses else _NXDOMAIN
        records = b"".join(
            b"\xc0\x0c" + struct.pack("!HHIH", _TYPE_A, 1, _TTL_SECONDS, 4) + ipaddress.ip_address(one).packed
            for one in found
        )
        self._transport.sendto(_HEADER.pack(number, flags, 1, len(found), 0, 0) + question + records, address)

    @property
    def edit(self) -> Callable[[str], str]:
        """Makes a rendered configuration use this server."""
        resolver = f"resolvers: [{{ socket_address: {{ address: 127.0.0.1, port_value: {self.port} }} }}]"
        return lambda text: re.sub(r"( +)query_tries: 2\n", rf"\g<0>\g<1>{resolver}\n", text)


@asynccontextmanager
async def names() -> AsyncIterator[Names]:
    [port] = ports.claim(1)
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(lambda: Names(port), local_addr=("127.0.0.1", port))
    try:
        yield server
    finally:
        transport.close()
