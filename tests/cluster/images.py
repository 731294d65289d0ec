"""The images of the cluster: those of the system, and stand-ins for DynamoDB Local and Valkey from local files.

buildah builds them without a registry; containerd imports them, each when it has changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from containers import base
from containers.tools import MissingError
from local.paths import ROOT
from tests.compose import stand_ins

from . import node
from .errors import ClusterError
from .paths import IMAGES, RUN
from .shell import attempt, run

_TOOL = "buildah"
# pip needs the registry of packages, and the certificates with which this machine reaches it.
_BUILD_OPTIONS = ("--isolation", "chroot", "--network", "host", "--volume", "/etc/ssl/certs:/etc/ssl/certs:ro")
SERVICES, EDGE = (f"localhost/{name}:dev" for name in ("cnop-services", "cnop-edge"))
DYNAMODB, VALKEY = stand_ins.DYNAMODB, stand_ins.VALKEY


def provide(say: Callable[[str], None]) -> None:
    """Builds the images and imports those that are new. Raises ClusterError if one cannot be built."""
    if not attempt(_TOOL, "version"):
        raise ClusterError("buildah is missing (Debian: apt-get install buildah)")
    IMAGES.mkdir(parents=True, exist_ok=True)
    base_image = _base()
    say(f"images of the system, on {base_image} (some minutes the first time)")
    run(
        *(sys.executable, "-m", "containers.images", "--tool", _TOOL, "--base", base_image, "--", *_BUILD_OPTIONS),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        seconds_max=1800.0,
    )
    _build_stand_ins(say, base_image)
    for image in (SERVICES, EDGE, DYNAMODB, VALKEY):
        _import(say, image)


def _base() -> str:
    """Returns the base image: BASE, or one from packages of Debian, which is made once."""
    if given := os.environ.get("BASE"):
        return given
    image = f"localhost/{base.NAME}"
    if not _exists(image):
        try:
            base.make(_TOOL)
        except MissingError as error:
            raise ClusterError(f"{error}; or name an image: BASE=...") from None
        except subprocess.CalledProcessError as error:
            raise ClusterError(f"{image} could not be made, see above ({error.cmd[0]} failed)") from None
    return image


def _build_stand_ins(say: Callable[[str], None], base_image: str) -> None:
    missing = [image for image in (DYNAMODB, VALKEY) if not _exists(image)]
    if missing:
        say(f"{', '.join(missing)}: building")
        stand_ins.build(_TOOL, base_image, _BUILD_OPTIONS, missing)


def _exists(image: str) -> bool:
    return attempt(_TOOL, "inspect", "--type", "image", image)


def _import(say: Callable[[str], None], image: str) -> None:
    """Imports an image into containerd, unless it has this very one."""
    digest = run(_TOOL, "images", "--no-trunc", "--quiet", image).strip()
    mark = RUN / f"{image.rpartition('/')[2].replace(':', '-')}.imported"
    if mark.exists() and mark.read_text() == digest:
        return
    say(f"{image}: importing")
    archive = IMAGES / "image.tar"
    archive.unlink(missing_ok=True)
    run(_TOOL, "push", "--quiet", image, f"oci-archive:{archive}:{image}")
    node.ctr("images", "import", archive)
    archive.unlink()
    mark.write_text(digest)
