"""Builds the images cnop-services and cnop-edge: python -m containers.images (make images).

The tool is docker, podman or buildah, whichever works first. What stands after `--` goes to its build command:
python -m containers.images -- --no-cache
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from containers.tools import BUILDERS, ROOT, MissingError, build_command, choose_builder

IMAGES = {"services": "cnop-services", "edge": "cnop-edge"}
NPM_LOCK = ROOT / "local" / "npm" / "package-lock.json"
SWAGGER_UI = ROOT / ".cache" / "swagger-ui"  # where `python -m local fetch` puts it
SWAGGER_UI_FILES = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "LICENSE", "NOTICE")
CONTEXT_WEB = ROOT / "containers" / "swagger-ui"
CONTEXT_PAGE = ROOT / "containers" / "page"
BUILD_PAGE = (sys.executable, "-m", "local.page")  # prints the folder of the build


@dataclass(frozen=True)
class Build:
    """What to build, and from which bases. An empty base is the default of the Containerfile."""

    tool: str
    tag: str = "dev"
    base: str = ""
    edge_base: str = ""
    node: str = ""
    previous: str = ""
    platform: str = ""
    more: Sequence[str] = field(default=())

    def command(self, image: str, revision: str) -> list[str]:
        """Returns the command that builds an image."""
        return [
            *build_command(self.tool, Path("containers", f"{image}.Containerfile"), f"{IMAGES[image]}:{self.tag}"),
            *("--label", f"org.opencontainers.image.title={IMAGES[image]}"),
            *("--label", f"org.opencontainers.image.revision={revision}"),
            *(("--platform", self.platform) if self.platform else ()),
            *(f"--build-arg={name}={value}" for name, value in self._bases(image) if value),
            *self.more,
            ".",
        ]

    def _bases(self, image: str) -> Iterator[tuple[str, str]]:
        if image == "services":
            yield "BASE", self.base
        else:
            base = self.edge_base or self.base
            yield "BASE", base
            # Fetches Swagger UI and builds the web client, unless both are there: then a local base needs no Node.
            yield "NODE", self.node or base
            yield "PREVIOUS", self.previous or base


def copy_swagger_ui(cache: Path = SWAGGER_UI, context: Path = CONTEXT_WEB) -> bool:
    """Puts Swagger UI into the context of the build, if it has been fetched. Returns whether it has."""
    version = json.loads(NPM_LOCK.read_text())["packages"]["node_modules/swagger-ui-dist"]["version"]
    folder = cache / version
    for name in SWAGGER_UI_FILES:
        (context / name).unlink(missing_ok=True)  # of another version
    if not folder.is_dir():
        return False
    for name in SWAGGER_UI_FILES:
        shutil.copyfile(folder / name, context / name)
    return True


def copy_page(command: Sequence[str] = BUILD_PAGE, context: Path = CONTEXT_PAGE) -> bool:
    """Builds the web client on this machine and puts it into the context of the build. Returns whether it could."""
    for entry in context.iterdir():  # of another build
        if entry.name != ".gitignore":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        return False
    shutil.copytree(done.stdout.strip(), context, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    return True


def build(images: Sequence[str], what: Build) -> None:
    """Builds images and shows the progress. Raises MissingError if something is missing, CalledProcessError."""
    if "edge" in images:
        _fill_context(has_npm=bool(what.node) or not (what.edge_base or what.base))
    revision = _revision()
    for number, image in enumerate(images, start=1):
        name, begin = f"{IMAGES[image]}:{what.tag}", time.monotonic()
        print(f"[{number}/{len(images)}] {name}: building with {what.tool}", flush=True)
        subprocess.run(what.command(image, revision), cwd=ROOT, check=True)
        print(f"[{number}/{len(images)}] {name}: built in {time.monotonic() - begin:.0f} s", flush=True)


def _fill_context(*, has_npm: bool) -> None:
    """Puts into the context what a stage with npm would fetch and build. Raises MissingError if there is none."""
    if not copy_swagger_ui() and not has_npm:
        raise MissingError(
            "Swagger UI is missing, and a local base has no npm: fetch it with `make run`, or with "
            "`.venv/bin/python -m local fetch`; or name an image with npm: NODE=..."
        )
    if not copy_page() and not has_npm:
        raise MissingError(
            "the web client could not be built on this machine, see above, and a local base has no npm; "
            "or name an image with npm: NODE=..."
        )


def _revision() -> str:
    """Returns the commit, with -dirty if files have changed since; `unknown` without git."""
    command = ("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m containers.images", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tag", default="dev", help="the tag of both images (default: dev)")
    parser.add_argument("--base", default="", help="the base image: Python 3.11+ as `python`, with its module venv")
    parser.add_argument(
        "--edge-base", default="", help="another base image for the edge (default: that of the services)"
    )
    parser.add_argument("--node", default="", help="the image whose npm builds what this machine has not built")
    parser.add_argument(
        "--previous", default="", help="the edge's image of the release before: its web client stays for open tabs"
    )
    parser.add_argument("--platform", default="", help="for example linux/arm64 (default: that of this machine)")
    parser.add_argument("--tool", default="", help=f"one of {', '.join(BUILDERS)} (default: the first that works)")
    parser.add_argument("--only", choices=IMAGES, help="build only this image")
    parser.add_argument("more", nargs="*", help="options for the build command of the tool, after --")
    options = vars(parser.parse_args())
    only, tool = options.pop("only"), options.pop("tool")
    try:
        build([only] if only else list(IMAGES), Build(choose_builder(tool), **options))
    except MissingError as error:
        sys.exit(f"make images: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"make images: {error.cmd[0]} failed, see above (exit code {error.returncode})")


if __name__ == "__main__":
    main()
