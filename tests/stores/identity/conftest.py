"""Two replicas of the identity use cases over one table."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common import times
from services.common.dynamo import client as dynamo
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Registration
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.store import ProfileStore
from services.user.identity.usecases import Identity
from services.user.ledger.store import LedgerStore
from services.user.sessions.usecases import Sessions

from .counted import CountCalls, Counted
from .people import MakeRegistration


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    """Hashes passwords at the lowest cost."""
    made = Passwords(cost=4)
    yield made
    made.close()


@pytest.fixture
def session_replicas(clients: list[Client], make_sessions: Callable[..., Sessions]) -> list[Sessions]:
    """Returns the session use cases of the two replicas."""
    return [make_sessions(client) for client in clients]


@pytest.fixture
def sessions(session_replicas: list[Sessions]) -> Sessions:
    return session_replicas[0]


@pytest.fixture
def replicas(
    clients: list[Client],
    users_table: str,
    passwords: Passwords,
    make_throttle: Callable[..., Throttle],
    session_replicas: list[Sessions],
) -> list[Identity]:
    return [
        Identity(
            profiles=ProfileStore(client, users_table),
            accounts=LedgerStore(client, users_table),
            sessions=sessions,
            trail=AuditTrail(AuditStore(client, users_table), dynamo.units_of_work(client), times.now),
            passwords=passwords,
            common_passwords=frozenset({"password1234"}),
            throttle=make_throttle(client, passwords, times.now),
            minimum_age=13,
            begin=dynamo.units_of_work(client),
            now=times.now,
        )
        for client, sessions in zip(clients, session_replicas, strict=True)
    ]


@pytest.fixture
def identity(replicas: list[Identity]) -> Identity:
    return replicas[0]


@pytest.fixture
def count_calls(client: Client, users_table: str) -> CountCalls:
    """Returns a function that wraps use cases so that their calls to the database are counted."""
    return lambda identity: Counted(identity, client, users_table)


@pytest.fixture
def make_registration() -> MakeRegistration:
    """Returns a function that makes a registration with a unique name and address."""

    def make(**changes: Any) -> Registration:
        name = f"u{uuid.uuid4().hex[:20]}"
        plain = Registration(
            username=name,
            email=f"{name}@example.org",
            first_name="Ann",
            last_name="O'Neil",
            phone="",
            date_of_birth="",
            marketing_emails_consent=False,
            request_id="r-1",
        )
        return replace(plain, **changes)

    return make
