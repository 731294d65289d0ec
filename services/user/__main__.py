"""The user service: identity, sessions, cash, holdings, ledger and audit trail.

python -m services.user                       serves
python -m services.user provision             creates the table
python -m services.user make-admin USERNAME   gives a user the role of an admin
"""

from __future__ import annotations

import argparse

import uvloop

from services import provision
from services.common import logs, settings, startup
from services.user.app import make_admin, serve
from services.user.schema import LAYOUT, TABLE, TTL
from services.user.settings import Settings


def main() -> None:
    """Runs the command of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m services.user",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision", "make-admin"], default="serve")
    parser.add_argument("username", nargs="?", help="for make-admin: the user")
    options = parser.parse_args()
    if (options.command == "make-admin") != (options.username is not None):
        parser.error("make-admin takes a username; the other commands do not")
    if options.username is not None and not (options.username.strip() and options.username.isprintable()):
        parser.error("that is no username; give the one that the user signs in with")
    with startup.exits():
        match options.command:
            case "make-admin":
                logs.set_up("user", "INFO")
                print(uvloop.run(make_admin(settings.load(provision.TableSettings), options.username)))
            case "provision":
                provision.provision(settings.load(provision.TableSettings), TABLE, LAYOUT, TTL)
            case _:
                config: Settings = settings.load(Settings)
                logs.set_up("user", config.log.level)
                uvloop.run(serve(config))


if __name__ == "__main__":
    main()
