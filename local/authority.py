"""The certificates of the mesh on this machine: a folder for each part, and one for the authority that issues them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from services.bootstrap.authority import Authority
from services.bootstrap.certificates import PARTS, MeshCertificates
from services.bootstrap.files import Folder
from services.common.mesh.certificates import KEY
from services.common.mesh.identity import Mesh
from services.common.startup import StartupError

TRUST_DOMAIN, NAMESPACE = "cnop", "local"
LIFE = timedelta(days=7)

_MESH = Mesh(TRUST_DOMAIN, NAMESPACE)
_CHECK_SECONDS = 3600.0

spiffe_id, dns_name = _MESH.spiffe_id, _MESH.dns_name


def of(mesh: Path) -> Authority:
    """Returns the authority of a mesh folder. Creates it at the first time."""
    return Authority.of(_authority(mesh))


def exists(mesh: Path) -> bool:
    """Whether a mesh folder has an authority."""
    return (_authority(mesh).path / KEY).exists()


def ensure(mesh: Path) -> None:
    """Issues certificates to the parts that have none with their names and at least half its life left."""
    _certificates(mesh).ensure()


def rotate(mesh: Path) -> dict[str, datetime]:
    """Renews all certificates. Returns when they expire, by part."""
    return _certificates(mesh).rotate()


async def keep_fresh(mesh: Path, report: Callable[[str, str], None], seconds: float = _CHECK_SECONDS) -> None:
    """Renews certificates before they expire, until it is cancelled. Calls `report` with failures."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(ensure, mesh)
        except (OSError, ValueError, StartupError) as error:
            report("certificates", f"not renewed: {error}")


def _authority(mesh: Path) -> Folder:
    return Folder(mesh / "authority")


def _certificates(mesh: Path) -> MeshCertificates:
    return MeshCertificates(_MESH, _authority(mesh), {part: Folder(mesh / part) for part in PARTS}, LIFE)
