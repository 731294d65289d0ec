"""Fetches what pip cannot install from npm: DynamoDB Local, in a package with Amazon's own build, and Swagger UI.

local/npm/package-lock.json locks both packages without their dependencies, which are not needed here. `npm ci` installs
exactly what the lock names and checks its hashes.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rich.console import Console

from local.errors import LocalError
from local.paths import CACHE, ROOT

LOCKS = ROOT / "local" / "npm"
NPM_CI = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
SIZE_MB = 60


@dataclass(frozen=True)
class Package:
    """A package of npm, and the folder of it that is used."""

    title: str
    name: str
    inside: str = "."
    cache: Path = CACHE

    @cached_property
    def version(self) -> str:
        packages = json.loads((LOCKS / "package-lock.json").read_text())["packages"]
        return str(packages[f"node_modules/{self.name}"]["version"])

    @property
    def folder(self) -> Path:
        """Where the files are once they have been fetched."""
        return self.cache / self.title.lower().replace(" ", "-") / self.version


DYNAMODB = Package("DynamoDB Local", "amplify-dynamodb-simulator", "emulator")
SWAGGER_UI = Package("Swagger UI", "swagger-ui-dist")
PACKAGES = (DYNAMODB, SWAGGER_UI)


def fetch(console: Console, packages: Sequence[Package] = PACKAGES) -> None:
    """Fetches the packages that are not in the cache yet. Raises LocalError when npm is missing or fails."""
    if all(package.folder.exists() for package in packages):
        return
    cache = packages[0].cache
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / ".fetch.lock", console):
        missing = [package for package in packages if not package.folder.exists()]
        if missing:
            _fetch(missing, cache, console)


@contextlib.contextmanager
def _locked(path: Path, console: Console) -> Iterator[None]:
    """Holds a lock, so that of several processes one fetches and the others wait. It ends with the process."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("waiting for another process that fetches from npm")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(packages: Sequence[Package], cache: Path, console: Console) -> None:
    """Installs beside the folders and renames at the end, so that an interrupted fetch leaves no partial folder."""
    begin = time.monotonic()
    for left in cache.glob(".fetch-*"):  # of a fetch that was killed
        shutil.rmtree(left, ignore_errors=True)
    titles = " and ".join(package.title for package in packages)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetch-") as temporary:
        tree = Path(temporary) / "npm"
        shutil.copytree(LOCKS, tree)
        _npm_ci(titles, tree, console)
        for package in packages:
            package.folder.parent.mkdir(parents=True, exist_ok=True)
            (tree / "node_modules" / package.name / package.inside).rename(package.folder)
    console.print(f"{titles}: fetched in {time.monotonic() - begin:.0f} s")


def _npm_ci(titles: str, tree: Path, console: Console) -> None:
    """Installs the locked packages into a folder. Raises LocalError with what npm said when it fails."""
    with (tree / "npm.log").open("w+") as log:
        try:
            npm = subprocess.Popen(NPM_CI, cwd=tree, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except FileNotFoundError:
            raise LocalError("npm is missing: install Node.js 18 or newer, which includes it") from None
        try:
            code = _wait(titles, npm, console)
        finally:
            npm.kill()
            npm.wait()
        log.seek(0)
        # Indented lines are the stack trace of npm itself.
        said = [line.rstrip() for line in log if line.strip() and "npm error  " not in line]
    if code != 0:
        raise LocalError("\n".join([f"npm could not fetch {titles}. It said:", *said[-8:]]))


def _wait(titles: str, npm: subprocess.Popen[bytes], console: Console) -> int:
    """Waits for npm and shows the time, because npm itself shows nothing. Returns its exit code."""
    what = f"{titles}: fetching about {SIZE_MB} MB from npm"
    begin = shown = time.monotonic()
    if not console.is_terminal:
        console.print(what)
    with console.status(what) as status:
        while (code := npm.poll()) is None:
            time.sleep(0.1)
            now = time.monotonic()
            status.update(f"{what}, {now - begin:.0f} s")
            if not console.is_terminal and now - shown > 10:
                shown = now
                console.print(f"{what}, {now - begin:.0f} s")
    return code
