"""The simulated market: the paths of all assets, from one secret seed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from services.inventory.market.simulation.climate import Climate
from services.inventory.market.simulation.courses import Course
from services.inventory.market.simulation.paths import Path
from services.inventory.market.simulation.profiles import Profile, profile_of

_SEED_BYTES_MIN = 32
_PATHS_MAX = 1024
_COURSES_MAX = 4096


class SimulatedMarket:
    """A pure function of the seed: every process with the same seed sees the same market."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) < _SEED_BYTES_MIN:
            raise ValueError(f"the seed must have at least {_SEED_BYTES_MIN} bytes")
        self._seed = seed
        self._climate = lru_cache(maxsize=_PATHS_MAX)(self._climate_of)
        self._path = lru_cache(maxsize=_PATHS_MAX)(self._path_of)
        self.course = lru_cache(maxsize=_COURSES_MAX)(self._course_of)

    def _course_of(self, asset_id: str, category: str, anchor: Decimal, anchored_at: datetime) -> Course:
        return Course(self._path(asset_id, category), anchor, anchored_at)

    def _path_of(self, asset_id: str, category: str) -> Path:
        profile = profile_of(asset_id, category)
        return Path(self._seed, asset_id, profile, self._climate(category, profile))

    def _climate_of(self, category: str, profile: Profile) -> Climate:
        return Climate(self._seed, category, profile)
