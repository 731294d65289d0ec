"""The files and packages of the edge's image, and nothing else, in a folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import venv
from importlib import metadata
from pathlib import Path

from edge_config.paths import ROOT
from local import fetch

LOCK = ROOT / "requirements" / "edge.txt"
FILES = (
    "envoy/*.lua",
    "envoy/limits.toml",
    "envoy/docs/*",
    "envoy/edge_config/*.py",
    "envoy/templates/*",
    "gen/descriptors/cnop.binpb",
    "gen/openapi/cnop.json",
    "gen/python/cnop/access/v1/*_pb2.py",
    "services/__init__.py",
    "services/ratelimit/__init__.py",
    "services/ratelimit/rules.py",
    "services/ratelimit/watch.py",
)
SWAGGER_UI = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")


class Image:
    """A copy of the image's files in a folder, with a Python that has only the locked packages."""

    def __init__(self, folder: Path) -> None:
        self.app = folder / "app"
        self._packages = folder / "packages"
        self._home = folder / "home"
        self._home.mkdir(parents=True)
        venv.create(folder / "venv", with_pip=False)
        self._python = folder / "venv" / "bin" / "python"
        self._copy_files()
        for name in _locked():
            self._copy_package(name)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `python ARGUMENTS` as in the image. Raises CalledProcessError, with the output, when it fails."""
        path = (self.app, self.app / "envoy", self.app / "gen" / "python", self._packages)
        env = {"PATH": os.defpath, "PYTHONPATH": ":".join(map(str, path)), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [str(self._python), *arguments], cwd=self._home, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done

    def _copy_files(self) -> None:
        for pattern in FILES:
            found = [file for file in ROOT.glob(pattern) if file.is_file()]
            assert found, f"{pattern} matches no file"
            for file in found:
                _copy(file, self.app / file.relative_to(ROOT))
        for name in SWAGGER_UI:
            source = fetch.SWAGGER_UI.folder
            _copy(source / name, self.app / "swagger-ui" / source.name / name)

    def _copy_package(self, name: str) -> None:
        package = metadata.distribution(name)
        for file in package.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                _copy(Path(str(package.locate_file(file))), self._packages / file)


def _locked() -> list[str]:
    return re.findall(r"^([\w.-]+)==", LOCK.read_text(), flags=re.MULTILINE)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
