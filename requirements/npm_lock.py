"""Locks local/npm/package.json, without the dependencies of its packages: python -m requirements.npm_lock (make lock).

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

LOCKS = Path(__file__).resolve().parent.parent / "local" / "npm"
NPM_LOCK = ("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
LOCK = "package-lock.json"


def trim(lock: dict[str, Any]) -> dict[str, Any]:
    """Returns a lock with the direct dependencies alone, as if these had none of their own."""
    packages = lock["packages"]
    direct = {f"node_modules/{name}": packages[f"node_modules/{name}"] for name in packages[""]["dependencies"]}
    kept = {
        path: {name: package[name] for name in ("version", "integrity", "license") if name in package}
        for path, package in direct.items()
    }
    return {**lock, "packages": {"": packages[""], **kept}}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", ".npmrc"):
            shutil.copy(LOCKS / name, folder)
        try:
            done = subprocess.run(
                NPM_LOCK, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
        except FileNotFoundError:
            sys.exit("npm is missing: install Node.js 18 or newer, which includes it")
        if done.returncode != 0:
            sys.exit(f"npm could not lock {LOCKS / 'package.json'}:\n{done.stdout}")
        lock = trim(json.loads((Path(folder) / LOCK).read_text()))
    (LOCKS / LOCK).write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
