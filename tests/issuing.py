"""Issues certificates that the authority of a mesh would not issue by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from local.authority import LIFE
from services.bootstrap.authority import Authority
from services.bootstrap.files import Folder


def issue(by: Authority, folder: Path, uri: str, names: Sequence[str], begin: datetime | None = None) -> None:
    """Writes a new certificate and its key to a folder."""
    files = by.issue(uri, names, LIFE, begin)
    Folder(folder).change(lambda _: files)
