"""Locks local/npm and tests/web, without what their packages depend on: python -m requirements.npm_lock (make lock).

npm writes the lock; what only dependencies need is removed from it. So `npm ci` installs the packages alone: this
project uses files of theirs and never runs their JavaScript.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "local" / "npm", ROOT / "tests" / "web")
NPM_LOCK = ("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
LOCK = "package-lock.json"


def trim(lock: dict[str, Any]) -> dict[str, Any]:
    """Returns a lock with the direct dependencies alone, as if these had none of their own."""
    packages = lock["packages"]
    names = [*packages[""]["dependencies"], *packages[""].get("optionalDependencies", ())]
    direct = {f"node_modules/{name}": packages[f"node_modules/{name}"] for name in names}
    kept = {
        path: {name: package[name] for name in ("version", "integrity", "license", "optional") if name in package}
        for path, package in direct.items()
    }
    return {**lock, "packages": {"": packages[""], **kept}}


def lock(source: Path) -> None:
    """Writes the lock of a folder with a package.json."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", ".npmrc"):
            shutil.copy(source / name, folder)
        try:
            done = subprocess.run(
                NPM_LOCK, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
        except FileNotFoundError:
            sys.exit("npm is missing: install Node.js 18 or newer, which includes it")
        if done.returncode != 0:
            sys.exit(f"npm could not lock {source / 'package.json'}:\n{done.stdout}")
        trimmed = trim(json.loads((Path(folder) / LOCK).read_text()))
    (source / LOCK).write_text(json.dumps(trimmed, indent=2) + "\n")


def main() -> None:
    for source in LOCKS:
        lock(source)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
