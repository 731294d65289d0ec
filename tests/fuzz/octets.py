"""Mutations of octets. All choices come from the generator that is passed in, so that a seed repeats them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

EDGES = (0x00, 0x01, 0x7F, 0x80, 0xC0, 0xFE, 0xFF)
NOT_UTF8 = (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80")
HUGE_LENGTHS = (2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1)
LENGTH_DELIMITED, START_GROUP, END_GROUP, NEVER_A_TYPE = 2, 3, 4, 7
FIELD_MAX = 2**29 - 1
BYTES_MAX = 60_000  # the edge accepts 64 KiB


def mutated(octets: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Applies one to four mutations. A part may come from `others`, which are valid."""
    for _ in range(random.randint(1, 4)):
        octets = random.choice(MUTATIONS)(octets, random, others)
    return octets[:BYTES_MAX]


def varint(number: int) -> bytes:
    """Encodes a number as protobuf does."""
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*octets, number))


def _flip(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(octets)
    for _ in range(random.randint(1, 3)):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _set(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(octets or b"\0")
    changed[random.randrange(len(changed))] = random.choice(EDGES)
    return bytes(changed)


def _insert(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    more = random.choice((random.randbytes(random.randint(1, 16)), *NOT_UTF8, b"\0" * 64, b"A" * 5000))
    return _put(octets, random, more)


def _delete(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start = random.randint(0, len(octets))
    return octets[:start] + octets[start + random.randint(1, 8) :]


def _cut(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    return octets[: random.randint(0, len(octets))]


def _splice(octets: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    return octets[: random.randint(0, len(octets))] + other[random.randint(0, len(other)) :]


def _repeat(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    return octets * random.choice((2, 3, 50))


def _wrong_type(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Inserts a field with a random wire type and value."""
    key = random.randint(1, 10) << 3 | random.choice((0, 1, 2, 3, 4, 5, 6, NEVER_A_TYPE))
    return _put(octets, random, varint(key) + random.randbytes(random.randint(0, 9)))


def _huge_length(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    key = varint(random.randint(1, 10) << 3 | LENGTH_DELIMITED)
    return octets + key + varint(random.choice(HUGE_LENGTHS)) + b"x"


def _long_varint(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    return _put(octets, random, varint(random.randint(1, 10) << 3) + b"\xff" * random.randint(9, 30))


def _odd_field(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Appends a field with an unknown or invalid number."""
    number = random.choice((0, 999, 19_000, FIELD_MAX, FIELD_MAX + 1, 2**35))
    return octets + varint(number << 3) + b"\1"


def _text(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Appends a text field, usually with an invalid value."""
    text = random.choice((*NOT_UTF8, b"", b"\0", b"-1", b"1e9", b"NaN", b"\xd9\xa1", b"9" * 400, b"' OR 1=1", b"../.."))
    return octets + varint(random.randint(1, 10) << 3 | LENGTH_DELIMITED) + varint(len(text)) + text


def _nested(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    depth = random.choice((10, 99, 101, 5000))
    begin, end = (varint(999 << 3 | kind) for kind in (START_GROUP, END_GROUP))
    return octets + begin * depth + end * (depth - random.randint(0, 1))


def _put(octets: bytes, random: Random, more: bytes) -> bytes:
    at = random.randint(0, len(octets))
    return octets[:at] + more + octets[at:]


MUTATIONS: tuple[Callable[[bytes, Random, Sequence[bytes]], bytes], ...] = (
    _flip, _set, _insert, _delete, _cut, _splice, _repeat, _wrong_type, _huge_length, _long_varint, _odd_field, _text,
    _nested,
)  # fmt: skip
