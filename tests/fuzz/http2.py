"""Attacks on HTTP/2: in plaintext at the edge, and by TLS with the operator's certificate at the ports of the services.

The calls have no token, and no method admits the operator, so only public methods may succeed.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from hpack import Decoder, HPACKError
from hyperframe.exceptions import HyperframeError
from hyperframe.frame import ContinuationFrame, Frame, GoAwayFrame, HeadersFrame, RstStreamFrame

from local.authority import dns_name
from services.common.mesh.certificates import AUTHORITIES, CERTIFICATE, KEY
from tests.e2e.contract import METHODS, PUBLIC, Method

from .frames import FRAME_HEAD, PREFACE, Headers, attack, call
from .target import Target

AT_ONCE = 32  # most of them just wait
ANSWER_SECONDS = 1.2  # since the last octet: gRPC waits up to a second before it resets a stream
CONNECT_SECONDS = 5.0
READ_BYTES_MAX = 1_000_000
FAULTS = {"2", "13", "14", "15"}  # UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS
# gRPC's protocol demands INTERNAL for a message that is not compressed as its headers say.
BADLY_COMPRESSED = ("Compression bit set", "Decompression failed")


@dataclass(frozen=True)
class Place:
    """A server to connect to."""

    name: str
    port: int
    tls: ssl.SSLContext | None = None


async def attack_all(target: Target, random: Random, seconds: float) -> None:
    """Makes connections for `seconds`."""
    until = time.monotonic() + seconds
    settings = target.stack.settings
    places = [Place("edge", settings.edge_port)] * 3  # three times as often, since everybody reaches it
    places += [Place(name, ports[0], _tls(target)) for name, ports in settings.service_ports.items()]

    async def one_after_another(choices: Random) -> None:
        while time.monotonic() < until and not target.is_spoilt:
            await _try(target, choices.choice(places), choices)

    for place in places:
        answers = await _send(place, call(_headers(place, _methods(place)[0])))
        if not any("grpc-status" in headers for headers in answers):
            target.found(f"a good call in frames is not answered at {place.name}: {answers}")
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_another(Random(random.getrandbits(64))))


def _methods(place: Place) -> list[Method]:
    """Returns the methods to call there. At the edge they include those that it does not have."""
    return [method for method in METHODS if place.name in ("edge", method.owner)]


async def _try(target: Target, place: Place, random: Random) -> None:
    method = random.choice(_methods(place))
    frames = attack(_headers(place, method), random)
    target.count(f"HTTP/2 at {'the edge' if place.name == 'edge' else 'a port'}")
    try:
        answers = await _send(place, frames)
    except (TimeoutError, ConnectionRefusedError) as error:
        target.found(f"{place.name} takes no connection: {error!r}")
        return
    for headers in answers:
        problem = _problem(headers, is_edge=place.name == "edge", is_public=method in PUBLIC)
        if problem:
            sent = b"".join(frames).hex()
            target.found(f"{method.path} at {place.name}: {problem} ({headers}), for {sent[:20_000]}")


def _problem(headers: dict[str, str], *, is_edge: bool, is_public: bool) -> str:
    if headers.get(":status", "").startswith("5"):
        return "a 5xx"
    status = headers.get("grpc-status", "")
    # The services and the edge add details to every error; gRPC itself adds none. At a port, it also responds with
    # INTERNAL or UNAVAILABLE to invalid headers and frames; the edge forwards none of those.
    said = headers.get("grpc-message", "")
    may_be = status == "13" and said.startswith(BADLY_COMPRESSED) if is_edge else status in ("13", "14")
    is_of_grpc = "grpc-status-details-bin" not in headers and may_be
    if status in FAULTS and not is_of_grpc:
        return "a fault"
    return "it was accepted" if status == "0" and not is_public else ""


async def _send(place: Place, frames: list[bytes]) -> list[dict[str, str]]:
    """Sends frames, and returns the header blocks of the responses."""
    name = None if place.tls is None else dns_name(place.name)
    async with asyncio.timeout(CONNECT_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", place.port, ssl=place.tls, server_hostname=name)
    received = bytearray()
    try:
        with contextlib.suppress(OSError, TimeoutError):
            writer.write(PREFACE + b"".join(frames))
            async with asyncio.timeout(CONNECT_SECONDS):
                await writer.drain()
            while len(received) < READ_BYTES_MAX:
                async with asyncio.timeout(ANSWER_SECONDS):
                    more = await reader.read(65_536)
                received += more
                if not more or _is_answered(received):
                    break
    finally:
        writer.transport.abort()
    return list(_blocks(bytes(received)))


def _is_answered(octets: bytes) -> bool:
    """Tells whether the stream of the call has ended."""
    return any(
        isinstance(frame, RstStreamFrame | GoAwayFrame) or (frame.stream_id == 1 and "END_STREAM" in frame.flags)
        for frame in _frames(octets)
    )


def _blocks(octets: bytes) -> Iterator[dict[str, str]]:
    """Yields the headers and the trailers of a response."""
    decoder, block = Decoder(), b""
    for frame in _frames(octets):
        if isinstance(frame, HeadersFrame | ContinuationFrame):
            block += frame.data
            if "END_HEADERS" in frame.flags:
                with contextlib.suppress(HPACKError):
                    yield {_text(name): _text(value) for name, value in decoder.decode(block)}
                block = b""


def _frames(octets: bytes) -> Iterator[Frame]:
    """Yields the complete frames, up to the first invalid one."""
    with contextlib.suppress(HyperframeError):
        while len(octets) >= FRAME_HEAD:
            frame, length = Frame.parse_frame_header(memoryview(octets[:FRAME_HEAD]))
            if len(octets) < FRAME_HEAD + length:
                return
            frame.parse_body(memoryview(octets[FRAME_HEAD : FRAME_HEAD + length]))
            octets = octets[FRAME_HEAD + length :]
            yield frame


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _headers(place: Place, method: Method) -> Headers:
    return [
        (":method", "POST"),
        (":scheme", "http" if place.tls is None else "https"),
        (":path", method.path),
        (":authority", place.name),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
    ]


def _tls(target: Target) -> ssl.SSLContext:
    folder = target.stack.mesh / "operator"
    context = ssl.create_default_context(cafile=folder / AUTHORITIES)
    context.load_cert_chain(folder / CERTIFICATE, folder / KEY)
    context.set_alpn_protocols(["h2"])
    return context
