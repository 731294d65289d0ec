"""Two replicas of what registers and signs in, over one table."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from aiodynamo.client import Client

from services.common import times
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Registration
from services.user.identity.passwords import Passwords
from services.user.identity.store import ProfileStore
from services.user.identity.throttle import Throttle
from services.user.identity.usecases import Identity
from services.user.sessions.usecases import Sessions

from .people import MakeRegistration


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    made = Passwords(cost=4)
    yield made
    made.close()


@pytest.fixture
def replicas(
    clients: list[Client],
    users_table: str,
    passwords: Passwords,
    make_throttle: Callable[..., Throttle],
    make_sessions: Callable[..., Sessions],
) -> list[Identity]:
    """Two replicas of the service over one table."""
    return [
        Identity(
            ProfileStore(client, users_table),
            passwords,
            make_throttle(client, passwords, times.now),
            frozenset({"password1234"}),
            make_sessions(client),
            AuditTrail(AuditStore(client, users_table), times.now),
            times.now,
        )
        for client in clients
    ]


@pytest.fixture
def identity(replicas: list[Identity]) -> Identity:
    return replicas[0]


@pytest.fixture
def make_registration() -> MakeRegistration:
    """A registration whose name and address are its own."""

    def make(**changes: object) -> Registration:
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
        return replace(plain, **changes)  # type: ignore[arg-type]

    return make
