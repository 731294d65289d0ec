"""The use cases of sessions over fakes, with one user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Profile
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshTokens, Successors
from services.user.sessions.signing import SigningKeys, TokenIssuer
from services.user.sessions.usecases import Sessions
from tests.unit.user.fakes import Clock, Database, Profiles, Records, StoredSessions, make_profile
from tests.unit.user.sessions.world import World


@pytest.fixture(scope="module")
def keys(private_key: ec.EllipticCurvePrivateKey) -> SigningKeys:
    return SigningKeys(Path(), {"k1": private_key}, 0.0, Clock())


@pytest.fixture
def world(keys: SigningKeys) -> World:
    clock, database = Clock(), Database()
    store, users, records = StoredSessions(), Profiles(), Records()
    published: list[str] = []

    async def publish(session_ids: Sequence[str]) -> None:
        published.extend(session_ids)

    sessions = Sessions(
        store=store,
        users=users,
        trail=AuditTrail(records, database.begin, clock),
        refresh_tokens=RefreshTokens(b"a key"),
        successors=Successors(b"another key"),
        refresh_limit=RefreshLimit(30, lambda: 0.0),
        access_tokens=TokenIssuer(keys, "https://cnop.local", "cnop", seconds=900),
        publish=publish,
        days=30.0,
        begin=database.begin,
        now=clock,
    )
    return World(sessions, database, store, users, records, published, clock)


@pytest.fixture
def user(world: World) -> Profile:
    profile = make_profile()
    world.users.put(profile)
    return profile
