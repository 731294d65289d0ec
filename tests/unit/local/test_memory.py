from __future__ import annotations

import subprocess
import sys

from local import memory
from local.memory import MIB, Memory

# Holds 64 MiB, forks a process that shares them, and waits.
FORKS = """
import os, sys
held = b"x" * (64 << 20)
if os.fork():
    print(flush=True)
sys.stdin.read()
"""


def test_descendants_count_and_what_they_share_counts_once() -> None:
    with subprocess.Popen([sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        found = memory.measure(parent.pid)
        parent.kill()
        parent.communicate()
    assert found.processes == 2
    assert found.resident > 128 * MIB
    if sys.platform == "linux":
        assert found.shared_once is not None
        assert 64 * MIB < found.shared_once < 100 * MIB
    else:
        assert found.shared_once is None


def test_the_text_says_what_was_counted() -> None:
    assert str(Memory(3, 200 * MIB, 150 * MIB)).startswith("150 MiB in 3 processes, this one included (PSS; RSS")
    assert str(Memory(3, 200 * MIB, None)).startswith("200 MiB in 3 processes, this one included (RSS")
