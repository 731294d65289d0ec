"""A small build of a page, as `npm run build` and envoy/compress.mjs write one."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from edge_config.paths import ENVOY

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")
BIG = "/assets/index-Bq3kD9x1.js"
STYLE = "/assets/index-C0ffee11.css"
FILES: Mapping[str, bytes] = {
    "/index.html": b'<!doctype html><title>page</title><script type="module" src="/assets/index-Bq3kD9x1.js"></script>'
    * 9,
    BIG: b"console.log('a large script');\n" * 20_000,  # above Envoy's default for the body of a direct response
    STYLE: b"body { color: teal }\n" * 200,
    "/favicon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1z"/></svg>' * 20,
    "/icon.png": PIXEL,
    "/manifest.webmanifest": b'{"name":"page","icons":[{"src":"/icon.png"}]}' * 10,
}


def write(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Writes a build, with compressed copies, and returns its folder."""
    for path, content in files.items():
        file = folder / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    subprocess.run(["node", str(ENVOY / "compress.mjs"), str(folder)], check=True)
    return folder


def copy(build: Path, path: str, encoding: str | None) -> bytes:
    """Returns the copy of a file in an encoding."""
    suffix = {"br": ".br", "gzip": ".gz", None: ""}[encoding]
    return (build / f"{path[1:]}{suffix}").read_bytes()
