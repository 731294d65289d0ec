"""Secrets in folders, laid out like mounted Kubernetes Secrets.

The files are links through `..data` to a folder that never changes. So one rename replaces them all, and no reader sees
a key that does not belong to its certificate.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.bootstrap.secret import Change, Edit, Files

_DATA = "..data"


@dataclass(frozen=True)
class Folder:
    """A secret in a folder that only its owner may read."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def change(self, edit: Edit) -> Change:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(self.path):
            before = self._read()
            after = edit(before)
            if after != before:
                self._publish(before, after)
            return Change(before, after)

    def _read(self) -> Files:
        found = (file for file in self.path.iterdir() if not file.name.startswith(".") and file.is_file())
        return {file.name: file.read_bytes() for file in found}

    def _publish(self, before: Files, after: Files) -> None:
        old = (self.path / _DATA).resolve()
        data = self.path / f"..{secrets.token_hex(8)}"
        data.mkdir(mode=0o700)
        for name, content in {**before, **after}.items():
            (data / name).touch(mode=0o600)
            (data / name).write_bytes(content)
        _link(self.path / _DATA, data.name)
        for name in after:
            _link(self.path / name, f"{_DATA}/{name}")
        for name in before.keys() - after.keys():  # the link first: no reader finds a link to nothing
            (self.path / name).unlink()
            (data / name).unlink()
        if old.name != _DATA:
            shutil.rmtree(old, ignore_errors=True)


def _link(path: Path, target: str) -> None:
    """Makes a path a link, atomically; it may be a file or another link before."""
    if path.is_symlink() and path.readlink() == Path(target):
        return
    temporary = path.with_name(f"..{secrets.token_hex(8)}.link")
    temporary.symlink_to(target)
    temporary.rename(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps other processes from changing a folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
