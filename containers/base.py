"""Makes a base image from Debian's packages, where no registry is reachable: python -m containers.base.

Needs root, mmdebstrap, and docker, podman or buildah. The image is for trying things out: nothing updates it, and it
has no certificate authorities, so it cannot call AWS.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from containers.tools import MissingError, build_command, choose_builder

NAME = "cnop-base:bookworm"
SUITE = "bookworm"
# Python, what its module venv needs, and the shell and tools that the Containerfiles run.
PACKAGES = (
    *("base-files", "coreutils", "dash", "libc-bin", "libstdc++6", "netbase", "sed", "tzdata"),
    *("python3", "python3-venv", "python-is-python3"),
)
_MERGED_USR = "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr"


def make(tool: str, options: Sequence[str] = ()) -> None:
    """Makes the base image and shows the progress. Raises MissingError if mmdebstrap is missing."""
    if shutil.which("mmdebstrap") is None:
        raise MissingError("mmdebstrap is missing: apt-get install mmdebstrap")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{NAME}: installing {len(PACKAGES)} Debian packages, about a minute", flush=True)
        debian = ("mmdebstrap", "--quiet", "--variant=extract", _MERGED_USR, f"--include={','.join(PACKAGES)}")
        subprocess.run([*debian, SUITE, str(folder / "base.tar")], check=True)
        (folder / "Containerfile").write_text("FROM scratch\nADD base.tar /\n")
        subprocess.run([*build_command(tool, folder / "Containerfile", NAME), *options, name], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m containers.base", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tool", default="", help="docker, podman or buildah (default: the first that works)")
    parser.add_argument("more", nargs="*", help="options for the build command of the tool, after --")
    options = parser.parse_args()
    try:
        make(choose_builder(options.tool), options.more)
    except MissingError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} failed, see above (exit code {error.returncode})")
    print(f"made; build on it with: make images BASE=localhost/{NAME}")


if __name__ == "__main__":
    main()
