"""An HTTP/1.1 client for aiodynamo: keep-alive connections to one address, one request at a time on each.

httptools (llhttp) parses the responses.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import deque
from typing import cast

import httptools
from aiodynamo.http.types import Request, RequestFailed, Response
from yarl import URL

_IDLE_SECONDS_MAX = 30.0  # shorter than DynamoDB keeps an idle connection
_BODY_BYTES_MAX = 17 * 1024 * 1024  # DynamoDB responds with at most 16 MB


def host_of(url: URL) -> str:
    """Returns the header Host of requests to an address."""
    host = url.host or ""
    name = f"[{host}]" if ":" in host else host
    return name if url.is_default_port() else f"{name}:{url.port}"


class HttpClient:
    """An `HttpImplementation`. A request that fails may have been executed."""

    def __init__(self, url: URL, *, connections_max: int, timeout_seconds: float) -> None:
        """Connects on demand. The timeout of a request includes the wait for a connection."""
        if url.host is None or url.port is None or url.scheme not in ("http", "https"):
            raise ValueError(f"not an HTTP address: {url}")
        self._host, self._port = url.host, url.port
        self._tls = ssl.create_default_context() if url.scheme == "https" else None
        self._head = f"POST {url.raw_path} HTTP/1.1\r\nHost: {host_of(url)}\r\n"
        self._timeout_seconds = timeout_seconds
        self._slots = asyncio.Semaphore(connections_max)
        self._idle: deque[_Connection] = deque()  # the most recently used at the right
        self.date = b""  # the last header Date of a response

    async def __call__(self, request: Request) -> Response:
        """Sends a request. Raises TimeoutError, or RequestFailed with a ConnectionError in it."""
        body = request.body or b""
        headers = "".join(f"{name}: {value}\r\n" for name, value in (request.headers or {}).items())
        message = f"{self._head}{headers}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body
        try:
            async with asyncio.timeout(self._timeout_seconds), self._slots:
                return await self._exchange(message)
        except TimeoutError:
            raise
        except OSError as error:
            raise RequestFailed(ConnectionError(str(error))) from error

    async def _exchange(self, message: bytes) -> Response:
        connection = self._take_idle() or await self._connect()
        try:
            response = await connection.exchange(message)
        except BaseException:
            connection.abort()  # a late response must not be taken for that to the next request
            raise
        self.date = connection.date or self.date
        if connection.is_reusable:
            connection.idle_since = time.monotonic()
            self._idle.append(connection)
        else:
            connection.abort()
        return response

    def _take_idle(self) -> _Connection | None:
        oldest = time.monotonic() - _IDLE_SECONDS_MAX
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.popleft().abort()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_reusable:
                return connection
        return None

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(_Connection, self._host, self._port, ssl=self._tls)
        return connection

    def close(self) -> None:
        """Closes idle connections."""
        while self._idle:
            self._idle.pop().abort()


class _Connection(asyncio.Protocol):
    """A connection. httptools calls the methods on_…"""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.date = b""
        self._parser = httptools.HttpResponseParser(self)
        self._response: asyncio.Future[Response] | None = None
        self._body: list[bytes] = []
        self._size = 0
        self._is_kept = True

    @property
    def is_reusable(self) -> bool:
        return self._is_kept and not self._transport.is_closing()

    async def exchange(self, message: bytes) -> Response:
        """Sends a request and waits for the response. Raises ConnectionError."""
        self._response = asyncio.get_running_loop().create_future()
        self._body, self._size = [], 0
        self._transport.write(message)
        return await self._response

    def abort(self) -> None:
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's class is not a subclass

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(f"not an HTTP response: {error!r}")

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(f"the connection was lost: {exc!r}")

    def on_message_begin(self) -> None:
        if self._response is None:
            raise ConnectionError("a response without a request")

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"date":
            self.date = value

    def on_headers_complete(self) -> None:
        self._is_kept = self._parser.should_keep_alive()

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size > _BODY_BYTES_MAX:
            raise ConnectionError("the response is too long")
        self._body.append(body)

    def on_message_complete(self) -> None:
        if self._response is not None and not self._response.done():
            self._response.set_result(Response(self._parser.get_status_code(), b"".join(self._body)))
        self._response = None

    def _fail(self, why: str) -> None:
        self._is_kept = False
        self._transport.abort()
        if self._response is not None and not self._response.done():
            self._response.set_exception(ConnectionError(why))
        self._response = None
