"""Builds the package of each language in gen/: `python -m codegen.packages` (make gen-check).

Builds a copy, so that gen/ stays clean. The build of Java generates its code from proto/, which is copied too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from codegen.errors import CodegenError
from codegen.paths import ROOT
from codegen.plugins import NPM_CI, run

BUILDS: Mapping[str, list[list[str]]] = {
    "python": [[sys.executable, "-m", "hatchling", "build", "-t", "wheel"]],
    "ts": [NPM_CI, ["npm", "run", "check"], ["npm", "pack", "--dry-run"]],
    "go": [["go", "vet", "-mod=readonly", "./..."]],
    "java": [["mvn", "--batch-mode", "--quiet", "package"]],
}

BUILT = shutil.ignore_patterns("__pycache__", "node_modules", "target")  # left over from builds in gen/ itself


def build(name: str) -> None:
    """Builds the package of a language. Raises CodegenError if the build fails or a tool is missing."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "gen" / name
        shutil.copytree(ROOT / "gen" / name, package, ignore=BUILT)
        shutil.copytree(ROOT / "proto", Path(folder) / "proto")
        for command in BUILDS[name]:
            run(command, package, {"GOTOOLCHAIN": "local", "GOFLAGS": ""})


def main() -> None:
    try:
        for name in BUILDS:
            build(name)
            print(f"gen/{name} builds", flush=True)
    except CodegenError as error:
        sys.exit(f"gen/{name} does not build: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
