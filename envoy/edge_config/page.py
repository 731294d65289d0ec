"""The web client: the files of a build of web/, each in the encodings in which it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from edge_config.static_files import StaticFile

INDEX = "index.html"
ASSETS = "assets"  # the folder of the files whose names contain the hash of what is in them

RATE_CLASS = "WEB"
# Everything comes from the edge itself, styles and scripts from files of the build only.
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# What a path of the page never begins with: the first segments of other paths of the edge, and those with a dot
# (/openapi.json, /.well-known, the gRPC paths, files that do not exist). An unknown asset is not found, either.
NO_PAGE = r"/(api|docs|health)([/?].*)?|/assets/.*|/[^/?]*\..*"

_PATH = re.compile(r"[A-Za-z0-9._/-]+")  # needs no escaping anywhere
_COPIES = {"br": ".br", "gzip": ".gz", "": ""}  # the best encoding first
_REVALIDATE, _AN_HOUR = "no-cache", "public, max-age=3600"
_IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def collect(build: Path, before: Path) -> list[StaticFile]:
    """Returns the files of a build, and the assets of the build before it, for the tabs that are still open.

    The page itself comes first, with the path "/". Raises ValueError if the folder is no build of the page.
    """
    if not (build / INDEX).is_file():
        raise ValueError(f"{build} has no {INDEX}; it must be a folder that `npm run build` has written in web/")
    files = {"/": build / INDEX, **_found(before, ASSETS), **_found(build)}
    del files[f"/{INDEX}"]  # only as "/"
    return [copy for path, file in files.items() for copy in _copies(path, file)]


def _found(folder: Path, inside: str = "") -> dict[str, Path]:
    """Returns the files in a folder by the path of each, without compressed copies and hidden files."""
    found = {f"/{file.relative_to(folder)}": file for file in sorted((folder / inside).rglob("*")) if file.is_file()}
    return {path: file for path, file in found.items() if file.suffix not in _COPIES.values() and "/." not in path}


def _copies(path: str, file: Path) -> Iterator[StaticFile]:
    """Returns the file in each encoding in which it exists."""
    kind = _TYPES.get(file.suffix)
    if kind is None or not _PATH.fullmatch(path) or re.fullmatch(r"/(api|docs|health)(/.*)?|/openapi\.json", path):
        raise ValueError(f"{file} cannot be part of the page: {path} is a path of its own, or of an unknown type")
    for encoding, suffix in _COPIES.items():
        copy = file.with_name(file.name + suffix)
        if copy.is_file():
            yield StaticFile(
                path, kind, _caching(path), json.dumps({"filename": str(copy)}), copy.stat().st_size,
                is_compressed_here=False, encoding=encoding, rate_class=RATE_CLASS, security_headers=SECURITY_HEADERS,
            )  # fmt: skip


def _caching(path: str) -> str:
    if path == "/":
        return _REVALIDATE
    return _IMMUTABLE if path.startswith(f"/{ASSETS}/") else _AN_HOUR
