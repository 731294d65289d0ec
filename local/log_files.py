"""The log files of programs: bounded, however much a program writes."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

BYTES_MAX = 10_000_000
POLL_SECONDS = 1.0


def open_log(path: Path) -> IO[bytes]:
    """Opens a log for appending, so that a program continues at its beginning after `rotate`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rotate(path)
    return path.open("ab")


async def keep_bounded(folder: Path) -> None:
    """Rotates the logs in a folder whenever they are long, until cancelled."""
    while True:
        await asyncio.to_thread(_rotate_all, folder)
        await asyncio.sleep(POLL_SECONDS)


def rotate(path: Path, bytes_max: int = BYTES_MAX) -> None:
    """Moves the end of a log over `bytes_max` to a second file, NAME.log.1, which replaces the one before.

    A program has the log open, so the log is copied and emptied, not renamed. Lines that are written while it is
    emptied may be lost.
    """
    if not path.exists() or path.stat().st_size <= bytes_max:
        return
    part = path.with_suffix(".log.part")
    try:
        with path.open("rb") as log, part.open("wb") as copy:
            log.seek(-bytes_max, os.SEEK_END)
            log.readline()
            shutil.copyfileobj(log, copy)
        part.replace(path.with_suffix(".log.1"))
    except OSError:  # the disk is full, say: an empty log helps more than a long one
        part.unlink(missing_ok=True)
    finally:
        os.truncate(path, 0)


def _rotate_all(folder: Path) -> None:
    for path in folder.glob("*.log"):
        rotate(path)


def end(path: Path) -> int:
    """Returns the position after the last byte."""
    return path.stat().st_size


def new_lines(path: Path, position: int) -> tuple[list[str], int]:
    """Returns the complete lines after a position, and the position after them. A log that is shorter begins anew."""
    with path.open("rb") as log:
        log.seek(position if position <= end(path) else 0)
        text = log.read()
        complete = text[: text.rfind(b"\n") + 1]
        return complete.decode(errors="replace").splitlines(), log.tell() - len(text) + len(complete)


def last_lines(path: Path, begin: int, lines_max: int, bytes_max: int) -> Iterator[str]:
    """Yields the last lines after `begin`; all, if the log has been rotated since."""
    with path.open("rb") as log:
        size = log.seek(0, os.SEEK_END)
        log.seek(max(begin if begin <= size else 0, size - bytes_max))
        yield from log.read().decode(errors="replace").splitlines()[-lines_max:]
