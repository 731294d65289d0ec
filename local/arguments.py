"""Types of command-line arguments: what they refuse ends the command with one sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

PORT_MAX = 65_535
PERCENT_MAX = 50
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage would hide it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; --help explains the options\n")


def port(text: str) -> int:
    """Parses a port; 0 stands for a free one."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > PORT_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use a number from 1 to {PORT_MAX}, or 0 for a free one")
    return int(text)


def used_port(text: str) -> int:
    """Parses the port of a running program."""
    if port(text) == 0:
        raise argparse.ArgumentTypeError(f"no program has port 0: use a number from 1 to {PORT_MAX}")
    return port(text)


def log_level(text: str) -> str:
    """Parses the least severe level to log."""
    if text.upper() not in LOG_LEVELS:
        raise argparse.ArgumentTypeError(f"{text!r} is no level: use {', '.join(LOG_LEVELS[:-1])} or {LOG_LEVELS[-1]}")
    return text.upper()


def path(text: str) -> Path:
    """Parses a path, relative to the current folder. An empty one, as of an unset variable, is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text).absolute()


def percent(text: str) -> str:
    """Parses a percentage of a trade, and returns it as it is written."""
    if not re.fullmatch(r"[0-9]{1,2}([.][0-9]{1,6})?", text) or float(text) > PERCENT_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is not possible: use a number from 0 to {PERCENT_MAX}, like 0.10")
    return text


def whole(least: int) -> Callable[[str], int]:
    """Returns the type of whole numbers that are not less than `least`."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not possible: use a whole number, at least {least}")
        return int(text)

    return parse
