"""Lines of the ledger: which effect each entry of an account records, in a form that is short and cheap to extend."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import NamedTuple

CHAPTER_SIZE = 32  # lines; the account's item has room for so many within 1 KiB


class Kind(StrEnum):
    """The kinds of changes of an account."""

    DEPOSIT = "DEPOSIT"
    WITHDRAWAL = "WITHDRAWAL"
    ORDER_PAYMENT = "ORDER_PAYMENT"
    ORDER_SALE = "ORDER_SALE"


class Line(NamedTuple):
    """The effect that an entry records, and its kind."""

    effect_id: str
    kind: Kind


_LETTERS = {Kind.DEPOSIT: b"D", Kind.WITHDRAWAL: b"W", Kind.ORDER_PAYMENT: b"P", Kind.ORDER_SALE: b"S"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_LINE_BYTES = 17


def with_line(lines: bytes, line: Line) -> bytes:
    """Returns packed lines with one more; after a full chapter, that one alone."""
    before = b"" if is_full(lines) else lines
    return before + uuid.UUID(line.effect_id).bytes + _LETTERS[line.kind]


def is_full(lines: bytes) -> bool:
    """Whether packed lines are a full chapter."""
    return len(lines) == CHAPTER_SIZE * _LINE_BYTES


def unpacked(lines: bytes) -> list[Line]:
    """Returns packed lines one by one."""
    rows = (lines[start : start + _LINE_BYTES] for start in range(0, len(lines), _LINE_BYTES))
    return [Line(str(uuid.UUID(bytes=row[:-1])), _KINDS[row[-1:]]) for row in rows]
