"""The same text as other keyboards type it."""

from __future__ import annotations

import unicodedata

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def full_width(text: str) -> str:
    """Returns ASCII text in full-width letters, as a Japanese keyboard may type it."""
    return text.translate(_FULL_WIDTH)


def decomposed(text: str) -> str:
    """Returns text with its accents as letters of their own (NFD)."""
    return unicodedata.normalize("NFD", text)
