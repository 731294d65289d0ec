"""The limits file, read again whenever it changes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from services.ratelimit import rules

logger = logging.getLogger("cnop.ratelimit")


class RulesFile:
    """The limits that are in force. An invalid file does not change them."""

    def __init__(self, file: Path, on_read: Callable[[bool], None] = lambda is_good: None) -> None:
        """Reads the file. Raises ValueError if it is invalid.

        `on_read` is called whenever the file was read again, with whether it is valid.
        """
        self._file = file
        self._on_read = on_read
        self._mark = mark(file)
        self.current = rules.read(file)

    async def watch(self, seconds: float) -> None:
        """Reads the file whenever it has changed, until cancelled. Looks every `seconds`."""
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
            text = "the limits file is invalid; the previous limits stay in force"
            logger.error(text, extra={"why": str(error)})  # noqa: TRY400 - the error says it all
            self._on_read(False)
        else:
            logger.info("the limits have changed", extra={"file": str(self._file)})
            self._on_read(True)


def mark(file: Path) -> tuple[int, int, int] | None:
    """Returns what changes when a file is written or (as Kubernetes does) replaced; None if it does not exist."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
