"""Where the contracts and what is generated from them are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
GEN = ROOT / "gen"
DESCRIPTORS = GEN / "descriptors" / "cnop.binpb"
OPENAPI = GEN / "openapi" / "cnop.json"
