"""Starts a program that ends with its parent: `leash.py SIGNAL PARENT PROGRAM [ARGUMENT...]`.

When the process PARENT ends, even by SIGKILL, the program gets SIGNAL, so that nothing is left running. On Linux the
kernel sends it; elsewhere a child process watches both and sends it within half a second. The leash replaces itself
with the program, which keeps the process id.

This is a program and not a preexec_fn, because it is not safe to run Python after a fork in a process with threads, and
gRPC starts threads. It imports no packages, so it starts in 20 ms.
"""

import ctypes
import os
import sys
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
POLL_SECONDS = 0.5


def main() -> None:
    number, parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    else:
        watch(int(number), int(parent))
    if os.getppid() != int(parent):  # it ended before the leash was on
        sys.exit("the process that started this one has ended")
    try:
        os.execv(program[0], program)  # noqa: S606 - this is what the leash is for
    except OSError as error:
        sys.exit(f"cannot start {program[0]}: {error}")


def watch(number: int, parent: int) -> None:
    """Forks a child that sends this process a signal when `parent` ends. The child ends with this process."""
    here = os.getpid()
    if os.fork() != 0:
        return
    while os.getppid() == here:
        if not is_running(parent):
            os.kill(here, number)
            break
        time.sleep(POLL_SECONDS)
    os._exit(0)


def is_running(process: int) -> bool:
    """Whether a process of this user exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
