"""The images of the cluster: those of the system, and stand-ins for DynamoDB Local and Valkey from local files.

buildah builds them without a registry; containerd imports them, each when it has changed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local import binaries, fetch
from local.paths import ROOT

from . import node
from .errors import ClusterError
from .paths import IMAGES, RUN
from .shell import attempt, run

_CONTAINERS = Path(__file__).resolve().parent / "containers"
_SUITE = "bookworm"
_DEBIAN_BASE = f"localhost/cnop-base:{_SUITE}"
_BASE_PACKAGES = ("base-files", "python3", "python3-venv", "netbase", "tzdata", "libstdc++6", "ca-certificates", "sed")
# pip needs the registry of packages, and the certificates with which this machine reaches it.
_BUILD_OPTIONS = ("--isolation", "chroot", "--network", "host", "--volume", "/etc/ssl/certs:/etc/ssl/certs:ro")
_SYSTEM = ("cnop-services", "cnop-edge")
SERVICES, EDGE, DYNAMODB, VALKEY = (
    f"localhost/{name}:dev" for name in (*_SYSTEM, "cnop-dynamodb-local", "cnop-valkey")
)


def provide(say: Callable[[str], None]) -> None:
    """Builds the images and imports those that are new. Raises ClusterError if one cannot be built."""
    if shutil.which("buildah") is None:
        raise ClusterError("buildah is missing (Debian: apt-get install buildah)")
    IMAGES.mkdir(parents=True, exist_ok=True)
    base = _base(say)
    say(f"images of the system, on {base} (some minutes the first time)")
    run(
        *(sys.executable, "-m", "containers.images", "--tool", "buildah", "--base", base, "--", *_BUILD_OPTIONS),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        seconds_max=1800.0,
    )
    _build(say, base, DYNAMODB, "dynamodb", {"java": binaries.java().parent.parent, "emulator": fetch.DYNAMODB.folder})
    _build(say, base, VALKEY, "valkey", {"valkey-server": binaries.valkey()})
    for image in (SERVICES, EDGE, DYNAMODB, VALKEY):
        _import(say, image)


def _build(say: Callable[[str], None], base: str, image: str, name: str, files: Mapping[str, Path]) -> None:
    if attempt("buildah", "inspect", "--type", "image", image):
        return
    say(f"{image}: building")
    with _context(files) as folder:
        run(
            *("buildah", "bud", *_BUILD_OPTIONS, "--quiet", "--build-arg", f"BASE={base}"),
            *("--tag", image, "--file", _CONTAINERS / f"{name}.Containerfile", folder),
        )


def _base(say: Callable[[str], None]) -> str:
    """Returns the base image: BASE, or one from packages of Debian, which is made once."""
    if given := os.environ.get("BASE"):
        return given
    if not attempt("buildah", "inspect", "--type", "image", _DEBIAN_BASE):
        if shutil.which("mmdebstrap") is None:
            raise ClusterError("mmdebstrap is missing (Debian: apt-get install mmdebstrap); or name an image: BASE=...")
        say(f"{_DEBIAN_BASE}: from packages of Debian (a minute)")
        with tempfile.TemporaryDirectory(dir=IMAGES) as folder:
            link = 'ln -s python3 "$1/usr/bin/python"'
            run(
                *("mmdebstrap", "--variant=extract", f"--include={','.join(_BASE_PACKAGES)}"),
                *(f"--customize-hook={link}", _SUITE, Path(folder) / "base.tar"),
            )
            (Path(folder) / "Containerfile").write_text("FROM scratch\nADD base.tar /\n")
            run("buildah", "bud", "--isolation", "chroot", "--quiet", "--tag", _DEBIAN_BASE, folder)
    return _DEBIAN_BASE


@contextmanager
def _context(files: Mapping[str, Path]) -> Iterator[Path]:
    """Yields a folder with copies of files and folders, under other names."""
    with tempfile.TemporaryDirectory(dir=IMAGES) as folder:
        for name, path in files.items():
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, Path(folder) / name)
        yield Path(folder)


def _import(say: Callable[[str], None], image: str) -> None:
    """Imports an image into containerd, unless it has this very one."""
    digest = run("buildah", "images", "--no-trunc", "--quiet", image).strip()
    mark = RUN / f"{image.rpartition('/')[2].replace(':', '-')}.imported"
    if mark.exists() and mark.read_text() == digest:
        return
    say(f"{image}: importing")
    archive = IMAGES / "image.tar"
    archive.unlink(missing_ok=True)
    run("buildah", "push", "--quiet", image, f"oci-archive:{archive}:{image}")
    node.ctr("images", "import", archive)
    archive.unlink()
    mark.write_text(digest)
