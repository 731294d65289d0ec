"""Runs make as a person does, also if make has started the tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make in a folder, without what an outer make has put into the environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
