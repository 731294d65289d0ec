"""Measures the system on one machine: python -m bench (make bench).

Starts the system with DynamoDB Local in memory and sends each kind of request in turn from 32 connections. Prints the
requests per second, the p50 and p99 latencies, the CPU time per request (in total, by process, and of the load
generator), and at the end the resident memory of each process, and the DynamoDB write units of each kind of order.

--against REV compares this tree with another commit instead:
  Both systems run at once, started through `python -m local run` of their own trees, and take turns under load: this
  tree first, the other one first, and so on, in runs of a few seconds. A shared machine can get 20% slower or faster
  within minutes; runs next to each other see the same machine. For each pair of runs the ratio (this tree / REV) is
  taken. Printed are the medians of both sides, the geometric mean of the ratios and its 95% confidence interval.
  CPU time is measured of the system under load alone. The idle one takes some from it (health checks, about 1% of a
  core), but no more from one side than from the other. With orders DynamoDB Local itself takes its turn too: a loop
  makes the writes of orders without any service, which shows the limit of the machine.
  The first comparison with a commit extracts it into .cache/bench and, if it locks other packages, builds its virtual
  environment.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import uvloop
from rich.console import Console

from bench import against, marks, overload, prices, sign_in, streams, system, tools, units
from local import arguments
from local.errors import LocalError

SECONDS, PAIR_SECONDS = 10.0, 4.0
PAIRS_MIN = 10  # fewer make an interval that says little


def main() -> None:
    options = _parser().parse_args()
    if not (options.prices or options.write_units):
        tools.check()
    try:
        uvloop.run(_chosen(options))
    except LocalError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def _chosen(options: argparse.Namespace) -> Coroutine[Any, Any, None]:
    seconds = options.seconds or (PAIR_SECONDS if options.against else SECONDS)
    console = Console(width=system.WIDTH)
    modes: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
        "against": lambda: against.run(options.against, options.only, seconds, options.pairs),
        "prices": lambda: prices.measure(seconds, console),
        "write_units": lambda: units.run(console),
        "streams": lambda: streams.run(seconds, console),
        "sign_in": lambda: system.run(partial(sign_in.measure, seconds=seconds, console=console), bcrypt_cost=12),
        "overload": lambda: system.run(partial(overload.measure, seconds=seconds, console=console)),
    }
    for name, run in modes.items():
        if getattr(options, name):
            return run()
    return _all(seconds, options.only)


async def _all(seconds: float, only: str) -> None:
    await marks.run(seconds, only)
    if only in units.TITLE:
        await units.run(Console(width=system.WIDTH))


def _parser() -> argparse.ArgumentParser:
    parser = arguments.Parser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--seconds",
        type=_whole_seconds,
        metavar="S",
        help=f"length of each run (default: {SECONDS:.0f}; with --against {PAIR_SECONDS:.0f})",
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="only the scenarios whose name contains this")
    parser.add_argument(
        "--pairs",
        type=_pairs,
        default=PAIRS_MIN,
        metavar="N",
        help=f"pairs of runs per scenario, with --against (default and minimum: {PAIRS_MIN})",
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--against", metavar="REV", help="compare this tree with a commit, a branch or a tag")
    modes.add_argument(
        "--overload", action="store_true", help="measure what remains of the peak at three times its load"
    )
    modes.add_argument("--sign-in", action="store_true", help="measure sign-in: its timing, and a flood of it")
    modes.add_argument(
        "--streams", action="store_true", help="measure streams of prices, and what they leave of orders"
    )
    modes.add_argument(
        "--write-units", action="store_true", help="count the DynamoDB write units of each kind of order"
    )
    modes.add_argument("--prices", action="store_true", help="measure what simulated prices and their candles cost")
    return parser


def _whole_seconds(text: str) -> float:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError("whole seconds, at least 1")
    return float(text)


def _pairs(text: str) -> int:
    if not text.isdigit() or int(text) < PAIRS_MIN:
        raise argparse.ArgumentTypeError(f"at least {PAIRS_MIN}")
    return int(text)


if __name__ == "__main__":
    main()
