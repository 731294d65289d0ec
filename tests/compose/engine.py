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
from local import binaries, fetch

TAG = "test"
PYTHON = "docker.io/library/python:3.13-slim"
_LIMITS_MAX = 16384

# What stands in for the images of a registry: the programs of `make run`, arranged as in those images.
_DYNAMODB = """\
FROM {base}
COPY java /opt/java
COPY dynamodb /home/dynamodblocal
WORKDIR /home/dynamodblocal
RUN chmod -R a+rX . /opt/java && chmod a+x /opt/java/bin/java && chown 1000:1000 .
USER 1000
ENTRYPOINT ["/opt/java/bin/java"]
"""
_VALKEY = """\
FROM {base}
COPY valkey-server /usr/local/bin/
RUN chmod a+rx /usr/local/bin/valkey-server
USER 65532
"""


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
        os.environ["CNOP_DYNAMODB_IMAGE"], os.environ["CNOP_VALKEY_IMAGE"] = _stand_ins(
            program, folder, local_base, options
        )
    images.build(list(images.IMAGES), images.Build(program, tag=TAG, base=local_base, more=options))
    return Engine(program, composer, local_base)


def _adapt_podman(folder: Path) -> None:
    """Lets podman run where it may not raise limits, and where crun does not know the layout of cgroups."""
    if "CONTAINERS_CONF" in os.environ:
        return
    limits = {"nofile": resource.RLIMIT_NOFILE, "nproc": resource.RLIMIT_NPROC}
    values = {name: min(resource.getrlimit(limit)[1] // 2, _LIMITS_MAX) for name, limit in limits.items()}
    ulimits = ", ".join(f'"{name}={value}:{value}"' for name, value in values.items())
    lines = ["[containers]", f"default_ulimits = [{ulimits}]", "[engine]", 'events_logger = "file"']
    if shutil.which("runc"):
        lines.append('runtime = "runc"')
    (folder / "containers.conf").write_text("\n".join(lines))
    os.environ["CONTAINERS_CONF"] = str(folder / "containers.conf")


def _can_pull(program: str) -> bool:
    return subprocess.run([program, "pull", PYTHON], capture_output=True, check=False).returncode == 0


def _stand_ins(program: str, folder: Path, base_image: str, options: list[str]) -> tuple[str, str]:
    """Builds images of DynamoDB Local and Valkey. Returns their names."""
    context = folder / "stand-ins"
    shutil.copytree(binaries.java().parents[1], context / "java", symlinks=True)
    shutil.copytree(fetch.DYNAMODB.folder, context / "dynamodb")
    shutil.copy(binaries.valkey(), context / "valkey-server")
    names = []
    for name, text in {"dynamodb": _DYNAMODB, "valkey": _VALKEY}.items():
        file, image = context / f"{name}.Containerfile", f"localhost/cnop-{name}-stand-in:{TAG}"
        file.write_text(text.format(base=base_image))
        subprocess.run([program, "build", "--file", str(file), "--tag", image, *options, str(context)], check=True)
        names.append(image)
    return names[0], names[1]
