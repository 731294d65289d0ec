"""The TypeScript client: its folder, its commands, and what its programs and its page buy."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from local.paths import ROOT

from .programs import NPM_CI, need

CLIENT = ROOT / "clients" / "ts"
SECONDS_MAX = 100
QUANTITIES = ["10", "2", "2.5"]


def run(*command: str, env: Mapping[str, str] | None = None) -> str:
    """Runs a command in the client's folder and returns its output. Fails with the output if the command fails."""
    done = subprocess.run(
        command, cwd=CLIENT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=SECONDS_MAX, check=False,
    )  # fmt: skip
    said = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said
    return done.stdout


def build() -> Path:
    """Builds the programs and the page, as the README says, and returns their folder."""
    need("npm")
    run(*NPM_CI)
    run("npm", "run", "build")
    return CLIENT / "dist"
