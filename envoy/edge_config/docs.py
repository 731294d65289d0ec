"""What the edge serves itself: the document of the REST face, and a page that shows it and lets one try it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from edge_config.paths import ENVOY

FILES = ENVOY / "docs"
PAGE = "docs.html.j2"  # a template beside that of the edge

# Scripts and calls are the edge's own alone. Swagger UI has pictures in its styles, and styles in its elements.
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_FRESH = "no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"  # the path names the version


@dataclass(frozen=True)
class Served:
    """One path of the edge, and what it answers."""

    path: str
    content_type: str
    cache_control: str
    source: str  # an entry of Envoy's DataSource, in JSON
    size: int

    @property
    def headers(self) -> dict[str, str]:
        return {"content-type": self.content_type, "cache-control": self.cache_control, **SECURITY_HEADERS}


def version(swagger_ui: Path) -> str:
    """The version of Swagger UI, which names the folder that it was fetched into."""
    return swagger_ui.name


def served(page: str, swagger_ui: Path, openapi: Path) -> list[Served]:
    """Everything there is: each path is one file, so that no path leads anywhere else.

    Raises ValueError when a file is missing.
    """
    script, style = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
    here = f"/docs/{version(swagger_ui)}"
    return [
        Served(
            "/docs",
            "text/html; charset=utf-8",
            _FRESH,
            json.dumps({"inline_string": page}),
            len(page.encode()),
        ),
        _file("/docs/docs.js", script, _FRESH, FILES / "docs.js"),
        _file("/docs/docs.css", style, _FRESH, FILES / "docs.css"),
        _file(f"{here}/swagger-ui-bundle.js", script, _FOR_EVER, swagger_ui / "swagger-ui-bundle.js"),
        _file(f"{here}/swagger-ui.css", style, _FOR_EVER, swagger_ui / "swagger-ui.css"),
        _file(f"{here}/favicon-32x32.png", "image/png", _FOR_EVER, swagger_ui / "favicon-32x32.png"),
        _file("/openapi.json", "application/json", _FRESH, openapi),
    ]


def _file(path: str, content_type: str, cache_control: str, file: Path) -> Served:
    if not file.is_file():
        raise ValueError(f"{file} is missing: python -m local fetch brings Swagger UI, make gen the document")
    return Served(path, content_type, cache_control, json.dumps({"filename": str(file)}), file.stat().st_size)
