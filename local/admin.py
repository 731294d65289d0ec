"""`python -m local make-admin`: gives a user of the running system the role of an admin."""

from __future__ import annotations

import subprocess
import sys

from local import ports, programs
from local.errors import LocalError
from local.settings import StackSettings


def make_admin(username: str, settings: StackSettings) -> int:
    """Runs the command of the user service against the running database. Returns its exit code.

    Raises LocalError if no database runs.
    """
    if not ports.accepts(settings.dynamodb_port):
        raise LocalError(
            f"no database answers at {settings.dynamodb_url}: `make run` starts the system, and --dynamodb-port names"
            " the port of one that has another"
        )
    command = (sys.executable, "-m", "services.user", "make-admin", "--", username)
    return subprocess.run(command, env=programs.table_environment(settings, "user"), check=False).returncode
