"""DynamoDB Local in memory, with one table per service. Tests share the tables and use unique ids."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiodynamo.client import Client
from cryptography.hazmat.primitives.asymmetric import ec
from rich.console import Console

from local import fetch, programs
from local.stack import Stack, StackSettings
from services import provision
from services.common import settings, times
from services.common.dynamo import client as dynamo
from services.inventory.catalogue.domain import Asset
from services.inventory.schema import TABLE as INVENTORY
from services.order.schema import TABLE as ORDERS
from services.user.audit.domain import Record
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Profile, Role
from services.user.identity.login_attempts.store import AttemptStore
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.store import ProfileStore
from services.user.schema import TABLE as USERS
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshTokens, Successors
from services.user.sessions.revocation_store import RevocationStore
from services.user.sessions.signing import SigningKeys, TokenIssuer
from services.user.sessions.store import SessionStore
from services.user.sessions.usecases import Sessions
from services.user.settings import SignIn
from tests.stores.users import Users

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

MakeTable = Callable[[dict[str, Any]], str]


@pytest.fixture(scope="session")
async def endpoint(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Returns the address of the emulator."""
    fetch.fetch(Console(stderr=True))
    state = tmp_path_factory.mktemp("state")
    (state / "dynamodb").mkdir()
    config = StackSettings.on_free_ports(log_dir=tmp_path_factory.mktemp("logs"))
    [program] = [one for one in programs.describe(config, state) if one.name == "dynamodb"]
    stack = Stack(config, [program], state)
    try:
        await stack.start()
        yield config.dynamodb_url
    finally:
        await stack.kill()


@pytest.fixture(scope="session")
def aws() -> Iterator[None]:
    """Sets dummy credentials, which the emulator accepts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "local")
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            patch.setenv(name, "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(scope="session")
async def clients(endpoint: str, aws: None) -> AsyncIterator[list[Client]]:
    """Returns two clients, like those of two replicas."""
    async with AsyncExitStack() as stack:
        config = settings.DynamoDB(endpoint=endpoint)
        yield [await stack.enter_async_context(dynamo.connect(config)) for _ in range(2)]


@pytest.fixture(scope="session")
def client(clients: list[Client]) -> Client:
    return clients[0]


@pytest.fixture(scope="session")
def make_table(endpoint: str, aws: None) -> MakeTable:
    """Returns a function that creates a table with a unique name."""
    control_plane = provision.connect(endpoint)

    def make(schema: dict[str, Any]) -> str:
        name = f"test-{uuid.uuid4()}"
        assert provision.ensure_table(control_plane, name, schema)
        return name

    return make


@pytest.fixture(scope="session")
def users_table(make_table: MakeTable) -> str:
    return make_table(USERS)


@pytest.fixture(scope="session")
def inventory_table(make_table: MakeTable) -> str:
    return make_table(INVENTORY)


@pytest.fixture(scope="session")
def orders_table(make_table: MakeTable) -> str:
    return make_table(ORDERS)


class Clock:
    """A clock that stands still unless it is set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeProfile = Callable[..., Profile]


@pytest.fixture
def make_profile() -> MakeProfile:
    """Returns a function that makes a profile with a unique id, name and address."""

    def make(**changes: Any) -> Profile:
        name = f"u{uuid.uuid4().hex[:20]}"
        plain = Profile(
            user_id=str(uuid.uuid4()),
            username=name,
            email=f"{name}@example.org",
            password_hash=b"$2b$04$hash",
            first_name="Ann",
            last_name="O'Neil",
            phone="+14155550100",
            date_of_birth="1990-12-31",
            marketing_emails_consent=True,
            role=Role.CUSTOMER,
            request_id="",
            request_fingerprint="",
            created_at=NOON,
            updated_at=NOON,
        )
        return replace(plain, **changes)

    return make


@pytest.fixture(scope="session")
def keys() -> SigningKeys:
    return SigningKeys(Path(), {"k1": ec.generate_private_key(ec.SECP256R1())}, 0.0, lambda: datetime.now(UTC))


MakeSessions = Callable[..., Sessions]  # of a client and a clock


@pytest.fixture
def make_sessions(users_table: str, keys: SigningKeys) -> MakeSessions:
    """Returns a function that makes the use cases of a replica from its client."""

    def make(client: Client, now: Callable[[], datetime] = times.now) -> Sessions:
        async def publish(session_ids: Sequence[str]) -> None:
            """Publishes nothing."""

        begin = dynamo.units_of_work(client)
        return Sessions(
            store=SessionStore(client, users_table, RevocationStore(client, users_table, 910.0, now)),
            users=ProfileStore(client, users_table),
            trail=AuditTrail(AuditStore(client, users_table), begin, now),
            refresh_tokens=RefreshTokens(b"a key"),
            successors=Successors(b"another key"),
            refresh_limit=RefreshLimit(1000),
            access_tokens=TokenIssuer(keys, "https://cnop.local", "cnop", seconds=900),
            publish=publish,
            days=30.0,
            begin=begin,
            now=now,
        )

    return make


MakeThrottle = Callable[[Client, Passwords, Callable[[], datetime]], Throttle]


@pytest.fixture
def make_throttle(users_table: str) -> MakeThrottle:
    """Returns a function that makes the throttle of a replica, with the limits of production."""

    def make(client: Client, passwords: Passwords, now: Callable[[], datetime]) -> Throttle:
        store, begin = AttemptStore(client, users_table), dynamo.units_of_work(client)
        return Throttle(store, passwords, SignIn().limits(), b"a key of the tests", begin, now)

    return make


AddUser = Callable[[], Awaitable[str]]


@pytest.fixture
def add_user(client: Client, users_table: str, make_profile: MakeProfile) -> AddUser:
    """Returns a function that adds a user with an empty account and returns the user id."""

    async def add() -> str:
        return (await Users.over(client, users_table).add(make_profile())).user_id

    return add


@pytest.fixture
async def user_id(add_user: AddUser) -> str:
    """Adds a user with an empty account and returns the user id."""
    return await add_user()


AuditEvents = Callable[[str], Awaitable[list[Record]]]


@pytest.fixture
def audit_events(client: Client, users_table: str) -> AuditEvents:
    """Returns a function that reads the audit trail of a user, newest first."""

    async def read(user_id: str) -> list[Record]:
        records, _ = await AuditStore(client, users_table).of_user(user_id, "", None, 100)
        return records

    return read


MakeAsset = Callable[..., Asset]


@pytest.fixture
def make_asset() -> MakeAsset:
    def make(asset_id: str = "BTC", **changes: Any) -> Asset:
        plain = Asset(
            asset_id=asset_id,
            name="Bitcoin",
            description="The first.",
            category="layer-1",
            price=Decimal("100000.12345678"),
            priced_at=NOON,
            circulating_supply=Decimal(19850000),
            max_supply=Decimal(21000000),
            is_active=True,
            image="",
            updated_at=NOON,
            available=Decimal("1250.5"),
        )
        return replace(plain, **changes)

    return make
