"""The user service: identity, sessions, cash, holdings, ledger and audit trail.

python -m services.user                       serves
python -m services.user provision             creates the table
python -m services.user make-admin USERNAME   gives a user the role of an admin
"""

from __future__ import annotations

import argparse

import uvloop

from services.common import logs, settings, times
from services.common.dynamo import client as dynamo
from services.common.dynamo import provision
from services.common.rpc.errors import ServiceError
from services.common.startup import StartupError
from services.user.app import serve
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.admin.usecases import make_admin
from services.user.identity.store import ProfileStore
from services.user.schema import TABLE, TTL
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
    try:
        match options.command:
            case "make-admin":
                uvloop.run(_make_admin(settings.load(provision.TableSettings), options.username))
            case "provision":
                table: provision.TableSettings = settings.load(provision.TableSettings)
                provision.ensure_table(provision.connect(table.dynamodb.endpoint), table.table, TABLE, TTL)
            case _:
                config: Settings = settings.load(Settings)
                logs.set_up("user", config.log.level)
                uvloop.run(serve(config))
    except StartupError as error:
        raise SystemExit(str(error)) from None


async def _make_admin(config: provision.TableSettings, username: str) -> None:
    """Gives a user the role of an admin, and prints the result."""
    logs.set_up("user", "INFO")
    async with dynamo.connect(config.dynamodb) as client:
        begin = dynamo.units_of_work(client)
        trail = AuditTrail(AuditStore(client, config.table), begin, times.now)
        profiles = ProfileStore(client, config.table)
        try:
            is_new = await make_admin(profiles, trail, begin, username, times.now)
        except ServiceError as error:
            raise SystemExit(error.message) from None
    print(f"{username} is an admin from the next sign-in on" if is_new else f"{username} is an admin already")


if __name__ == "__main__":
    main()
