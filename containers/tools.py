"""Which container tools this machine has. Needs nothing but Python itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What tells whether a tool works: docker without its daemon, or without its plug-in for compose, does not.
BUILDERS: Mapping[str, tuple[str, ...]] = {
    "docker": ("docker", "info"),
    "podman": ("podman", "version"),
    "buildah": ("buildah", "version"),
}
COMPOSERS: Mapping[str, tuple[str, ...]] = {
    "docker compose": ("docker", "compose", "ls"),
    "podman-compose": ("podman-compose", "version"),
}

Works = Callable[[Sequence[str]], bool]


class MissingError(Exception):
    """Something is missing on this machine. The text says what, and how to get it."""


def works(command: Sequence[str]) -> bool:
    """Whether a command exists and succeeds."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def choose_builder(wanted: str = "", works: Works = works) -> str:
    """Returns the tool that builds images: the wanted one, or the first that works. Raises MissingError."""
    return _choose(
        BUILDERS, wanted, works, "Docker with a running daemon, Podman, or Buildah (apt-get install buildah)"
    )


def choose_composer(wanted: str = "", works: Works = works) -> str:
    """Returns the tool that runs compose.yaml: the wanted one, or the first that works. Raises MissingError."""
    return _choose(
        COMPOSERS,
        wanted,
        works,
        "Docker with its plug-in compose and a running daemon, or Podman (apt-get install podman) and podman-compose "
        "(pip install podman-compose)",
    )


def build_command(tool: str, containerfile: Path, tag: str) -> list[str]:
    """Returns the command that builds an image, up to its options and context."""
    start = ["buildah", "build", "--layers"] if tool == "buildah" else [tool, "build"]
    return [*start, "--file", str(containerfile), "--tag", tag]


def _choose(tools: Mapping[str, tuple[str, ...]], wanted: str, works: Works, advice: str) -> str:
    if wanted and wanted not in tools:
        raise MissingError(f"{wanted!r} is not one of {', '.join(tools)}")
    candidates = [wanted] if wanted else list(tools)
    for tool in candidates:
        if works(tools[tool]):
            return tool
    raise MissingError(f"{' and '.join(candidates)}: missing, or not working on this machine. Install {advice}.")
