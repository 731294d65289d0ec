"""Checks that the load generators are installed: python -m bench.tools. Needs no package, so it can run first."""

from __future__ import annotations

import shutil
import sys

# Programs of the benchmark, and the Debian package of each.
TOOLS = {"wrk": "wrk", "h2load": "nghttp2-client"}


def check() -> None:
    """Exits with one sentence when a tool is missing."""
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing:
        packages = " ".join(TOOLS[name] for name in missing)
        sys.exit(
            f"the benchmark needs {' and '.join(missing)}, not installed here (Debian: apt-get install {packages})"
        )


if __name__ == "__main__":
    check()
