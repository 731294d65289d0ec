"""The static files that the edge serves: the OpenAPI document, and the page that shows it (Swagger UI)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edge_config.paths import DOCS_FILES, SWAGGER_UI, SWAGGER_UI_FETCHED

PAGE = "docs.html.j2"  # in envoy/templates

# Scripts and calls only of the edge itself. Swagger UI has images in its styles, and styles in its elements.
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# Paths that lead to the page.
REDIRECTS = {"/": "/docs", "/docs/": "/docs"}
_REVALIDATE = "no-cache"
_IMMUTABLE = "public, max-age=31536000, immutable"  # for paths that contain the version


@dataclass(frozen=True)
class StaticFile:
    """A path of the edge, and the fixed response to it."""

    path: str
    content_type: str
    cache_control: str
    source: str  # Envoy's DataSource, in JSON
    size: int  # in bytes
    is_compressed_here: bool = True  # by Envoy; else it is served as it is
    encoding: str = ""  # in which the source is compressed already; then only for clients that accept it
    rate_class: str = "DOCS"
    security_headers: Mapping[str, str] = field(default_factory=lambda: SECURITY_HEADERS)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the response, without those that depend on TLS."""
        headers = {"content-type": self.content_type, "cache-control": self.cache_control, **self.security_headers}
        if not self.is_compressed_here:
            headers["vary"] = "accept-encoding"
        if self.encoding:
            headers["content-encoding"] = self.encoding
        return headers


def find_swagger_ui(folder: Path) -> Path:
    """Returns the folder of Swagger UI, whose name is the version: the given one, or the newest version in it."""
    if folder == SWAGGER_UI and not folder.exists():
        folder = SWAGGER_UI_FETCHED
    versions = folder.glob("*/swagger-ui.css")
    return max((file.parent for file in versions), key=_version_number, default=folder)


def _version_number(folder: Path) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", folder.name)]


def collect(page: str, swagger_ui: Path, openapi: Path) -> list[StaticFile]:
    """Returns all static files. Each has a route of its own, so no path can lead to any other file.

    Raises ValueError when a file is missing.
    """
    script, style = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
    assets = f"/docs/{swagger_ui.name}"
    return [
        StaticFile(
            "/docs",
            "text/html; charset=utf-8",
            _REVALIDATE,
            json.dumps({"inline_string": page}),
            len(page.encode()),
        ),
        _file("/docs/docs.js", script, _REVALIDATE, DOCS_FILES / "docs.js"),
        _file("/docs/docs.css", style, _REVALIDATE, DOCS_FILES / "docs.css"),
        _file(f"{assets}/swagger-ui-bundle.js", script, _IMMUTABLE, swagger_ui / "swagger-ui-bundle.js"),
        _file(f"{assets}/swagger-ui.css", style, _IMMUTABLE, swagger_ui / "swagger-ui.css"),
        _file(f"{assets}/favicon-32x32.png", "image/png", _IMMUTABLE, swagger_ui / "favicon-32x32.png"),
        _file("/openapi.json", "application/json", _REVALIDATE, openapi),
    ]


def _file(path: str, content_type: str, cache_control: str, file: Path) -> StaticFile:
    if not file.is_file():
        raise ValueError(
            f"{file} does not exist; `python -m local fetch` downloads Swagger UI, `make gen` writes openapi.json"
        )
    return StaticFile(path, content_type, cache_control, json.dumps({"filename": str(file)}), file.stat().st_size)
