"""What goes wrong on this machine and has one line to say about it."""

from __future__ import annotations


class LocalError(Exception):
    """Something that the person at the keyboard can put right; its text says how. Shown without a traceback."""
