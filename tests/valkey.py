"""A real Valkey for tests, and TLS in front of it: the packaged server is built without."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from local import binaries


@asynccontextmanager
async def running(port: int, folder: Path, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Runs Valkey on a port of 127.0.0.1 with more options, as "--requirepass", "secret"."""
    with (folder / "valkey.log").open("w") as log:
        usual = ("--bind", "127.0.0.1", "--port", str(port), "--save", "")
        process = await asyncio.create_subprocess_exec(str(binaries.valkey()), *usual, *options, stdout=log, cwd=folder)
    try:
        await _until_open(port)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _until_open(port: int) -> None:
    for _ in range(400):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise AssertionError("Valkey did not start")


@asynccontextmanager
async def tls_front(port: int, certs: Path) -> AsyncIterator[int]:
    """Accepts TLS with the certificate in `certs`, and passes everything on to a port. Yields its own port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certs / "tls.crt", certs / "tls.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            back_reader, back_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_copy(reader, back_writer), _copy(back_reader, writer))
        writer.close()

    server = await asyncio.start_server(serve, "localhost", 0, ssl=context, family=2)  # IPv4: one port
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
