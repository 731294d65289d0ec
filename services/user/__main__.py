"""The user service: identity, cash, holdings, ledger.

python -m services.user             serves
python -m services.user provision   makes the table
"""

from __future__ import annotations

import argparse

import uvloop
from cnop.user.v1 import (
    account_service_pb2_grpc,
    auth_service_pb2_grpc,
    settlement_service_pb2_grpc,
    user_service_pb2_grpc,
)

from services.common import channels, dynamo, logs, policy, provision, server, settings, times
from services.common.certificates import Certificates
from services.common.contract import Contract
from services.common.mesh import Mesh, MeshSecret
from services.common.pages import PageTokens
from services.common.tokens import TokenVerifier
from services.user.accounts import Accounts
from services.user.domain import Limits
from services.user.identity import Identity
from services.user.ledger_store import LedgerStore
from services.user.passwords import Passwords, common_passwords
from services.user.portfolio import Portfolios
from services.user.profile_store import ProfileStore
from services.user.quotes import Quotes
from services.user.schema import TABLE
from services.user.servicers import AccountServicer, AuthServicer, SettlementServicer, UserServicer
from services.user.settings import Settings
from services.user.signing import SigningKeys, TokenIssuer

SERVICES = (
    "cnop.user.v1.AuthService",
    "cnop.user.v1.UserService",
    "cnop.user.v1.AccountService",
    "cnop.user.v1.SettlementService",
)


async def serve(config: Settings) -> None:
    """Wires the parts and serves until SIGTERM."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    keys = SigningKeys.from_folder(config.keys_dir)
    tokens = TokenVerifier(keys, config.token.issuer, config.token.audience)
    inventory = channels.connect(config.inventory_address, certificates, "cnop.inventory.v1.StockService")
    now = times.clock(config.clock.offset_seconds)
    passwords = Passwords(config.bcrypt_cost)
    async with dynamo.connect(config.dynamodb) as client, inventory:
        ledger, profiles = LedgerStore(client, config.table), ProfileStore(client, config.table)
        limits = Limits(config.daily_deposit_max, config.daily_withdrawal_max)
        issuer = TokenIssuer(keys, config.token.issuer, config.token.audience, config.token_seconds)
        identity = Identity(profiles, passwords, common_passwords(), issuer, now)
        accounts = Accounts(ledger, limits, now)
        portfolios = Portfolios(accounts, Quotes(inventory))
        pages = PageTokens(secret.derive("page-tokens"))

        grpc_server = server.build(
            Contract(policy.read(SERVICES), tokens, mesh, config.server.concurrency), config.server
        )
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(AuthServicer(identity, keys), grpc_server)
        user_service_pb2_grpc.add_UserServiceServicer_to_server(UserServicer(identity), grpc_server)
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(
            AccountServicer(accounts, portfolios, pages), grpc_server
        )
        settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(SettlementServicer(accounts), grpc_server)
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            lambda: ledger.account("health-check"),
            config.server,
            certificates=certificates,
        )
    passwords.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.user",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision"], default="serve")
    command = parser.parse_args().command
    if command == "provision":
        table = settings.load(provision.TableSettings)
        provision.ensure_table(provision.client(table.dynamodb.endpoint), table.table, TABLE)
        return
    config: Settings = settings.load(Settings)
    logs.set_up("user", config.log.level)
    uvloop.run(serve(config))


if __name__ == "__main__":
    main()
