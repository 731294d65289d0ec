"""Checks every locked Python package for known vulnerabilities: python -m requirements.audit (make audit).

pip-audit skips packages that it cannot look up and still succeeds. Here they are failures, so that a run without an
answer does not pass as a clean one. With --unless-unreachable the run succeeds, and says so, if the advisory database
answers for no package at all.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

LOCKS = sorted(FOLDER.glob("*.txt"))
TIMEOUT_SECONDS = 600


class UnreachableError(Exception):
    """The advisory database answered for no package at all."""


def audit(lock: Path) -> list[str]:
    """Returns the problems of a lock file: known vulnerabilities, and packages without an answer.

    Raises UnreachableError.
    """
    command = ("-m", "pip_audit", "--format=json", "--progress-spinner=off", "--require-hashes", "--disable-pip")
    try:
        done = subprocess.run(
            (sys.executable, *command, f"--requirement={lock}"),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [f"pip-audit had no answer after {TIMEOUT_SECONDS} s; run it again where the network is faster"]
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [f"pip-audit failed: {done.stderr.strip()[-500:]}"]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if len(unknown) == len(packages):
        raise UnreachableError
    if unknown:
        found.append(f"the advisory database has no answer for {', '.join(unknown)}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m requirements.audit", description=__doc__.partition(":")[0])
    parser.add_argument(
        "--unless-unreachable", action="store_true", help="succeed if the advisory database is unreachable"
    )
    options = parser.parse_args()
    failed = False
    for lock in LOCKS:
        try:
            found = audit(lock)
            failed = failed or bool(found)
        except UnreachableError:
            found = ["the advisory database is unreachable: NO PACKAGE WAS CHECKED"]
            failed = failed or not options.unless_unreachable
        print(f"{lock.relative_to(FOLDER.parent)}: {'; '.join(found) or 'no known vulnerability'}")
    sys.exit(failed)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
