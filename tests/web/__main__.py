"""What `make` needs for the tests of pages, and tools that look at pages: python -m tests.web COMMAND."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from local import page
from local.errors import LocalError
from local.page import BuildError
from local.paths import ROOT

from . import bundles, packages, system
from .packages import FOLDER, MissingError

# By their names in docs/images.
IMAGES = {"web-trade.png": "trader-trade-desktop-dark.png", "web-dashboard.png": "trader-dashboard-desktop-light.png"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.web", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("fetch", help="make ready: the page, the packages from npm, the browser")
    shots = commands.add_parser("shots", help="take a picture of every page")
    shots.add_argument("--folder", type=Path, default=ROOT / ".cache" / "shots", help="default: .cache/shots")
    shots.add_argument("--only", default="", help="a part of the names of the pictures, such as trade")
    shots.add_argument("--docs", action="store_true", help="also renew the pictures of README.md, in docs/images")
    bench = commands.add_parser("bench", help="measure the page")
    bench.add_argument("--minutes", type=float, default=10.0, help="how long the heap is watched (default: 10)")
    options = parser.parse_args()
    try:
        packages.browser()
        build = page.build()
        if options.command == "shots":
            began_at = time.time()
            code = asyncio.run(_run("shots.js", str(options.folder.absolute()), options.only))
            if options.docs and code == 0:
                renew_images(options.folder, ROOT / "docs" / "images", began_at)
            sys.exit(code)
        elif options.command == "bench":
            _print_sizes(build)
            sys.exit(asyncio.run(_run("bench.js", str(options.minutes))))
    except (MissingError, BuildError, LocalError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


async def _run(script: str, *arguments: str) -> int:
    """Runs a script in Node against a system of its own. Returns its exit code."""
    print("starting a system", flush=True)
    with tempfile.TemporaryDirectory() as logs:
        async with system.system(Path(logs)) as stack, system.environment(stack) as variables:
            node = await asyncio.create_subprocess_exec(
                *("node", str(FOLDER / script), *arguments), env={**os.environ, **variables}, stdin=subprocess.DEVNULL
            )
            try:
                return await node.wait()
            finally:
                if node.returncode is None:
                    node.kill()


def renew_images(shots: Path, images: Path, began_at: float) -> None:
    """Copies the pictures that README.md shows: all of them, or none unless each was taken since `began_at`."""
    missing = [shot for shot in IMAGES.values() if not _is_since(shots / shot, began_at)]
    if missing:
        raise MissingError(f"docs/images is as before, as --only left out {' and '.join(missing)}")
    for name, shot in IMAGES.items():
        shutil.copyfile(shots / shot, images / name)


def _is_since(file: Path, began_at: float) -> bool:
    return file.is_file() and file.stat().st_mtime >= began_at


def _print_sizes(build: Path) -> None:
    first = bundles.first_load(build)
    print(f"first load: {first.gzip / 1000:.1f} kB gzip, {first.br / 1000:.1f} kB br (goal: 150, 130)")
    for size in bundles.lazy_loads(build):
        print(f"  {size.name}: {size.gzip / 1000:.1f} kB gzip, {size.br / 1000:.1f} kB br (goal: 60)")


if __name__ == "__main__":
    main()
