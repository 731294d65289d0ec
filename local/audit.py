"""Asks the advisory database about every locked package of Python: python -m local.audit (make audit).

pip-audit passes over packages that the database does not know or that it cannot ask about, and ends well; here they
are a failure, so that a run that could look nothing up is not taken for a clean one. Where none can be
reached at all, --unless-unreachable says so and ends well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from local.paths import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
TIMEOUT_SECONDS = 600


class UnreachableError(Exception):
    """The database could not be asked about a single package."""


def audit(lock: Path) -> list[str]:
    """What is wrong with a lock file: known vulnerabilities, and packages about which nothing could be learned.

    Raises UnreachableError.
    """
    command = ("-m", "pip_audit", "--format=json", "--progress-spinner=off", "--require-hashes", "--disable-pip")
    done = subprocess.run(
        (sys.executable, *command, f"--requirement={lock}"),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [f"pip-audit failed, so nothing is known: {done.stderr.strip()[-500:]}"]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if len(unknown) == len(packages):
        raise UnreachableError
    if unknown:
        found.append(f"the advisory database knows nothing of {', '.join(unknown)}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.audit", description=__doc__.partition(":")[0])
    parser.add_argument(
        "--unless-unreachable", action="store_true", help="no failure when the advisory database is out of reach"
    )
    options = parser.parse_args()
    failed = False
    for lock in LOCKS:
        try:
            found = audit(lock)
            failed = failed or bool(found)
        except UnreachableError:
            found = ["the advisory database could not be reached: NOTHING IS KNOWN of any package"]
            failed = failed or not options.unless_unreachable
        print(f"{lock.relative_to(ROOT)}: {'; '.join(found) or 'no known vulnerability'}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
