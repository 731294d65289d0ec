"""Where the files are that the edge's configuration is made from."""

from __future__ import annotations

from pathlib import Path

ENVOY = Path(__file__).resolve().parent.parent
TEMPLATES = ENVOY / "templates"
LIMITS = ENVOY / "limits.toml"
DESCRIPTORS = ENVOY.parent / "gen" / "descriptors" / "cnop.binpb"
OPENAPI = ENVOY.parent / "gen" / "openapi" / "cnop.json"
