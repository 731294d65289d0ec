"""The user service: identity, cash, holdings, ledger.

python -m services.user                       serves
python -m services.user provision             makes the table
python -m services.user make-admin USERNAME   gives a user the role of an admin
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import uvloop
from cnop.user.v1 import (
    account_service_pb2_grpc,
    audit_admin_service_pb2_grpc,
    audit_log_service_pb2_grpc,
    audit_service_pb2_grpc,
    auth_service_pb2_grpc,
    session_service_pb2_grpc,
    settlement_service_pb2_grpc,
    user_admin_service_pb2_grpc,
    user_service_pb2_grpc,
)

from services.common import logs, settings, times
from services.common.auth import revocation_cache
from services.common.auth import user_service as sign_in
from services.common.auth.revocations import Revocations
from services.common.auth.tokens import TokenVerifier
from services.common.auth.user_access import UserAccess
from services.common.dynamo import client as dynamo
from services.common.dynamo import provision
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh, MeshSecret
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.errors import ServiceError
from services.common.rpc.interceptor import ContractInterceptor
from services.common.rpc.pages import PageTokens
from services.common.startup import StartupError
from services.user.audit.servicers import AuditAdminServicer, AuditLogServicer, AuditServicer
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.admin import UserAdmin, make_admin
from services.user.identity.admin_servicer import UserAdminServicer
from services.user.identity.change_store import ChangeStore
from services.user.identity.directory import Directory
from services.user.identity.domain import Profile
from services.user.identity.passwords import Passwords, common_passwords
from services.user.identity.servicers import AuthServicer, UserServicer
from services.user.identity.store import ProfileStore
from services.user.identity.throttle import Throttle
from services.user.identity.throttle_store import ThrottleStore
from services.user.identity.usecases import Identity
from services.user.ledger.domain import DailyLimits
from services.user.ledger.portfolio import Portfolios
from services.user.ledger.quotes import InventoryQuotes
from services.user.ledger.servicers import AccountServicer, SettlementServicer
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts
from services.user.schema import TABLE, TTL
from services.user.sessions.domain import End
from services.user.sessions.refresh_tokens import RefreshTokens
from services.user.sessions.revocation_publisher import RevocationCacheWriter, RevocationPublisher
from services.user.sessions.revocation_store import RevocationStore
from services.user.sessions.servicers import SessionServicer
from services.user.sessions.signing import SigningKeys, TokenIssuer
from services.user.sessions.store import SessionStore
from services.user.sessions.usecases import Sessions
from services.user.settings import Settings

SERVICES = (
    "cnop.user.v1.AuthService",
    "cnop.user.v1.SessionService",
    "cnop.user.v1.UserService",
    "cnop.user.v1.AccountService",
    "cnop.user.v1.SettlementService",
    "cnop.user.v1.AuditService",
    "cnop.user.v1.AuditAdminService",
    "cnop.user.v1.AuditLogService",
    "cnop.user.v1.UserAdminService",
)


async def serve(config: Settings, now: times.Clock = times.now) -> None:
    """Wires the parts and serves until SIGTERM."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    keys = SigningKeys.from_folder(config.keys_dir, config.key_activation_seconds, now)
    inventory = channels.connect(config.inventory_address, certificates, "cnop.inventory.v1.StockService")
    passwords = Passwords(config.bcrypt_cost)
    redis = revocation_cache.connect(config.redis)
    async with dynamo.connect(config.dynamodb) as client, inventory, redis:
        ledger, profiles = LedgerStore(client, config.table), ProfileStore(client, config.table)
        limits = DailyLimits(config.daily_deposit_max, config.daily_withdrawal_max)
        trail = AuditTrail(AuditStore(client, config.table), now)
        kept_seconds = sign_in.kept_seconds(config.token)
        cache = RevocationCacheWriter(redis, config.redis.timeout_seconds)
        revocations = RevocationStore(client, config.table, kept_seconds, now)
        publisher = RevocationPublisher(cache, revocations, config.revocations.publish_seconds)
        ended = Revocations(cache, revocations, config.revocations, kept_seconds)
        access = UserAccess(TokenVerifier(keys, config.token.issuer, config.token.audience), ended, trail)
        sessions = Sessions(
            SessionStore(client, config.table, revocations),
            profiles,
            RefreshTokens(secret.derive("refresh-tokens")),
            TokenIssuer(keys, config.token.issuer, config.token.audience, config.token.seconds),
            publisher.publish,
            config.session_days,
            trail,
            now,
        )
        tries = ThrottleStore(client, config.table)
        throttle = Throttle(tries, passwords, config.sign_in.limits(), secret.derive("guesses"), now)
        identity = Identity(profiles, passwords, throttle, common_passwords(), sessions, trail, now)

        async def disable(before: Profile, after: Profile, more: Sequence[dynamo.Operation]) -> bool:
            return await sessions.end_all(before, after, End.DISABLED, more)

        admin = UserAdmin(profiles, ChangeStore(client, config.table), disable, trail, now)
        accounts = Accounts(ledger, dynamo.units_of_work(client), limits, now)
        portfolios = Portfolios(accounts, InventoryQuotes(inventory))
        pages = PageTokens(secret.derive("page-tokens"))

        grpc_server = server.build(
            ContractInterceptor(read_policies(SERVICES), access, mesh, config.server.concurrency), config.server
        )
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(AuthServicer(identity, sessions, keys), grpc_server)
        session_service_pb2_grpc.add_SessionServiceServicer_to_server(SessionServicer(revocations), grpc_server)
        user_service_pb2_grpc.add_UserServiceServicer_to_server(UserServicer(identity), grpc_server)
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(
            AccountServicer(accounts, portfolios, pages), grpc_server
        )
        settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(SettlementServicer(accounts), grpc_server)
        audit_service_pb2_grpc.add_AuditServiceServicer_to_server(AuditServicer(trail, pages), grpc_server)
        audit_admin_service_pb2_grpc.add_AuditAdminServiceServicer_to_server(
            AuditAdminServicer(trail, pages), grpc_server
        )
        audit_log_service_pb2_grpc.add_AuditLogServiceServicer_to_server(AuditLogServicer(trail), grpc_server)
        user_admin_service_pb2_grpc.add_UserAdminServiceServicer_to_server(
            UserAdminServicer(admin, Directory(client, config.table, profiles), pages), grpc_server
        )
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            lambda: ledger.account("health-check"),
            config.server,
            certificates=certificates,
            background=[publisher.run, lambda: keys.keep_fresh(config.keys_reread_seconds, trail.keys_changed)],
        )
    passwords.close()


async def promote(config: provision.TableSettings, username: str) -> None:
    """Makes a user an admin, and says so."""
    logs.set_up("user", "INFO")
    async with dynamo.connect(config.dynamodb) as client:
        trail = AuditTrail(AuditStore(client, config.table), times.now)
        try:
            made = await make_admin(ProfileStore(client, config.table), trail, username, times.now)
        except ServiceError as error:
            raise SystemExit(error.message) from None
    print(f"{username} is an admin from the next sign-in on" if made else f"{username} is an admin already")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.user",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision", "make-admin"], default="serve")
    parser.add_argument("username", nargs="?", help="of make-admin: who becomes an admin")
    options = parser.parse_args()
    if (options.command == "make-admin") != (options.username is not None):
        parser.error("make-admin, and it alone, takes a username")
    try:
        if options.command == "make-admin":
            uvloop.run(promote(settings.load(provision.TableSettings), options.username))
            return
        if options.command == "provision":
            table: provision.TableSettings = settings.load(provision.TableSettings)
            provision.ensure_table(provision.connect(table.dynamodb.endpoint), table.table, TABLE, TTL)
            return
        config: Settings = settings.load(Settings)
        logs.set_up("user", config.log.level)
        uvloop.run(serve(config))
    except StartupError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
