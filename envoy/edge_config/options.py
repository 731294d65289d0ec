"""The command-line options of the edge: one for each setting."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import Field, fields
from functools import partial
from pathlib import Path
from typing import Any

from edge_config.settings import EdgeSettings

_ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_PORT_MAX, _NUMBER_MAX = 65_535, 1_000_000


def parser(program: str, description: str, usage: str = "") -> argparse.ArgumentParser:
    """Returns a parser with an option for each setting. `usage` shows the options that are added to it."""
    parser = argparse.ArgumentParser(
        prog=program,
        usage=f"%(prog)s {usage}[--OPTION VALUE ...]",  # 20 lines of options would hide an error
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for setting in fields(EdgeSettings):
        _add_option(parser, setting)
    return parser


def settings_of(values: argparse.Namespace) -> EdgeSettings:
    """Returns the settings that a parser has found."""
    return EdgeSettings(**{setting.name: getattr(values, setting.name) for setting in fields(EdgeSettings)})


def parse(program: str, description: str, arguments: Sequence[str] | None) -> EdgeSettings:
    """Returns the settings of a command that has no other options."""
    return settings_of(parser(program, description).parse_args(arguments))


def _add_option(parser: argparse.ArgumentParser, setting: Field[Any]) -> None:
    default: Any = setting.default
    shown = ",".join(default) if isinstance(default, tuple) else default
    parser.add_argument(
        f"--{setting.name.replace('_', '-')}",
        type=_ADDRESSES.get(setting.name) or _PARSERS[type(default)],
        default=default,
        metavar="VALUE",
        help=f"{setting.metadata['help']} (default: {shown})",
    )


def _number(kind: type[int] | type[float], text: str) -> float:
    try:
        if 0 <= (value := kind(text)) <= _NUMBER_MAX:
            return value
    except ValueError:
        pass
    what = "whole number" if kind is int else "number"
    raise argparse.ArgumentTypeError(f"{text!r} is not possible: use a {what} from 0 to {_NUMBER_MAX:,}")


def _address(text: str) -> str:
    found = _ADDRESS.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= _PORT_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is no address: use HOST:PORT, with a port from 1 to {_PORT_MAX}")
    return text


def _several(text: str) -> str:
    return ",".join(map(_address, text.split(",")))


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _split_commas(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


_ADDRESSES: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("listen", "health", "admin"), _address),
    **dict.fromkeys(("user", "inventory", "order", "ratelimit"), _several),
}
_PARSERS: dict[type[Any], Callable[[str], Any]] = {
    str: str,
    int: partial(_number, int),
    float: partial(_number, float),
    type(Path()): _path,
    tuple: _split_commas,
}
