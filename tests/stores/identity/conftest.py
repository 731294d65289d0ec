"""Two replicas of what registers and signs in, over one table."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from aiodynamo.client import Client

from services.common import times
from services.user.audit import AuditTrail
from services.user.audit_store import AuditStore
from services.user.identity import Identity, Registration
from services.user.passwords import Passwords
from services.user.profile_store import ProfileStore
from services.user.sessions import Sessions
from services.user.throttle import Throttle

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
