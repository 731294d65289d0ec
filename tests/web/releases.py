"""Releases of the page that a test deploys one after another: the same page, with other names for all its assets."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from local import page

TEXTS = {".html", ".js", ".css", ".svg", ".webmanifest"}
COPIES = {".br", ".gz"}


def another(build: Path, name: str, folder: Path) -> Path:
    """Makes a release in the folder from a build: index-1a2b.js is index-1a2b-NAME.js. Returns its folder."""
    release = folder / name
    shutil.rmtree(release, ignore_errors=True)
    shutil.copytree(build, release, ignore=lambda _, names: [one for one in names if Path(one).suffix in COPIES])
    assets = [file for file in (release / "assets").iterdir() if file.is_file()]
    renamed = {file.name: f"{file.stem}-{name}{file.suffix}" for file in assets}
    pattern = re.compile("|".join(re.escape(one) for one in sorted(renamed, key=len, reverse=True)))
    for file in (one for one in release.rglob("*") if one.suffix in TEXTS):
        file.write_text(pattern.sub(lambda match: renamed[match[0]], file.read_text()))
    for file in assets:
        file.rename(file.with_name(renamed[file.name]))
    (release / page.STAMP).write_text(f"{build.name}-{name}")
    subprocess.run(["node", str(page.COMPRESS), str(release)], check=True)
    return release
