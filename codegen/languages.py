"""The languages whose code is generated into gen/, and its folders. Maven generates the code of Java, in gen/java."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from codegen import plugins
from codegen.errors import CodegenError
from codegen.paths import ROOT

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Language:
    """The packages that are generated for a language, and the folders that contain only generated code.

    What others publish is not generated again: google.api in Python and Go, buf.validate in TypeScript and Go.
    """

    packages: tuple[str, ...]
    trees: tuple[str, ...]


LANGUAGES = {
    "python": Language(("cnop", "buf"), ("python/cnop", "python/buf")),
    "typescript": Language(("cnop", "google/api", "google/rpc"), ("ts/cnop", "ts/google")),
    "go": Language(("cnop",), ("go/cnop",)),
}


def generate(name: str, image: Path, out: Path) -> None:
    """Writes the code of a language to `out`. Raises CodegenError if a generator is missing or fails."""
    folder = plugins.folder_of(name)
    arguments = ["generate", str(image), "--template", str(ROOT / "codegen" / f"{name}.yaml"), "--output", str(out)]
    for package in LANGUAGES[name].packages:
        arguments += ["--path", package]
    buf(*arguments, path=folder)


def buf(*arguments: str, path: Path | None = None) -> None:
    """Runs buf with `path` added to PATH. Raises CodegenError if it fails."""
    env = {**os.environ, "PATH": os.pathsep.join([*([str(path)] if path else []), os.environ.get("PATH", os.defpath)])}
    done = subprocess.run([BIN / "buf", *arguments], cwd=ROOT, env=env, check=False)
    if done.returncode != 0:
        raise CodegenError(f"buf {arguments[0]} failed, with what it says above")
