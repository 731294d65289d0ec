"""Runs the system under load and faults, and checks its books: python -m tests.chaos (make chaos).

Exits with 1 if anything is wrong, and then keeps the dump of the tables, the history of all calls and the logs.
"""

from __future__ import annotations

import asyncio
import secrets
import shlex
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console

from local import arguments
from local.errors import LocalError

from .run import SHORT, Run, Settings, run

_LINE_SECONDS = 10.0  # between lines of progress, if the output is not a terminal


async def _watched(settings: Settings, folder: Path, console: Console, *, verbose: bool) -> int:
    """Runs with a display of the progress. Returns the exit code."""
    lines: list[asyncio.Task[None]] = []
    log = (folder / "faults.log").open("w", buffering=1)

    def say(what: str) -> None:
        log.write(what + "\n")
        if verbose:
            console.print(what, highlight=False)

    try:
        with console.status("starting") as status:

            async def show(this: Run) -> None:
                while True:
                    status.update(this.line())
                    if not console.is_terminal:
                        console.print(this.line(), highlight=False)
                    await asyncio.sleep(0.5 if console.is_terminal else _LINE_SECONDS)

            report = await run(settings, folder, say, lambda this: lines.append(asyncio.create_task(show(this))))
    finally:
        for line in lines:
            line.cancel()
        log.close()
    report.show(console)
    report.save(folder / "report.json")
    return 1 if report.violations else 0


def main() -> None:
    parser = arguments.Parser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", default="", help="repeat the choices of the run with this seed (default: a new seed)")
    parser.add_argument("--short", action="store_true", help="the short run, as in the tests")
    for name, least, what in (
        ("orders", 1, "the number of orders"),
        ("kills", 0, "the number of kills of service processes"),
        ("pauses", 0, "the number of pauses of service processes"),
        ("publisher_faults", 0, "the number of kills and pauses of replicas that may publish prices"),
        ("users", 1, "the number of users"),
        ("replicas", 1, "the number of processes of each service"),
        ("stock_shards", 1, "the number of items that the stock of an asset is spread over"),
    ):
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=arguments.whole(least),
            help=f"{what} (default: {getattr(Settings, name)})",
        )
    parser.add_argument("--keep", action="store_true", help="keep the dump, the history and the logs of a good run too")
    parser.add_argument("--verbose", action="store_true", help="print every fault")
    options = parser.parse_args()
    given: dict[str, Any] = {name: getattr(options, name) for name in _numbers() if getattr(options, name) is not None}
    seed = options.seed or secrets.token_hex(4)
    settings = replace(SHORT if options.short else Settings(seed), seed=seed, **given)

    console = Console()
    again = " ".join(f"--{name.replace('_', '-')} {getattr(settings, name)}" for name in ("seed", *_numbers()))
    again += " --short" if options.short else ""
    console.print(f"seed {seed}", highlight=False)
    folder = Path(tempfile.mkdtemp(prefix="cnop-chaos-"))
    code = 1
    try:
        code = asyncio.run(_watched(settings, folder, console, verbose=options.verbose))
    except LocalError as error:
        console.print(str(error), highlight=False, soft_wrap=True)
    except KeyboardInterrupt:
        code = 130
    finally:
        if code or options.keep:
            console.print(f"kept: {folder}", highlight=False, soft_wrap=True)
            console.print(f"again: make chaos ARGS={shlex.quote(again)}", highlight=False, soft_wrap=True)
        else:
            shutil.rmtree(folder)
    sys.exit(code)


def _numbers() -> tuple[str, ...]:
    return "orders", "kills", "pauses", "publisher_faults", "users", "replicas", "stock_shards"


if __name__ == "__main__":
    main()
