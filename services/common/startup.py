"""What a process shows its operator instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class StartupError(Exception):
    """The process cannot start, or cannot go on. Its text says why; only `__main__` turns it into an exit."""


@contextmanager
def exits() -> Iterator[None]:
    """Turns a StartupError into an exit with its text, and Ctrl-C into a silent one."""
    try:
        yield
    except StartupError as error:
        raise SystemExit(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None
