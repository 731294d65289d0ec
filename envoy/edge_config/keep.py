"""`python -m edge_config.keep`: keeps a running edge up to date, beside it.

Renders the limits file again whenever it changes, and scales the circuit breakers with the replicas.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from edge_config import breakers, routes
from edge_config.admin import Admin, AdminError
from edge_config.clusters import collect
from edge_config.limits import write_limits
from edge_config.options import parse
from edge_config.settings import EdgeSettings
from services.ratelimit.watch import mark

_DESCRIPTION = """\
Keeps a running edge up to date until it is ended: renders the file of rate limits again whenever it changes, and scales
the circuit breakers with the replicas. Takes the same options as `python -m edge_config`. Must be able to write to
--secrets-dir, and to reach --admin."""

_POLL_SECONDS = 1.0

# Called with what has changed ("limits", ...), and how.
Report = Callable[[str, str], None]


async def keep(settings: EdgeSettings, report: Report) -> None:
    """Keeps the edge up to date until cancelled. Tells `report` what happened."""
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_limits(settings, report))
        group.create_task(keep_breakers(settings))


async def keep_limits(settings: EdgeSettings, report: Report) -> None:
    """Renders the limits file again whenever it changes, until cancelled.

    Kubernetes replaces the folder of a mounted ConfigMap by a symbolic link; `mark` follows it.
    """
    before = None  # the file may have changed since the configuration was written
    while True:
        now = mark(settings.limits)
        if now != before:
            is_first, before = before is None, now
            try:
                await asyncio.to_thread(write_limits, settings.limits, settings.secrets_dir)
            except (OSError, ValueError) as error:
                report("limits", f"are unchanged: {error}")
            else:
                if not is_first:
                    report("limits", "have changed")
        await asyncio.sleep(_POLL_SECONDS)


async def keep_breakers(settings: EdgeSettings) -> None:
    """Scales the circuit breakers with the replicas, until cancelled. Waits for an edge that does not run."""
    admin = Admin(settings.admin)
    limits = {one.name: one.calls_per_replica for one in collect(settings, routes.read(settings.descriptors))}
    while True:
        with contextlib.suppress(AdminError):  # it has not started yet, or has ended
            await asyncio.to_thread(breakers.scale, admin, limits)
        await asyncio.sleep(_POLL_SECONDS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command until SIGINT or SIGTERM."""
    settings = parse("python -m edge_config.keep", _DESCRIPTION, arguments)
    asyncio.run(_keep_until_ended(settings))


async def _keep_until_ended(settings: EdgeSettings) -> None:
    # The first process of a container ignores a signal without a handler.
    keeping = asyncio.create_task(keep(settings, _print))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, keeping.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await keeping


def _print(what: str, happened: str) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {what} {happened}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
