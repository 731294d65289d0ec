"""Builds the user service from its packages: the server, and the command that makes an admin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import grpc
from aiodynamo.client import Client
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
from redis.asyncio import Redis

from services.auth import revocation_cache, user_service
from services.auth.revocations import Revocations
from services.auth.tokens import TokenVerifier
from services.auth.user_access import UserAccess
from services.common import times
from services.common.dynamo import client as dynamo
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh, MeshSecret
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.errors import NotFound
from services.common.rpc.interceptor import ContractInterceptor
from services.common.rpc.pages import PageTokens
from services.common.startup import StartupError
from services.common.times import Clock
from services.common.unit_of_work import Begin
from services.provision import TableSettings
from services.table_layout import LayoutCheck
from services.user.audit.servicers import AuditAdminServicer, AuditLogServicer, AuditServicer
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.admin.servicers import UserAdminServicer
from services.user.identity.admin.store import ChangeStore
from services.user.identity.admin.usecases import UserAdmin
from services.user.identity.admin.usecases import make_admin as appoint
from services.user.identity.login_attempts.store import AttemptStore
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords, common_passwords
from services.user.identity.servicers import AuthServicer, UserServicer
from services.user.identity.store import ProfileStore
from services.user.identity.usecases import Identity
from services.user.ledger.account import DailyLimits
from services.user.ledger.portfolio import Portfolios
from services.user.ledger.quotes import InventoryQuotes
from services.user.ledger.servicers import AccountServicer, SettlementServicer
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts
from services.user.schema import LAYOUT
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshTokens, Successors
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


async def serve(config: Settings, now: Clock = times.now) -> None:
    """Serves until SIGTERM. Raises StartupError."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    certificates = Certificates(config.mesh.certs_dir)
    keys = SigningKeys.from_folder(config.keys_dir, config.key_activation_seconds, now)
    passwords = Passwords(config.bcrypt_cost)
    inventory = channels.connect(config.inventory_address, certificates, "cnop.inventory.v1.StockService")
    redis = revocation_cache.connect(config.redis)
    async with dynamo.connect(config.dynamodb, now) as client, inventory, redis:
        parts = Parts(config, client, inventory, redis, secret, keys, passwords, now)
        mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
        interceptor = ContractInterceptor(read_policies(SERVICES), parts.access, mesh, config.server.concurrency)
        grpc_server = server.build(interceptor, config.server)
        parts.register(grpc_server)
        layout = LayoutCheck(client, config.table, LAYOUT)
        await layout.at_startup()
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            layout.then(lambda: parts.ledger.account("health-check")),
            config.server,
            certificates=certificates,
            health_listen=config.health_listen,
            background=[
                parts.revocation_publisher.run,
                lambda: keys.keep_fresh(config.keys_reread_seconds, parts.trail.keys_changed),
            ],
        )
    passwords.close()


async def make_admin(config: TableSettings, username: str) -> str:
    """Gives a user the role of an admin. Returns what to tell the operator.

    Raises StartupError if there is no such user, or no database.
    """
    async with dynamo.for_command(config.dynamodb) as client:
        await LayoutCheck(client, config.table, LAYOUT).run()
        begin = dynamo.units_of_work(client)
        trail = AuditTrail(AuditStore(client, config.table), begin, times.now)
        try:
            is_new = await appoint(ProfileStore(client, config.table), trail, begin, username, times.now)
        except NotFound as error:
            raise StartupError(error.message) from None
    return f"{username} is an admin from the next sign-in on" if is_new else f"{username} is an admin already"


@dataclass(frozen=True)
class Parts:
    """The parts of the service, each built when it is first needed."""

    config: Settings
    client: Client
    inventory: grpc.aio.Channel
    redis: Redis
    secret: MeshSecret
    keys: SigningKeys
    passwords: Passwords
    now: Clock

    @cached_property
    def begin(self) -> Begin:
        return dynamo.units_of_work(self.client)

    @cached_property
    def trail(self) -> AuditTrail:
        return AuditTrail(AuditStore(self.client, self.config.table), self.begin, self.now)

    @cached_property
    def profiles(self) -> ProfileStore:
        return ProfileStore(self.client, self.config.table)

    @cached_property
    def ledger(self) -> LedgerStore:
        return LedgerStore(self.client, self.config.table)

    @cached_property
    def identity(self) -> Identity:
        return Identity(
            profiles=self.profiles,
            accounts=self.ledger,
            sessions=self.sessions,
            trail=self.trail,
            passwords=self.passwords,
            common_passwords=common_passwords(),
            throttle=Throttle(
                store=AttemptStore(self.client, self.config.table),
                passwords=self.passwords,
                limits=self.config.sign_in.limits(),
                key=self.secret.derive("guesses"),  # not renamed: stored attempts are keyed by it
                begin=self.begin,
                now=self.now,
            ),
            minimum_age=self.config.minimum_age,
            begin=self.begin,
            now=self.now,
        )

    @cached_property
    def admin(self) -> UserAdmin:
        changes = ChangeStore(self.client, self.config.table)
        return UserAdmin(self.profiles, changes, self.sessions, self.trail, self.begin, self.now)

    @cached_property
    def sessions(self) -> Sessions:
        token = self.config.token
        return Sessions(
            store=SessionStore(self.client, self.config.table, self.revocation_store),
            users=self.profiles,
            trail=self.trail,
            refresh_tokens=RefreshTokens(self.secret.derive("refresh-tokens")),
            successors=Successors(self.secret.derive("refresh-token-successors")),
            refresh_limit=RefreshLimit(self.config.session_refreshes_per_minute),
            access_tokens=TokenIssuer(self.keys, token.issuer, token.audience, token.seconds),
            publish=self.revocation_publisher.publish,
            days=self.config.session_days,
            begin=self.begin,
            now=self.now,
        )

    @cached_property
    def revocation_store(self) -> RevocationStore:
        return RevocationStore(self.client, self.config.table, user_service.kept_seconds(self.config.token), self.now)

    @cached_property
    def revocation_cache(self) -> RevocationCacheWriter:
        return RevocationCacheWriter(self.redis, self.config.redis.timeout_seconds)

    @cached_property
    def revocation_publisher(self) -> RevocationPublisher:
        interval_seconds = self.config.revocations.publish_seconds
        return RevocationPublisher(self.revocation_cache, self.revocation_store, interval_seconds)

    @cached_property
    def access(self) -> UserAccess:
        """What admits the callers of this service."""
        token = self.config.token
        kept_seconds = user_service.kept_seconds(token)
        revoked = Revocations(self.revocation_cache, self.revocation_store, self.config.revocations, kept_seconds)
        return UserAccess(TokenVerifier(self.keys, token.issuer, token.audience, now=self.now), revoked, self.trail)

    @cached_property
    def accounts(self) -> Accounts:
        limits = DailyLimits(self.config.daily_deposit_max, self.config.daily_withdrawal_max)
        return Accounts(self.ledger, self.begin, limits, self.now)

    def register(self, to: grpc.aio.Server) -> None:
        """Adds the servicers to a server."""
        pages = PageTokens(self.secret.derive("page-tokens"))
        portfolios = Portfolios(self.accounts, InventoryQuotes(self.inventory))
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(
            AuthServicer(self.identity, self.sessions, self.keys), to
        )
        session_service_pb2_grpc.add_SessionServiceServicer_to_server(SessionServicer(self.sessions), to)
        user_service_pb2_grpc.add_UserServiceServicer_to_server(UserServicer(self.identity), to)
        user_admin_service_pb2_grpc.add_UserAdminServiceServicer_to_server(UserAdminServicer(self.admin, pages), to)
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(
            AccountServicer(self.accounts, portfolios, pages), to
        )
        settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(SettlementServicer(self.accounts), to)
        audit_service_pb2_grpc.add_AuditServiceServicer_to_server(AuditServicer(self.trail, pages), to)
        audit_admin_service_pb2_grpc.add_AuditAdminServiceServicer_to_server(AuditAdminServicer(self.trail, pages), to)
        audit_log_service_pb2_grpc.add_AuditLogServiceServicer_to_server(AuditLogServicer(self.trail), to)
