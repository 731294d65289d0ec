"""Which systems run from this source tree: `python -m local.source_tree` (make clean) refuses while one does.

It needs nothing but the standard library, because `make clean` may run without the virtual environment.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator

from local.paths import ROOT


@contextlib.contextmanager
def in_use() -> Iterator[None]:
    """Marks the source tree as in use: its environment, and the files that programs keep open.

    The mark is a shared lock on the folder itself, which the system drops however the process ends.
    """
    folder = os.open(ROOT, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_SH)
        yield
    finally:
        os.close(folder)


def is_in_use() -> bool:
    """Whether a system runs from this source tree."""
    folder = os.open(ROOT, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(folder)
    return False


def main() -> None:
    if is_in_use():
        sys.exit(f"a system runs from {ROOT}; stop it first, by Ctrl-C where `make run` runs")


if __name__ == "__main__":
    main()
