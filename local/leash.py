"""Starts a program on a leash: `leash.py SIGNAL PARENT PROGRAM [ARGUMENT...]`.

When PARENT ends, even by SIGKILL, the kernel sends the program SIGNAL, so that nothing is left running. The leash
replaces itself by the program, which so keeps its process id. It is a program and not a preexec_fn because a fork that
runs Python is unsafe in a process with threads, and gRPC has some. It imports no package: it starts in 20 ms.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    signal_number, parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        if os.getppid() != int(parent):  # it ended before the leash was on
            sys.exit("the process that started this one is gone")
    try:
        os.execv(program[0], program)  # noqa: S606 - starting a program is what this is for
    except OSError as error:
        sys.exit(f"cannot start {program[0]}: {error}")


if __name__ == "__main__":
    main()
