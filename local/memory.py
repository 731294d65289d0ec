"""How much memory the whole system takes."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass

import psutil

MIB = 2**20


@dataclass(frozen=True)
class Memory:
    """The resident memory of a process and all its descendants, in bytes.

    `shared_once` (PSS) divides shared pages among the processes that share them, so it is what the system really takes;
    only Linux tells it. `resident` (RSS) counts them in each process.
    """

    processes: int
    resident: int
    shared_once: int | None

    def __str__(self) -> str:
        resident = f"{self.resident / MIB:.0f} MiB"
        if self.shared_once is None:
            return f"{resident} in {self.processes} processes, this one included (RSS: shared pages count in each)"
        return (
            f"{self.shared_once / MIB:.0f} MiB in {self.processes} processes, this one included"
            f" (PSS; RSS, which counts shared pages in each process: {resident})"
        )


def measure(pid: int | None = None) -> Memory:
    """Measures a process, by default this one, with its descendants."""
    process = psutil.Process(pid)
    processes, resident, shared_once = 0, 0, 0
    for member in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended
            resident += member.memory_info().rss
            shared_once += member.memory_full_info().pss if sys.platform == "linux" else 0
            processes += 1
    return Memory(processes, resident, shared_once if sys.platform == "linux" else None)
