"""Paths of this repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
DATA = ROOT / ".data"
LIMITS = ROOT / "envoy" / "limits.toml"
LIMITS_FOR_LOAD = ROOT / "envoy" / "limits-for-load.toml"
