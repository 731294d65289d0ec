"""The command line: `cnop`, or `python -m cnop_client.cli`."""

from __future__ import annotations

import os
import sys

import click

from cnop_client.cli import account, catalogue, completion, identity, trade, watch
from cnop_client.cli.options import Root

EPILOG = """The options may also follow the command. Exit codes: 0 success, 1 other error, 2 usage error, 3 sign in
first, 4 refused for good, 5 try again later, 6 the order is still PENDING, 130 interrupted."""


@click.group(cls=Root, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnop-client", prog_name="cnop")
def cli() -> None:
    """Trade crypto assets at a cnop edge."""


for command in (
    identity.register,
    identity.login,
    identity.logout,
    identity.whoami,
    identity.profile,
    identity.password,
    identity.sessions,
    account.deposit,
    account.withdraw,
    account.balance,
    catalogue.assets,
    catalogue.asset,
    catalogue.candles,
    trade.buy,
    trade.sell,
    trade.orders,
    trade.order,
    account.transactions,
    account.holdings,
    account.portfolio,
    watch.watch,
    completion.completion,
):
    cli.command(command)


def main() -> None:
    """Runs the command line."""
    try:
        cli(prog_name="cnop")
    except OSError as error:  # even the help may meet a full disk
        if error.filename is None:  # what is still buffered would fail again when Python ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"cnop: {error.filename or 'the output'}: {error.strerror}")


if __name__ == "__main__":
    main()
