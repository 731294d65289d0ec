"""The sizes of a build of the page, as the edge sends them: gzip and br."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIRST_GZIP_MAX, FIRST_BR_MAX = 150_000, 130_000
LAZY_GZIP_MAX = 60_000  # of a route, or of the chart: what is loaded when it is opened first


@dataclass(frozen=True)
class Size:
    """The bytes of a set of files."""

    name: str
    files: frozenset[str]
    gzip: int
    br: int


def first_load(build: Path) -> Size:
    """Returns what every page needs: the page itself, its scripts and its styles."""
    chunks = _chunks(build)
    entries = [name for name, chunk in chunks.items() if chunk.get("isEntry")]
    return _size(build, "first load", frozenset().union(["index.html"], *(_files(chunks, name) for name in entries)))


def lazy_loads(build: Path) -> list[Size]:
    """Returns what each part needs besides that is loaded only when it is opened; the largest first."""
    chunks, first = _chunks(build), first_load(build).files
    lazy = {name for chunk in chunks.values() for name in chunk.get("dynamicImports", ())}
    sizes = [_size(build, name.rpartition("/")[2], _files(chunks, name) - first) for name in lazy]
    return sorted(sizes, key=lambda size: size.gzip, reverse=True)


def _chunks(build: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((build / ".vite" / "manifest.json").read_text())
    return found


def _files(chunks: dict[str, dict[str, Any]], name: str) -> frozenset[str]:
    """Returns the files of a chunk, and of those that it imports at once."""
    seen: dict[str, None] = {}
    waiting = [name]
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen[one] = None
            waiting += chunks[one].get("imports", ())
    return frozenset(file for one in seen for file in _own(chunks[one]))


def _own(chunk: dict[str, Any]) -> Iterator[str]:
    yield chunk["file"]
    yield from chunk.get("css", ())


def _size(build: Path, name: str, files: frozenset[str]) -> Size:
    return Size(
        name, files, sum(_sent(build, file, ".gz") for file in files), sum(_sent(build, file, ".br") for file in files)
    )


def _sent(build: Path, file: str, suffix: str) -> int:
    copy = build / f"{file}{suffix}"
    return (copy if copy.exists() else build / file).stat().st_size
