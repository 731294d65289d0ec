"""What a process shows its operator instead of a traceback."""

from __future__ import annotations


class StartupError(Exception):
    """The process cannot start, or cannot go on. Its text says why; only `__main__` turns it into an exit."""
