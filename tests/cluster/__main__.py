"""A real Kubernetes on this machine, without Docker, and the tests of the chart in it: python -m tests.cluster COMMAND

It needs root, Debian and Go, and leaves nothing but .cache/kubernetes. What was started or built is used again by the
next command, so an interrupted run continues where it stopped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

from . import cluster, images, release
from .errors import ClusterError
from .network import INSIDE
from .paths import BIN, KUBECONFIG

_PASSED_ON = ("kubectl", "helm")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("up", help="start the cluster, or the parts of it that do not run")
    commands.add_parser("install", help="start it, build and import the images, and install the chart")
    commands.add_parser("down", help="stop it and remove its state; programs and images stay in the cache")
    commands.add_parser("status", help="show which parts run, and their logs")
    test = commands.add_parser("test", help="start the cluster, install the chart, test it, and stop it")
    test.add_argument("--keep", action="store_true", help="leave the cluster running")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="arguments for pytest")
    for name in _PASSED_ON:
        passed = commands.add_parser(name, help=f"run {name} in the cluster", add_help=False)
        passed.add_argument("arguments", nargs=argparse.REMAINDER)
    if len(sys.argv) > 1 and sys.argv[1] in _PASSED_ON:  # options of kubectl are not options of this program
        sys.exit(_pass_on(sys.argv[1], sys.argv[2:]))
    options = parser.parse_args()
    console = Console(highlight=False, soft_wrap=True)

    def say(what: str) -> None:
        console.print(f"{time.strftime('%H:%M:%S')} {what}", markup=False)

    try:
        match options.command:
            case "up":
                cluster.up(say)
            case "install":
                _install(say)
            case "down":
                cluster.down(say)
            case "status":
                cluster.status(say)
            case "test":
                sys.exit(_test(say, options.pytest, keep=options.keep))
    except ClusterError as error:
        console.print(str(error), style="red", markup=False)
        sys.exit(1)


def _install(say: cluster.Say) -> None:
    """Starts the cluster, and installs the chart in it."""
    cluster.up(say)
    images.provide(say)
    release.create_namespace()
    begin = time.monotonic()
    say(f"the chart (at most {release.INSTALL_SECONDS_MAX} s)")
    release.install()
    say(f"the chart: installed after {time.monotonic() - begin:.0f} s")


def _test(say: cluster.Say, arguments: list[str], *, keep: bool) -> int:
    """Runs the tests inside the network of the cluster. Returns pytest's exit code."""
    try:
        _install(say)
        tests = str(Path(__file__).resolve().parent)
        command = (*INSIDE, sys.executable, "-m", "pytest", "-s", "-v", *(arguments or [tests]))
        return subprocess.run(command, check=False).returncode
    finally:
        if not keep:
            cluster.down(say)


def _pass_on(program: str, arguments: list[str]) -> int:
    env = {**os.environ, "KUBECONFIG": str(KUBECONFIG), "PATH": f"{BIN}:{os.environ['PATH']}"}
    return subprocess.run([*INSIDE, str(BIN / program), *arguments], env=env, check=False).returncode


if __name__ == "__main__":
    main()
