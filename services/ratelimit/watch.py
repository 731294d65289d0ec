"""The file of limits, read again whenever it changes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from services.ratelimit import rules

logger = logging.getLogger("cnop.ratelimit")


class RulesFile:
    """The limits that are in force. A file that cannot be used leaves them as they are."""

    def __init__(self, file: Path, on_read: Callable[[bool], None] = lambda is_good: None) -> None:
        """Raises ValueError when the file cannot be used."""
        self._file = file
        self._on_read = on_read
        self._mark = mark(file)
        self.current = rules.read(file)

    async def watch(self, seconds: float) -> None:
        """Looks at the file every so many seconds, until it is cancelled."""
        while True:
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.refresh)

    def refresh(self) -> None:
        """Reads the file if it has changed."""
        now = mark(self._file)
        if now == self._mark:
            return
        self._mark = now
        try:
            self.current = rules.read(self._file)
        except ValueError as error:
            logger.error("the limits stay as they were", extra={"why": str(error)})  # noqa: TRY400 - it says all
            self._on_read(False)
        else:
            logger.info("the limits have changed", extra={"file": str(self._file)})
            self._on_read(True)


def mark(file: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or, as Kubernetes does, replaced; None when it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
