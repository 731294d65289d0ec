"""Fetches and builds what the tests of the clients need: `python -m tests.clients` (make test-clients).

With empty caches this takes minutes, so it happens before the tests, whose time is limited, and shows its progress. A
program that is missing is named by the tests that need it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .programs import CLIENTS, GO, MAVEN_PACKAGE, NPM_CI

LINE_SECONDS = 10.0  # between lines of progress
TAIL_LINES = 20


@dataclass(frozen=True)
class Step:
    """A command that fills the caches of a language."""

    title: str
    command: Sequence[str]
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)


STEPS = (
    Step("the Go client", ("go", "vet", "."), CLIENTS / "go", GO),
    Step("the modules of grpcui", ("go", "mod", "download"), Path(__file__).with_name("grpcui"), GO),
    Step("the packages of the TypeScript client", NPM_CI, CLIENTS / "ts"),
    Step("the Java client", MAVEN_PACKAGE, CLIENTS / "java"),
)


def run(step: Step) -> None:
    """Runs a step and prints how long it takes. Exits with what the command said if it fails."""
    if shutil.which(step.command[0]) is None:
        return
    begin = shown = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(
            step.command, cwd=step.folder, env={**os.environ, **step.env},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            while process.poll() is None:
                time.sleep(0.05)
                if time.monotonic() - shown > LINE_SECONDS:
                    shown = time.monotonic()
                    print(f"{step.title}: fetching and building, {shown - begin:.0f} s", flush=True)
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            output.seek(0)
            said = output.read().splitlines()[-TAIL_LINES:]
            sys.exit("\n".join([f"{step.title}: {' '.join(step.command)} failed. It said:", *said]))
    print(f"{step.title}: ready after {time.monotonic() - begin:.0f} s", flush=True)


def main() -> None:
    try:
        for step in STEPS:
            run(step)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
