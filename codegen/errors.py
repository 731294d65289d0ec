"""The error of the generators."""

from __future__ import annotations


class CodegenError(Exception):
    """The contracts or a tool need attention. Its text says what to do; shown without a traceback."""
