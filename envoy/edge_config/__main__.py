"""`python -m edge_config`: prints the configuration of the edge, or writes it with all files that it refers to."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import Field, fields
from functools import partial
from pathlib import Path
from typing import Any

from edge_config.configuration import render, write
from edge_config.settings import EdgeSettings

_ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_PORT_MAX, _NUMBER_MAX = 65_535, 1_000_000

_DESCRIPTION = """\
Renders the configuration of the edge (Envoy) from the contracts' descriptor set, the file of rate limits and the
options below. Prints envoy.yaml, which refers to files in --secrets-dir; with --write, writes all of them.

Addresses are host:port. A service may have several addresses, separated by commas, or one DNS name for all replicas."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command. Raises SystemExit, with a message, when the configuration cannot be rendered."""
    values = vars(_parser().parse_args(arguments))
    folder, settings = values.pop("write"), EdgeSettings(**values)
    try:
        if folder is None:
            print(render(settings), end="")
        else:
            write(settings, folder)
    except OSError as error:
        raise SystemExit(f"edge_config: {error.filename}: {error.strerror}; name another path") from None
    except ValueError as error:
        raise SystemExit(f"edge_config: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m edge_config",
        usage="%(prog)s [--write FOLDER] [--OPTION VALUE ...]",  # 20 lines of options would hide an error
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FOLDER",
        help="Write envoy.yaml and the files that it refers to into FOLDER. Envoy must find FOLDER at --secrets-dir.",
    )
    for setting in fields(EdgeSettings):
        _add_option(parser, setting)
    return parser


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
    "listen": _address,
    "admin": _address,
    **dict.fromkeys(("user", "inventory", "order", "ratelimit"), _several),
}
_PARSERS: dict[type[Any], Callable[[str], Any]] = {
    str: str,
    int: partial(_number, int),
    float: partial(_number, float),
    type(Path()): _path,
    tuple: _split_commas,
}


if __name__ == "__main__":
    main()
