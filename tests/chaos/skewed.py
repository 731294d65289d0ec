"""A service with a wrong clock: python -m tests.chaos.skewed services.order 660 (seconds ahead of the machine's)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import uvloop

from services.common import logs, settings, times


def clock(seconds: float) -> Callable[[], datetime]:
    """Returns a clock that is `seconds` ahead of the machine's."""
    return lambda: times.now() + timedelta(seconds=seconds)


def main() -> None:
    package, seconds = sys.argv[1:]
    service = importlib.import_module(f"{package}.__main__")
    config = settings.load(service.Settings)
    logs.set_up(package.removeprefix("services."), config.log.level)
    uvloop.run(service.serve(config, clock(float(seconds))))


if __name__ == "__main__":
    main()
