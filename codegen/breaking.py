"""Checks the contracts for breaking changes: `python -m codegen.breaking` (make breaking).

On a branch, the base is the commit where it left main; on main, main some commits ago, because one push may contain
several. A later commit with the trailer `Breaks-Contract: why` becomes the base: its break is intended.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from google.protobuf import descriptor_pb2

from codegen.errors import CodegenError
from codegen.image import compile_image
from codegen.languages import buf
from codegen.paths import ROOT
from codegen.services import Method, services

MAINS = ("origin/main", "main")
COMMITS_MAX = 50  # to look back on main
ALLOWED = "Breaks-Contract:"
OPENNESS = ("mesh", "admin", "user", "public")


def base_of(repository: Path, main: str = "") -> tuple[str, str]:
    """Returns the base commit and its description. Raises CodegenError if there is no commit."""
    head = _git(repository, "rev-parse", "--verify", "-q", "HEAD")
    if not head:
        raise CodegenError("there is no commit to compare the contracts with: this is not a git clone, or an empty one")
    mains = [name for name in ((main,) if main else MAINS) if _git(repository, "rev-parse", "--verify", "-q", name)]
    if main and not mains:
        raise CodegenError(f"there is no commit {main}")
    start, what = _start(repository, head, mains[0] if mains else "")
    allowed = _git(repository, "log", "-1", "--format=%H", f"--grep=^{ALLOWED}", f"{start}..{head}")
    return (allowed, "the last commit with an intended break") if allowed else (start, what)


def _start(repository: Path, head: str, main: str) -> tuple[str, str]:
    if main and not _is_ancestor(repository, head, main):
        fork = _git(repository, "merge-base", head, main)
        if fork:
            return fork, f"where this branch left {main}"
        return _git(repository, "rev-parse", main), f"{main}; the history that they share is not in this clone"
    before = _git(repository, "rev-list", "--first-parent", f"--max-count={COMMITS_MAX + 1}", head).split()
    if len(before) == 1:
        return head, "HEAD; this clone has no older commit"
    return before[-1], f"{len(before) - 1} commits ago"


def _is_ancestor(repository: Path, one: str, other: str) -> bool:
    command = ["git", "merge-base", "--is-ancestor", one, other]
    return subprocess.run(command, cwd=repository, check=False, capture_output=True).returncode == 0


def _git(repository: Path, *arguments: str) -> str:
    """Returns the output of git, "" if it fails. Raises CodegenError if git or the clone is missing."""
    command = ["git", *arguments]
    if not repository.is_dir():
        raise CodegenError(f"{repository} is no folder; --repository names a clone")
    try:
        return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        raise CodegenError("git is missing: install it, and have `git` on the PATH") from None


def check(repository: Path, base: str) -> None:
    """Raises CodegenError if the contracts of the work tree break clients of those of the commit `base`."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.binpb", Path(folder) / "new.binpb"
        compile_image(old, _protos_of(repository, base, Path(folder)))
        compile_image(new, repository / "proto")
        broken = list(_broken_bindings(old, new))
        try:
            buf("breaking", str(new), "--against", str(old), "--path", "cnop")
        except CodegenError as error:
            broken.append(str(error))
    if broken:
        raise CodegenError(
            "\n".join([*broken, "this breaks users of the contracts; docs/contracts.md describes what to do"])
        )


def _protos_of(repository: Path, commit: str, folder: Path) -> Path:
    command = ["git", "archive", commit, "proto"]
    with (folder / "proto.tar").open("w+b") as archive:
        done = subprocess.run(command, cwd=repository, stdout=archive, check=False)
        if done.returncode != 0:
            raise CodegenError(f"git cannot show the contracts of {commit}")
        archive.seek(0)
        with tarfile.open(fileobj=archive) as tar:
            tar.extractall(folder, filter="data")
    return folder / "proto"


def _broken_bindings(old: Path, new: Path) -> Iterator[str]:
    """Yields breaks that buf does not detect: removed REST paths, and methods with fewer permitted callers."""
    now = _methods(new)
    for name, method in _methods(old).items():
        if name not in now:
            continue  # buf reports it
        for binding in method.rest:
            if binding not in now[name].rest:
                yield f"{name}: the REST path {binding} was removed"
        if _openness(now[name]) < _openness(method):
            yield f"{name}: was open to {method.who} and is now open to {now[name].who}"


def _methods(image: Path) -> dict[str, Method]:
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    return {method.full_name: method for service in services(files) for method in service.methods}


def _openness(method: Method) -> int:
    return OPENNESS.index(method.who.partition(":")[0])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m codegen.breaking", description=__doc__.partition("\n")[0])
    parser.add_argument("--main", default="", help=f"the main branch (default: {' or '.join(MAINS)})")
    parser.add_argument("--repository", type=Path, default=ROOT, help="the clone to check (default: this one)")
    options = parser.parse_args()
    try:
        base, what = base_of(options.repository, options.main)
        print(f"contracts: compared with {base[:12]} ({what})", flush=True)
        check(options.repository, base)
    except CodegenError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
