"""Builds the web client, once for each state of its sources: `python -m local.page`.

A build is a folder in .cache/web, named by the hash of all that it is made from. Prints the folder, and on standard
error what it does. It needs nothing but the standard library, as images are built without the virtual environment.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from local.paths import CACHE, ROOT

# web/, and what it shares with the clients. containers/edge.Containerfile copies the same.
SOURCES = ("web", "clients/ts/src/core", "gen/methods.json")
COMPRESS = ROOT / "envoy" / "compress.mjs"
BUILDS = CACHE / "web"
STAMP = ".build"  # the file that names the build
KEPT = 3  # builds: who goes back to an earlier state does not wait again

# What no build depends on.
_UNUSED = ("node_modules", "dist", "coverage", "*.test.ts", "*.test.tsx", "*.md", ".*")
_NODE, _VERSION = (20, 19), ("node", "--version")
# Without what only tests and checks need.
_INSTALL = ("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
            "--prefer-offline")  # fmt: skip
_NODE_IS_MISSING = "install Node.js 20.19 or newer, which includes npm"
_LINE_SECONDS = 5.0  # between lines of progress
_TAIL_LINES = 12


class BuildError(Exception):
    """There is no build, and the text says why."""


def exists() -> bool:
    """Whether this source tree has the web client."""
    return (ROOT / "web" / "package-lock.json").is_file()


def expected() -> Path:
    """Returns where the build of the sources as they are now is, once it exists."""
    digest = hashlib.sha256()
    for source in SOURCES:
        for file in _files(ROOT / source):
            digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    digest.update(COMPRESS.read_bytes())
    return BUILDS / digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for entry in sorted(path.iterdir()):
        if not any(entry.match(pattern) for pattern in _UNUSED):
            yield from _files(entry)


def build() -> Path:
    """Returns the build of the sources as they are now, and makes it if it is not there. Raises BuildError."""
    if not exists():
        raise BuildError(f"{ROOT / 'web'} is no web client")
    BUILDS.mkdir(parents=True, exist_ok=True)
    with _locked(BUILDS / ".lock"):
        folder = expected()
        if not folder.exists():
            _check_node()
            _build(folder)
        os.utime(folder)
        _remove_old()
    return folder


def serve(build: Path, folder: Path) -> None:
    """Copies a build to folder/current, from where the edge serves it. The one that was there is now folder/before."""
    os.utime(build)  # it is in use
    current, before, new = (folder / name for name in ("current", "before", ".new"))
    if current.exists() and (current / STAMP).read_text() == build.name:
        return
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(build, new)
    if current.exists():
        shutil.rmtree(before, ignore_errors=True)
        current.rename(before)
    new.rename(current)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds a lock, so that of several processes one builds and the others wait. It ends with the process."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _check_node() -> None:
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise BuildError(f"npm is missing: {_NODE_IS_MISSING}")
    said = subprocess.run(_VERSION, capture_output=True, text=True, check=False).stdout.strip()
    try:
        major, minor, _ = (int(part) for part in said.removeprefix("v").split("."))
    except ValueError:
        raise BuildError(f"node does not work: {_NODE_IS_MISSING}") from None
    if (major, minor) < _NODE:
        raise BuildError(f"Node.js {said} is too old: {_NODE_IS_MISSING}")


def _build(folder: Path) -> None:
    """Builds in a copy of the sources, so that a developer's own node_modules stay as they are."""
    web = BUILDS / "tree" / "web"
    _copy_sources(BUILDS / "tree")
    _install(web)
    _run("building", ("npm", "run", "build"), web)
    _run("compressing", ("node", str(COMPRESS), str(web / "dist")), web)
    (web / "dist" / STAMP).write_text(folder.name)
    (web / "dist").rename(folder)


def _copy_sources(tree: Path) -> None:
    """Makes the copy anew; the packages that are installed in it stay."""
    packages, kept = tree / "web" / "node_modules", BUILDS / "node_modules"
    if packages.exists():
        packages.rename(kept)
    shutil.rmtree(tree, ignore_errors=True)
    for source in SOURCES:
        for file in _files(ROOT / source):
            copy = tree / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    if kept.exists():
        kept.rename(packages)


def _install(tree: Path) -> None:
    """Installs the locked packages, unless they are there from a build before."""
    lock, stamp = (tree / "package-lock.json").read_bytes(), tree / "node_modules" / ".lock"
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    _run("installing its packages from npm, once", _INSTALL, tree)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_bytes(lock)


def _run(what: str, command: tuple[str, ...], folder: Path) -> None:
    """Runs a command and tells how long it takes. Raises BuildError with the end of its output if it fails."""
    begin = shown = time.monotonic()
    _tell(what)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            while process.poll() is None:
                time.sleep(0.05)
                if time.monotonic() - shown > _LINE_SECONDS:
                    shown = time.monotonic()
                    _tell(f"{what}, {shown - begin:.0f} s")
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        said = [line.rstrip() for line in output if line.strip()]
    if process.returncode != 0:
        raise BuildError("\n".join([f"{' '.join(command[:3])} failed. It said:", *said[-_TAIL_LINES:]]))
    _tell(f"{what}: done after {time.monotonic() - begin:.1f} s")


def _remove_old() -> None:
    builds = sorted((folder for folder in BUILDS.iterdir() if (folder / STAMP).exists()), key=_mtime, reverse=True)
    for folder in builds[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def _mtime(folder: Path) -> float:
    return folder.stat().st_mtime


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it has started ends with it
    try:
        print(build())
    except BuildError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
