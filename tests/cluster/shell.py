"""Runs programs, and says what they said when they fail."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from .errors import ClusterError

_LAST_LINES = 15


def run(*command: str | Path, stdin: str = "", env: Mapping[str, str] | None = None, seconds_max: float = 600.0) -> str:
    """Returns what a program prints. Raises ClusterError with its last lines if it fails."""
    args = [str(part) for part in command]
    try:
        done = subprocess.run(
            args, input=stdin, capture_output=True, text=True, env=env, timeout=seconds_max, check=False
        )
    except FileNotFoundError:
        raise ClusterError(f"{args[0]} is missing") from None
    except subprocess.TimeoutExpired:
        raise ClusterError(f"{' '.join(args[:6])} did not end in {seconds_max:.0f} s") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-_LAST_LINES:]
        raise ClusterError("\n".join([f"{' '.join(args[:8])} failed with exit code {done.returncode}:", *said]))
    return done.stdout


def attempt(*command: str | Path, seconds_max: float = 60.0) -> bool:
    """Runs a program whose failure does not matter. Returns whether it succeeded."""
    try:
        run(*command, seconds_max=seconds_max)
    except ClusterError:
        return False
    return True


def wait_for(what: str, is_so: Callable[[], bool], seconds_max: float, poll_seconds: float = 0.3) -> None:
    """Waits until something is so. Raises ClusterError if it is not in time."""
    end = time.monotonic() + seconds_max
    while not is_so():
        if time.monotonic() > end:
            raise ClusterError(f"{what}: not after {seconds_max:.0f} s")
        time.sleep(poll_seconds)
