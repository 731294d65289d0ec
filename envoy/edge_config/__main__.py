"""`python -m edge_config`: prints the configuration of the edge, or writes it with all files that it refers to."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from edge_config.configuration import render, write
from edge_config.settings import EdgeSettings

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
    except (OSError, ValueError) as error:
        raise SystemExit(f"edge_config: {error}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m edge_config", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
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
    is_list = isinstance(default, tuple)
    parse: Callable[[str], Any] = _split_commas if is_list else type(default)
    shown = ",".join(default) if is_list else default
    parser.add_argument(
        f"--{setting.name.replace('_', '-')}",
        type=parse,
        default=default,
        metavar="VALUE",
        help=f"{setting.metadata['help']} (default: {shown})",
    )


def _split_commas(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


if __name__ == "__main__":
    main()
