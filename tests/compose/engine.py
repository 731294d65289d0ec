"""The container engine of the tests, and the images that they need."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from containers import base, images
from containers.tools import MissingError, choose_composer
from tests.compose import stand_ins

TAG = "test"
PYTHON = "docker.io/library/python:3.13-slim"
_LIMITS_MAX = 16384


@dataclass(frozen=True)
class Engine:
    """docker or podman, with what runs compose.yaml, and the base of the images; empty: from a registry."""

    program: str
    composer: str
    base: str

    def run(self, *arguments: str) -> str:
        """Runs a command of the engine. Returns what it prints."""
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def layers_mb(self, image: str) -> float:
        """Returns the size of the layers that an image adds to its base, in megabytes."""
        sizes = [
            int(self.run("image", "inspect", "--format", "{{.Size}}", name)) for name in (image, self.base or PYTHON)
        ]
        return (sizes[0] - sizes[1]) / 1e6


def prepare(folder: Path) -> Engine:
    """Builds all images, from a registry or on a base of Debian packages. Raises MissingError."""
    if os.geteuid() != 0:
        raise MissingError("this test needs root: its containers have a network of their own")
    composer = choose_composer()
    program = "docker" if composer.startswith("docker") else "podman"
    if program == "podman":
        _adapt_podman(folder)
    options: list[str] = [] if program == "docker" else ["--isolation", "chroot", "--network", "host"]
    local_base = os.environ.get("BASE", "")
    if not local_base and not _can_pull(program):
        print("no registry is reachable; making a base image from Debian's packages", flush=True)
        base.make(program, options)
        local_base = f"localhost/{base.NAME}"
    if local_base:
        options += ["-v", "/etc/ssl/certs:/etc/ssl/certs:ro"]  # for pip
        stand_ins.build(program, local_base, options)
        os.environ["CNOP_DYNAMODB_IMAGE"], os.environ["CNOP_VALKEY_IMAGE"] = stand_ins.DYNAMODB, stand_ins.VALKEY
    images.build(list(images.IMAGES), images.Build(program, tag=TAG, base=local_base, more=options))
    return Engine(program, composer, local_base)


def _adapt_podman(folder: Path) -> None:
    """Lets podman run where it may not raise limits, and where crun does not know the layout of cgroups.

    Its network is the one that resolves names, even if podman was first used before that was installed.
    """
    if "CONTAINERS_CONF" in os.environ:
        return
    limits = {"nofile": resource.RLIMIT_NOFILE, "nproc": resource.RLIMIT_NPROC}
    values = {name: min(resource.getrlimit(limit)[1] // 2, _LIMITS_MAX) for name, limit in limits.items()}
    ulimits = ", ".join(f'"{name}={value}:{value}"' for name, value in values.items())
    lines = ["[containers]", f"default_ulimits = [{ulimits}]", "[network]", 'network_backend = "netavark"']
    lines += ["[engine]", 'events_logger = "file"']
    if shutil.which("runc"):
        lines.append('runtime = "runc"')
    (folder / "containers.conf").write_text("\n".join(lines))
    os.environ["CONTAINERS_CONF"] = str(folder / "containers.conf")


def _can_pull(program: str) -> bool:
    return subprocess.run([program, "pull", PYTHON], capture_output=True, check=False).returncode == 0
