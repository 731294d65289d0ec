"""How strongly the price of an asset moves, and what it moves with."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Profile:
    """The standard deviation of a day's change, and what it consists of.

    The parts belong to the whole market, to the category and to the asset alone; their squares sum to 1. The price is
    drawn back to the anchor within about half of `period_days`.
    """

    daily: float
    market: float = 0.65
    category: float = 0.35
    period_days: int = 128

    @property
    def own(self) -> float:
        """The part of the asset alone."""
        return sqrt(1 - self.market * self.market - self.category * self.category)


_CATEGORIES = {
    "layer-1": Profile(0.032, market=0.75),
    "layer-2": Profile(0.038),
    "payments": Profile(0.034),
    "exchange": Profile(0.022),
    "defi": Profile(0.042),
    "infrastructure": Profile(0.038),
    "real-world-assets": Profile(0.036),
    "storage": Profile(0.038),
    "privacy": Profile(0.036),
    "ai": Profile(0.048),
    "gaming": Profile(0.046),
    "meme": Profile(0.060, market=0.55, category=0.50),
    "stablecoin": Profile(0.00011, market=0.0, category=0.30, period_days=2),
}
_OTHER = Profile(0.045)

# Assets that are calmer than their category.
_ASSETS = {
    "BTC": Profile(0.021, market=0.90, category=0.20),
    "ETH": Profile(0.028, market=0.85, category=0.25),
    "PAXG": Profile(0.009, market=0.0, category=0.10),
    "XAUT": Profile(0.009, market=0.0, category=0.10),
}


def profile_of(asset_id: str, category: str) -> Profile:
    """Returns the profile of an asset."""
    return _ASSETS.get(asset_id) or _CATEGORIES.get(category, _OTHER)
