"""Fuzzes the whole system: python -m tests.fuzz (make fuzz).

Exits with 1 if anything fails, and then prints what was sent and keeps the logs.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from local import arguments
from local.errors import LocalError

from .run import ATTACKS, run


def main() -> None:
    parser = arguments.Parser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", default="", help="repeat the choices of the run with this seed (default: a new seed)")
    parser.add_argument(
        "--seconds", type=arguments.whole(1), default=600, help="the duration of all attacks (default: 600)"
    )
    parser.add_argument("--part", choices=ATTACKS, action="append", help="run only this attack; may be repeated")
    options = parser.parse_args()
    seed = options.seed or secrets.token_hex(4)
    parts = tuple(options.part or ATTACKS)
    again = " ".join((f"--seed {seed} --seconds {options.seconds:g}", *(f"--part {part}" for part in parts)))
    print(f"again: make fuzz ARGS='{again}'", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="cnop-fuzz-"))
    try:
        report = asyncio.run(run(seed, options.seconds, folder, parts))
    except LocalError as error:
        sys.exit(f"{error}; logs: {folder}")
    except KeyboardInterrupt:
        sys.exit(130)
    for what, count in report.sent.items():
        print(f"{count:8,} {what}")
    for finding in report.findings:
        print(finding)
    if report.findings:
        sys.exit(f"{len(report.findings)} findings; logs: {folder}; again: make fuzz ARGS='{again}'")
    shutil.rmtree(folder)
    print("nothing gave way")


if __name__ == "__main__":
    main()
