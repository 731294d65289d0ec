"""Source trees to compare: this one, and that of another commit with its own environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from local.errors import LocalError
from local.paths import CACHE, ROOT

LOCK = "requirements/dev.txt"
LIMITS_FOR_LOAD = "envoy/limits-for-load.toml"


@dataclass(frozen=True)
class Tree:
    """A source tree, and the Python that has the packages it needs.

    It is used through its command line alone (`python -m local run`), because its modules may differ from those here.
    """

    name: str
    root: Path
    python: Path

    def environment(self) -> dict[str, str]:
        """Returns the environment in which Python imports this tree, whichever tree the Python is installed for."""
        build = tomllib.loads((self.root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
        roots = [str(self.root / folder) for folder in build["dev-mode-dirs"]]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(roots)}

    def run_command(self, *options: str) -> list[str]:
        """Returns the command that starts the system of this tree."""
        return [str(self.python), "-m", "local", "run", *options]

    def port_options(self) -> list[str]:
        """Returns the options of `run` that choose ports. Raises LocalError when it imports another tree."""
        self._check_imports()
        return sorted(set(re.findall(r"--[a-z-]+-port\b", self._output(*self.run_command("--help")))))

    def _check_imports(self) -> None:
        found = self._output(str(self.python), "-c", "import local, services; print(local.__file__, services.__file__)")
        if not all(Path(file).is_relative_to(self.root) for file in found.split()):
            raise LocalError(f"Python imports {found.strip()} instead of {self.root}")

    def _output(self, *command: str) -> str:
        return _run(command, self.root, self.environment())


HERE = Tree("this tree", ROOT, Path(sys.executable))


def at(revision: str, console: Console) -> Tree:
    """Returns the tree of a commit of this repository. It stays in the cache.

    Its Python is this one if that has all packages the commit locks, else one of its own. Raises LocalError when the
    commit does not exist or its environment cannot be built.
    """
    folder = extracted(revision, CACHE)
    if _pins(folder) <= _pins(ROOT):
        return Tree(revision, folder, HERE.python)
    console.print(f"{revision} locks other packages: it has an environment of its own")
    python = Path(sys.base_prefix) / "bin" / "python3"
    make = subprocess.run(("make", "--no-print-directory", ".venv/.ready", f"PYTHON={python}"), cwd=folder, check=False)
    if make.returncode != 0:
        raise LocalError(f"the environment of {revision} could not be built in {folder}")
    return Tree(revision, folder, folder / ".venv" / "bin" / "python")


def extracted(revision: str, cache: Path) -> Path:
    """Returns the folder in the cache with the files of a commit. Raises LocalError when there is no such commit."""
    try:
        commit = _run(("git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"), ROOT).strip()
    except LocalError:
        raise LocalError(f"this repository has no commit {revision}") from None
    folder = cache / "bench" / commit
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the folder and renamed at the end, so that an interrupted run leaves no partial tree.
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            archive, tree = Path(temporary) / "tree.tar", Path(temporary) / "tree"
            tree.mkdir()
            _run(("git", "archive", f"--output={archive}", commit), ROOT)
            _run(("tar", "-xf", str(archive), "-C", str(tree)), ROOT)
            (tree / ".cache").symlink_to(cache)  # so that nothing is fetched from npm twice
            tree.rename(folder)
    return folder


def _pins(root: Path) -> set[str]:
    """Returns the packages and versions that a tree locks."""
    return set(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", (root / LOCK).read_text(), re.MULTILINE))


def _run(command: Sequence[str], folder: Path, env: dict[str, str] | None = None) -> str:
    """Runs a command and returns its output. Raises LocalError when it fails."""
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LocalError(f"{' '.join(command)} failed in {folder}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
