"""Text as it is compared: what looks alike must be alike, whichever keyboard it was typed on."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """Returns the text in the normal form NFKC (UAX #15): composed accents, plain letters for full-width ones."""
    return unicodedata.normalize("NFKC", text)


def folded(text: str) -> str:
    """Returns the text in the normal form and without case, for a comparison that ignores both."""
    return normal(normal(text).casefold())
