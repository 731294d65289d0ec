"""`python -m edge_config`: prints the configuration of the edge, or writes it with all files that it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from edge_config.configuration import envoy_arguments, render, write
from edge_config.options import parser, settings_of

_DESCRIPTION = """\
Renders the configuration of the edge (Envoy) from the contracts' descriptor set, the file of rate limits and the
options below. Prints envoy.yaml, which refers to files in --secrets-dir; with --write, writes all of them.

Addresses are host:port. A service may have several addresses, separated by commas, or one DNS name for all replicas.
See also `python -m edge_config.keep --help` and `python -m edge_config.drain --help`."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command. Raises SystemExit, with a message, when the configuration cannot be rendered."""
    options = parser("python -m edge_config", _DESCRIPTION, "[--write FOLDER | --print-arguments] ")
    does = options.add_mutually_exclusive_group()
    does.add_argument(
        "--write",
        type=Path,
        metavar="FOLDER",
        help="Write envoy.yaml and the files that it refers to into FOLDER. Envoy must find FOLDER at --secrets-dir.",
    )
    does.add_argument("--print-arguments", action="store_true", help="Print Envoy's own arguments, one a line.")
    values = options.parse_args(arguments)
    settings = settings_of(values)
    try:
        if values.print_arguments:
            print(*envoy_arguments(settings), sep="\n")
        elif values.write is None:
            print(render(settings), end="")
        else:
            write(settings, values.write)
            print(f"wrote the configuration of the edge to {values.write}")
    except OSError as error:
        raise SystemExit(f"edge_config: {error.filename}: {error.strerror}; name another path") from None
    except ValueError as error:
        raise SystemExit(f"edge_config: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
