"""Errors that the person who runs the cluster can fix."""

from __future__ import annotations

from local.errors import LocalError


class ClusterError(LocalError):
    """The cluster cannot do what was asked. The message says what to do."""
