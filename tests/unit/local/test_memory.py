from __future__ import annotations

import subprocess
import sys

from local import memory
from local.memory import MIB, Memory

# Allocates 64 MiB, forks a process that shares them, and waits.
FORKING = """
import os, sys
held = b"x" * (64 << 20)
if os.fork():
    print(flush=True)
sys.stdin.read()
"""


def test_descendants_count_and_shared_memory_counts_once() -> None:
    with subprocess.Popen([sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        measured = memory.measure(parent.pid)
        parent.kill()
        parent.communicate()
    assert measured.processes == 2
    assert measured.resident > 128 * MIB
    if sys.platform == "linux":
        assert measured.shared_once is not None
        assert 64 * MIB < measured.shared_once < 100 * MIB
    else:
        assert measured.shared_once is None


def test_the_text_names_the_measure() -> None:
    assert str(Memory(3, 200 * MIB, 150 * MIB)).startswith("150 MiB in 3 processes, this one included (PSS; RSS")
    assert str(Memory(3, 200 * MIB, None)).startswith("200 MiB in 3 processes, this one included (RSS")
