"""CPU time and resident memory of processes, as the kernel counts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Usage:
    """CPU seconds since the start of each process, and its resident mebibytes now, by name."""

    cpu_seconds: Mapping[str, float]
    resident_mib: Mapping[str, float]

    def since(self, before: Usage) -> dict[str, float]:
        """Returns the CPU seconds that each process has taken since `before`."""
        return {name: seconds - before.cpu_seconds[name] for name, seconds in self.cpu_seconds.items()}


def measure(pids: Iterable[tuple[str, int]]) -> Usage:
    """Measures processes, given by name and id."""
    cpu, resident = {}, {}
    for name, pid in pids:
        process = psutil.Process(pid)
        times = process.cpu_times()
        cpu[name] = times.user + times.system
        resident[name] = process.memory_info().rss / 2**20
    return Usage(cpu, resident)
