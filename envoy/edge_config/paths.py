"""The files from which the edge's configuration is made: in the repository, and at the same places in an image."""

from __future__ import annotations

from pathlib import Path

ENVOY = Path(__file__).resolve().parent.parent
ROOT = ENVOY.parent
TEMPLATES = ENVOY / "templates"
REST_INPUT = (ENVOY / "rest_values.lua", ENVOY / "rest_input.lua")
HEAD = ENVOY / "head.lua"
GRPC_MESSAGE = ENVOY / "grpc_message.lua"
REFUSALS = ENVOY / "refusals.lua"
DOCS_FILES = ENVOY / "docs"
LIMITS = ENVOY / "limits.toml"
DESCRIPTORS = ROOT / "gen" / "descriptors" / "cnop.binpb"
OPENAPI = ROOT / "gen" / "openapi" / "cnop.json"
# Folders of Swagger UI, one a version: in an image, and where `python -m local fetch` keeps them.
SWAGGER_UI = ROOT / "swagger-ui"
SWAGGER_UI_FETCHED = ROOT / ".cache" / "swagger-ui"
# The build of the web client and the one before it, in an image.
PAGE = ROOT / "page"
PAGE_BEFORE = ROOT / "page-before"
