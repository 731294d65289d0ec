"""Installs the code generators that pip cannot: npm and Go install the versions that codegen/ locks.

They are cached in .cache/plugins, in a folder named after a digest of the lock files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from codegen.errors import CodegenError
from codegen.paths import CACHE, ROOT

LOCKS = ROOT / "codegen"
NPM_CI = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
SECONDS_MAX = 300

MISSING = {
    "npm": "npm is missing: install Node.js 20 or newer, which brings it",
    "go": "Go is missing: install Go 1.26 or newer, and have `go` on the PATH",
    "mvn": "Maven is missing: install Maven 3.8 and a JDK 17 or newer (Debian: maven, openjdk-17-jdk-headless)",
}


def folder_of(language: str) -> Path | None:
    """Returns the folder with the generators of a language, installing them if needed; None if pip installed them.

    Raises CodegenError if they cannot be installed.
    """
    if language not in _INSTALLERS:
        return None
    locks = LOCKS / language
    digest = hashlib.sha256()
    for path in sorted(locks.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    folder = CACHE / "plugins" / f"{language}-{digest.hexdigest()[:16]}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Installed beside the folder and then renamed, so that an interrupted run leaves nothing incomplete.
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".bring-") as temporary:
            _INSTALLERS[language](locks, Path(temporary))
            if not folder.exists():  # a concurrent run was faster
                (Path(temporary) / "bin").rename(folder)
    return folder


def run(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs a tool in a folder. Raises CodegenError with its output if it is missing or fails."""
    if shutil.which(command[0]) is None:
        raise CodegenError(MISSING[command[0]])
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=SECONDS_MAX, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CodegenError(f"{' '.join(command)}: no end after {SECONDS_MAX} s") from None
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise CodegenError("\n".join([f"{' '.join(command)} failed:", *said[-20:]]))


def _typescript(locks: Path, folder: Path) -> None:
    tree = folder / "bin"
    shutil.copytree(locks, tree)
    run(NPM_CI, tree)
    for program in (tree / "node_modules" / ".bin").iterdir():
        (tree / program.name).symlink_to(program.relative_to(tree))


def _go(locks: Path, folder: Path) -> None:
    # Use the installed Go; do not download another toolchain.
    run(["go", "install", "tool"], locks, {"GOBIN": str(folder / "bin"), "GOTOOLCHAIN": "local", "GOFLAGS": ""})


_INSTALLERS: Mapping[str, Callable[[Path, Path], None]] = {"typescript": _typescript, "go": _go}
