"""HTTP/2 connections as octets: well-formed ones, mutated ones, and those that demand too much."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from random import Random

from hpack import Encoder
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

Headers = list[tuple[str, str]]

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_HEAD = 9
FLOOD = 250  # the number of frames of one kind
WINDOW_MAX = 2**31 - 1
EMPTY_MESSAGE = b"\0\0\0\0\0"
GARBAGE_HEADERS = (b"\xff" * 40, b"\x80", b"\x3f\xff\xff\xff\xff\xff\x0f", b"\x00\x7f\xff\xff\xff\x0f", b"\xbe\xbf\xc0")


def call(headers: Headers, body: bytes = EMPTY_MESSAGE, stream: int = 1) -> list[bytes]:
    """Returns the frames of a unary call."""
    head = HeadersFrame(stream, data=Encoder().encode(headers), flags=["END_HEADERS"])
    return [
        SettingsFrame(0).serialize(),
        head.serialize(),
        DataFrame(stream, data=body, flags=["END_STREAM"]).serialize(),
    ]


def attack(headers: Headers, random: Random) -> list[bytes]:
    """Returns the frames of a hostile connection, without the preface."""
    if random.random() < 0.4:
        return random.choice(EXTREMES)(headers, random)
    frames = call(headers)
    for _ in range(random.randint(1, 3)):
        frames = random.choice(MUTATIONS)(frames, random)
    return frames


# --- mutations of valid frames ---


def _octet(frames: list[bytes], random: Random) -> list[bytes]:
    def change(frame: bytearray) -> None:
        frame[random.randrange(len(frame))] = random.randrange(256)

    return _changed(frames, random, change)


def _length(frames: list[bytes], random: Random) -> list[bytes]:
    length = random.choice((0, 1, 8, 16_384, 16_385, 2**24 - 1))
    return _changed(frames, random, lambda frame: frame.__setitem__(slice(0, 3), length.to_bytes(3, "big")))


def _kind(frames: list[bytes], random: Random) -> list[bytes]:
    return _changed(frames, random, lambda frame: frame.__setitem__(3, random.randrange(12)))


def _flags(frames: list[bytes], random: Random) -> list[bytes]:
    """Sets random flags, such as PADDED and PRIORITY without the octets that they announce."""
    return _changed(frames, random, lambda frame: frame.__setitem__(4, random.randrange(256)))


def _stream(frames: list[bytes], random: Random) -> list[bytes]:
    stream = random.choice((0, 1, 2, 3, 2**31 - 1, 2**32 - 1))
    return _changed(frames, random, lambda frame: frame.__setitem__(slice(5, 9), stream.to_bytes(4, "big")))


def _twice(frames: list[bytes], random: Random) -> list[bytes]:
    """Repeats a frame: a second HEADERS, or DATA after the end."""
    return [*frames, random.choice(frames)]


def _order(frames: list[bytes], random: Random) -> list[bytes]:
    return random.sample(frames, len(frames))


def _leave_out(frames: list[bytes], random: Random) -> list[bytes]:
    left_out = random.randrange(len(frames))
    return [frame for at, frame in enumerate(frames) if at != left_out]


def _between(frames: list[bytes], random: Random) -> list[bytes]:
    at = random.randint(0, len(frames))
    head = struct.pack(
        ">HBBBI", 0, random.randrange(64), random.randrange(16), random.randrange(256), random.randrange(4)
    )
    return [*frames[:at], head + random.randbytes(random.randrange(64)), *frames[at:]]


def _changed(frames: list[bytes], random: Random, change: Callable[[bytearray], object]) -> list[bytes]:
    at = random.randrange(len(frames))
    frame = bytearray(frames[at])
    if len(frame) >= FRAME_HEAD:
        change(frame)
    return [*frames[:at], bytes(frame), *frames[at + 1 :]]


MUTATIONS: Sequence[Callable[[list[bytes], Random], list[bytes]]] = (
    _octet, _length, _kind, _flags, _stream, _twice, _order, _leave_out, _between,
)  # fmt: skip


# --- excessive demands ---


def _continuations(headers: Headers, random: Random) -> list[bytes]:
    """Endless headers."""
    block = Encoder().encode([*headers, ("x-more", "m" * 100)])
    more = random.choice((b"", block, b"\0\1a\1b" * 50))
    return [_open(block), *[ContinuationFrame(1, data=more).serialize()] * FLOOD]


def _resets(headers: Headers, _: Random) -> list[bytes]:
    """Rapid reset: opens streams and resets each at once."""
    frames = []
    for stream in range(1, 2 * FLOOD, 2):
        frames += [*call(headers, stream=stream)[1:2], RstStreamFrame(stream, error_code=8).serialize()]
    return [SettingsFrame(0).serialize(), *frames]


def _streams(headers: Headers, _: Random) -> list[bytes]:
    """More open streams than are allowed."""
    return [SettingsFrame(0).serialize(), *(call(headers, stream=stream)[1] for stream in range(1, 2 * FLOOD, 2))]


def _settings(headers: Headers, random: Random) -> list[bytes]:
    values = (0, 1, 16_383, 2**24, WINDOW_MAX, WINDOW_MAX + 1, 2**32 - 1)
    chosen = {random.randrange(10): random.choice(values) for _ in range(random.randint(1, 5))}
    return [SettingsFrame(0, settings=chosen).serialize()] * random.choice((1, FLOOD)) + call(headers)[1:]


def _windows(headers: Headers, random: Random) -> list[bytes]:
    frames = call(headers)
    step = WindowUpdateFrame(random.choice((0, 1)), window_increment=WINDOW_MAX).serialize()
    none = step[:FRAME_HEAD] + bytes(4)
    return [*frames[:2], *[random.choice((step, none))] * random.choice((1, 2, FLOOD)), frames[2]]


def _pings(headers: Headers, random: Random) -> list[bytes]:
    one = random.choice((PingFrame(0, opaque_data=b"fuzzfuzz"), PriorityFrame(3, depends_on=3), DataFrame(1)))
    frames = call(headers)
    return [*frames[:2], *[one.serialize()] * FLOOD, frames[2]]


def _garbage(headers: Headers, random: Random) -> list[bytes]:
    block = random.choice((*GARBAGE_HEADERS, random.randbytes(60), Encoder().encode(headers) + random.randbytes(9)))
    return [SettingsFrame(0).serialize(), HeadersFrame(1, data=block, flags=["END_HEADERS"]).serialize()]


def _large(headers: Headers, random: Random) -> list[bytes]:
    """Headers that are too long or too many, one of them as an HPACK bomb."""
    more = random.choice(
        ([("x-long", "l" * 70_000)], [(f"x-{at}", "v") for at in range(300)], [("x-bomb", "b" * 3000)] * 400)
    )
    block = Encoder().encode([*headers, *more])
    first, rest = block[:16_000], block[16_000:]
    parts = [rest[start : start + 16_000] for start in range(0, len(rest), 16_000)] or [b""]
    frames = [ContinuationFrame(1, data=part) for part in parts]
    frames[-1].flags.add("END_HEADERS")
    return [SettingsFrame(0).serialize(), _open(first), *(frame.serialize() for frame in frames), call(headers)[2]]


def _odd_headers(headers: Headers, random: Random) -> list[bytes]:
    """Headers that HTTP/2 forbids, or that request something unknown."""
    odd = random.choice(
        (
            ("connection", "upgrade"), ("transfer-encoding", "chunked"), ("te", "gzip"), ("UPPER", "x"), ("a b", "x"),
            ("x-break", "a\r\nb: c"), ("x-nul", "a\0b"), (":path", "/"), (":unknown", "x"), ("content-length", "-1"),
            ("content-length", "9" * 30), ("grpc-timeout", "99999999999S"), ("grpc-timeout", "x"),
            ("grpc-timeout", "0n"),
            ("grpc-encoding", "gzip"), ("grpc-encoding", "nope"), ("authorization", "Bearer \xff\xfe"), ("", "x"),
            ("x-request-id", "\xff"), ("idempotency-key", "\xc0\x80"), ("x-text-bin", "%%%"),
            ("expect", "100-continue"),
            ("grpc-status", "0"), ("grpc-trace-bin", "A"), ("grpc-previous-rpc-attempts", "x"), ("lb-cost-bin", "AAAA"),
            ("host", "a"), ("host", "b"), ("user-agent", "\xe9" * 300),
        )
    )  # fmt: skip
    changed = [*headers, odd]
    if random.random() < 0.3:
        name = random.choice([name for name, _ in headers])
        changed = [(known, value) for known, value in headers if known != name]
    elif random.random() < 0.3:
        values = (
            "",
            "*",
            "CONNECT",
            "GET",
            "\0",
            "a" * 9000,
            "/..",
            "ftp",
            "application/grpc+json",
            "application/grpc-web",
        )
        at = random.randrange(len(headers))
        changed = [*headers[:at], (headers[at][0], random.choice(values)), *headers[at + 1 :]]
    block = _plain_block(changed)
    head = HeadersFrame(1, data=block, flags=["END_HEADERS"]).serialize()
    return [SettingsFrame(0).serialize(), head, call(headers)[2]]


def _bodies(headers: Headers, random: Random) -> list[bytes]:
    """gRPC messages whose prefix does not match their content."""
    body = random.choice(
        (
            b"",
            b"\0",
            b"\2\0\0\0\0",
            b"\1\0\0\0\1x",
            b"\0\xff\xff\xff\xff",
            b"\0\0\0\0\5ab",
            EMPTY_MESSAGE * 3,
            bytes(16_000),
        )
    )
    return call(headers, body)


def _no_http2(_: Headers, random: Random) -> list[bytes]:
    return [random.choice((b"GET / HTTP/1.1\r\n\r\n", random.randbytes(300), PREFACE, b"\x16\x03\x01\x02\0"))]


def _open(block: bytes) -> bytes:
    return HeadersFrame(1, data=block, flags=["END_STREAM"]).serialize()


def _plain_block(headers: Headers) -> bytes:
    """Encodes headers without compression, including those that the hpack package would refuse."""
    pairs = ((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
    return b"".join(b"\0" + _string(name) + _string(value) for name, value in pairs)


def _string(text: bytes) -> bytes:
    if len(text) < 127:
        return bytes((len(text),)) + text
    rest, octets = len(text) - 127, bytearray((127,))
    while rest > 127:
        octets.append(rest & 127 | 128)
        rest >>= 7
    return bytes((*octets, rest)) + text


EXTREMES: Sequence[Callable[[Headers, Random], list[bytes]]] = (
    _continuations, _resets, _streams, _settings, _windows, _pings, _garbage, _large, _odd_headers, _odd_headers,
    _odd_headers, _bodies, _no_http2,
)  # fmt: skip
