"""`python -m edge_config.drain`: ends the work of an edge before it gets SIGTERM, which cuts running requests.

The edge keeps accepting connections, since load balancers send new clients for some seconds more, and ends each
connection with its next answer. When nothing arrives any more it closes its ports and answers what still runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edge_config.admin import Admin, AdminError
from edge_config.settings import EdgeSettings

_POLL_SECONDS = 0.05
_REPORT_SECONDS = 5.0
_CALL_SECONDS_MAX = 10.0  # how long a call may take
_CONNECTIONS, _RUNNING, _BEGUN = (f"http.edge.downstream_{stat}" for stat in ("cx_active", "rq_active", "rq_total"))
_OWN = "cluster.keys.upstream_cx_active"  # the edge's connections to itself
_STATS = "^({})$".format("|".join((_CONNECTIONS, _RUNNING, _BEGUN, _OWN)).replace(".", r"\."))

_DESCRIPTION = """\
Drains a running edge. From now on /ready and /health answer 503, and each connection ends with its next answer. Returns
when no connection is left, or when no request has arrived for --quiet seconds and none runs; at the earliest after
--at-least seconds, in which load balancers learn of it, and at the latest after --at-most. Its ports close before that,
so that the last calls can be answered. Then end Envoy."""


@dataclass(frozen=True)
class Times:
    """The times of a drain, in seconds."""

    at_least: float = 5.0
    quiet: float = 3.0
    at_most: float = 30.0


def drain(admin: Admin, times: Times, report: Callable[[str], None] = lambda text: None) -> bool:
    """Drains the edge. Returns whether no request was left. Raises AdminError if it cannot begin."""
    begin = time.monotonic()
    admin.post("/healthcheck/fail")
    report("draining: /ready answers 503")
    try:
        _wait(admin, begin, times, report)
        admin.post("/drain_listeners")  # nobody connects to an edge that is about to end
        is_done = False
        while not is_done and time.monotonic() - begin < times.at_most:
            time.sleep(_POLL_SECONDS)  # its threads close the ports a moment later
            is_done = admin.stats(_STATS)[_RUNNING] == 0
    except AdminError as error:  # it has ended
        report(str(error))
        return False
    report("drained" if is_done else f"requests are left after {times.at_most:g} s")
    return is_done


def _wait(admin: Admin, begin: float, times: Times, report: Callable[[str], None]) -> None:
    """Waits until the edge has nothing to do, or until the time left is only enough for the last calls."""
    end = begin + max(times.at_most - _CALL_SECONDS_MAX, times.at_most / 2)
    requests, quiet_since, reported = -1, begin, begin
    while (now := time.monotonic()) < end:
        stats = admin.stats(_STATS)
        if stats[_BEGUN] != requests or stats[_RUNNING] > 0:
            requests, quiet_since = stats[_BEGUN], now
        connections = stats[_CONNECTIONS] - stats[_OWN]
        is_quiet = stats[_RUNNING] == 0 and now - quiet_since >= times.quiet
        if now - begin >= times.at_least and (connections <= 0 or is_quiet):
            return
        if now - reported >= _REPORT_SECONDS:
            reported = now
            report(f"{connections} connections, {stats[_RUNNING]} requests")
        time.sleep(_POLL_SECONDS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command. Raises SystemExit, with a message, when the edge cannot be reached."""
    parser = argparse.ArgumentParser(
        prog="python -m edge_config.drain",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--admin", default=EdgeSettings.admin, help="Envoy's admin interface (default: %(default)s)")
    for name, text in (
        ("at-least", "The seconds for load balancers to learn of it"),
        ("quiet", "The seconds without a request after which idle connections do not count"),
        ("at-most", "The seconds after which it returns in any case"),
    ):
        default = getattr(Times, name.replace("-", "_"))
        parser.add_argument(f"--{name}", type=float, default=default, help=f"{text} (default: %(default)s)")
    values = parser.parse_args(arguments)
    try:
        drain(
            Admin(values.admin),
            Times(values.at_least, values.quiet, values.at_most),
            lambda text: print(text, flush=True),
        )
    except AdminError as error:
        raise SystemExit(f"edge_config.drain: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
