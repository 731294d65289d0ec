"""The cgroup that all pods are in, under the name of the cluster: in each hierarchy of v1, or in the one of v2."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .paths import NAMESPACE

_ROOT = Path("/sys/fs/cgroup")
# The files with the weight of a group on busy cores, in v1 and v2: by default that of one process.
_WEIGHTS = {"cpu.shares": "8192", "cpu.weight": "800"}


def create() -> None:
    """Creates it. In v1, a new cpuset has no cores and no memory until it is given some."""
    for root in _roots():
        folder = root / NAMESPACE
        folder.mkdir(exist_ok=True)
        for file in ("cpuset.cpus", "cpuset.mems"):
            if (folder / file).exists() and not (root / "cgroup.controllers").exists():
                (folder / file).write_text((root / file).read_text())
        for file, weight in _WEIGHTS.items():
            if (folder / file).exists():
                (folder / file).write_text(weight)


def remove() -> None:
    """Removes it and all below it, once their processes have ended."""
    for root in _roots():
        for folder, _, _ in os.walk(root / NAMESPACE, topdown=False):
            Path(folder).rmdir()


def processes() -> set[int]:
    """Returns the processes of all pods."""
    found: set[int] = set()
    for root in _roots():
        for folder, _, _ in os.walk(root / NAMESPACE):
            found.update(map(int, (Path(folder) / "cgroup.procs").read_text().split()))
    return found


def _roots() -> Iterator[Path]:
    """Yields the hierarchies; of a machine with both versions, those of v1 and the one of v2, which runc uses too."""
    if (_ROOT / "cgroup.controllers").exists():
        yield _ROOT
        return
    for folder in sorted(_ROOT.iterdir()):
        if (folder / "cgroup.procs").exists() and not folder.is_symlink():
            yield folder
