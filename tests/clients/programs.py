"""Runs programs in other languages."""

from __future__ import annotations

import asyncio
import os
import shutil
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

import pytest

from codegen.plugins import MISSING
from local.paths import ROOT

CLIENTS = ROOT / "clients"
SECONDS_MAX = 300  # `python -m tests.clients` has filled the caches

GO = {"GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}
NPM_CI = ("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-progress")
MAVEN_PACKAGE = ("mvn", "--batch-mode", "--quiet", "package")


def need(program: str) -> None:
    """Fails, and says what to install, if a program is missing."""
    if shutil.which(program) is None:
        pytest.fail(MISSING[program], pytrace=False)


@dataclass(frozen=True)
class Printed:
    """The output of a program. `errors` may include messages of the tool that starts it: `go run` reports downloads."""

    output: str
    errors: str


async def run(*command: str | Path, folder: Path, code: int = 0, **env: str) -> Printed:
    """Runs a program. Fails if it exits with another code, or does not exit in time."""
    program = await asyncio.create_subprocess_exec(
        *map(str, command), cwd=folder, env={**os.environ, **env}, stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        output, errors = await asyncio.wait_for(program.communicate(), SECONDS_MAX)
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
    printed = Printed(output.decode(errors="replace"), errors.decode(errors="replace"))
    assert program.returncode == code, f"{command[0]} ended with {program.returncode}: {printed.output}{printed.errors}"
    return printed
