"""The processes of the cluster: started once, found again by a later run, stopped only if they are still the same.

A file for each holds its id and when it started, because the system gives ids to other processes later.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import ClusterError
from .network import INSIDE
from .paths import LOGS, RUN

_POLL_SECONDS = 0.1
_LAST_LINES = 15
_STARTED = 21  # the start time, counted from 0 behind the name in /proc/PID/stat (field 22)


@dataclass(frozen=True)
class Component:
    """A program of the cluster."""

    name: str
    command: Sequence[str | Path]
    stop_seconds_max: float = 15.0

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    @property
    def _file(self) -> Path:
        return RUN / f"{self.name}.pid"

    @property
    def pid(self) -> int | None:
        """Its process, or None if it does not run."""
        try:
            pid, started = self._file.read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        return int(pid) if _start_time(int(pid)) == started else None

    def start(self, path: str) -> None:
        """Starts it in the network of the cluster, unless it runs. `path` is its PATH."""
        if self.pid is not None:
            return
        LOGS.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*INSIDE, *map(str, self.command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": path, "HOME": str(RUN)},
                start_new_session=True,  # Ctrl-C is for the tests; `down` stops the cluster in order
            )
        self._file.write_text(f"{process.pid} {_start_time(process.pid)}")

    def stop(self) -> None:
        """Ends it with SIGTERM, or with SIGKILL if it does not end in time."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            end = time.monotonic() + self.stop_seconds_max
            while self.pid is not None and time.monotonic() < end:
                _reap(pid)
                time.sleep(_POLL_SECONDS)
            if self.pid is not None:
                os.kill(pid, signal.SIGKILL)
        self._file.unlink(missing_ok=True)

    def check(self) -> None:
        """Raises ClusterError with the end of its log if it has ended."""
        if self.pid is None:
            lines = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:] if self.log.exists() else []
            raise ClusterError("\n".join([f"{self.name} has ended. The end of {self.log}:", *lines]))


def _start_time(pid: int) -> str:
    """Returns when a process started, in ticks since the boot; empty if there is none, or it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] in "ZX" else fields[_STARTED - 2]


def _reap(pid: int) -> None:
    with contextlib.suppress(ChildProcessError):  # a process of an earlier run
        os.waitpid(pid, os.WNOHANG)
