"""The files from which the edge's configuration is made."""

from __future__ import annotations

from pathlib import Path

ENVOY = Path(__file__).resolve().parent.parent
TEMPLATES = ENVOY / "templates"
REST_INPUT = (ENVOY / "rest_values.lua", ENVOY / "rest_input.lua")
HEAD = ENVOY / "head.lua"
GRPC_MESSAGE = ENVOY / "grpc_message.lua"
REFUSALS = ENVOY / "refusals.lua"
DOCS_FILES = ENVOY / "docs"
LIMITS = ENVOY / "limits.toml"
DESCRIPTORS = ENVOY.parent / "gen" / "descriptors" / "cnop.binpb"
OPENAPI = ENVOY.parent / "gen" / "openapi" / "cnop.json"
