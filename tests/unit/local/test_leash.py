"""A program on a leash ends with its parent: by the kernel on Linux, by a watcher elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from local import leash

SECONDS_MAX = 5.0

# Starts a program on a leash as if on the given platform, prints its process id and waits.
PARENT = """
import os, subprocess, sys, time
code = (
    "import runpy, sys; sys.platform = {platform!r}; del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
)
process = subprocess.Popen(
    [sys.executable, "-I", "-S", "-c", code, {leash!r}, "15", str(os.getpid()), *{program!r}], stdin=subprocess.DEVNULL
)
print(process.pid, flush=True)
sys.exit(process.wait()) if {wait!r} else time.sleep(60)
"""


def start(platform: str, *program: str, wait: bool = False) -> subprocess.Popen[str]:
    code = PARENT.format(platform=platform, leash=leash.__file__, program=program, wait=wait)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS_MAX
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def has_ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture(params=["linux", "darwin"])
def platform(request: pytest.FixtureRequest) -> str:
    if request.param == "linux" and sys.platform != "linux":
        pytest.skip("PR_SET_PDEATHSIG exists only on Linux")
    return str(request.param)


@pytest.fixture
def parent(platform: str) -> Iterator[subprocess.Popen[str]]:
    parent = start(platform, "/bin/sleep", "60")
    yield parent
    parent.kill()
    parent.wait()


def started_by(parent: subprocess.Popen[str]) -> psutil.Process:
    assert parent.stdout is not None
    program = psutil.Process(int(parent.stdout.readline()))
    assert wait_until(lambda: program.name() == "sleep")
    return program


def test_the_program_ends_when_its_parent_is_killed(parent: subprocess.Popen[str]) -> None:
    program = started_by(parent)
    family = [program, *program.children(recursive=True)]
    parent.kill()
    parent.wait()
    assert wait_until(lambda: all(has_ended(process) for process in family))


def test_nothing_is_left_when_the_program_ends_first(parent: subprocess.Popen[str]) -> None:
    program = started_by(parent)
    family = [program, *program.children(recursive=True)]
    program.send_signal(signal.SIGKILL)
    assert wait_until(lambda: all(has_ended(process) for process in family))


def test_a_program_that_cannot_be_started_is_named(platform: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    parent = start(platform, missing, wait=True)
    output, _ = parent.communicate(timeout=SECONDS_MAX)
    assert f"cannot start {missing}" in output
    assert parent.returncode == 1


def test_a_leash_whose_parent_has_ended_starts_nothing() -> None:
    completed = subprocess.run(
        [sys.executable, "-I", "-S", leash.__file__, "15", str(os.getppid()), "/bin/sleep", "60"],
        capture_output=True, text=True, timeout=SECONDS_MAX, check=False,
    )  # fmt: skip
    assert completed.returncode != 0
    assert "has ended" in completed.stderr
