"""A virtual environment like that of the services' image: with the packages of requirements/services.txt alone."""

from __future__ import annotations

import venv
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from local.paths import ROOT


def make_environment(folder: Path) -> Path:
    """Makes the environment, from links to the installed files. Returns its Python."""
    venv.create(folder, symlinks=True)
    [site] = folder.glob("lib/python*/site-packages")
    lines = (ROOT / "requirements" / "services.txt").read_text().splitlines()
    for requirement in (Requirement(line.rstrip("\\ ")) for line in lines if line[:1].isalnum()):
        if requirement.marker is None or requirement.marker.evaluate():
            _link(metadata.distribution(requirement.name), requirement, site)
    return folder / "bin" / "python"


def _link(package: metadata.Distribution, requirement: Requirement, site: Path) -> None:
    assert package.version in requirement.specifier, f"{package.name} is not the one of services.txt"
    for file in package.files or ():
        if ".." not in file.parts:
            (site / file).parent.mkdir(parents=True, exist_ok=True)
            (site / file).symlink_to(Path(str(package.locate_file(file))))
