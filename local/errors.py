"""Errors that the user of the command line can fix."""

from __future__ import annotations


class LocalError(Exception):
    """An error that the user can fix. Its message says how; it is shown without a traceback."""
