"""The admin use cases: finding users, disabling and enabling them."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.rpc import call as calls
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, NotFound
from services.common.unit_of_work import UnitOfWork
from services.user.audit.domain import OPERATOR
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.admin.store import ChangeStore
from services.user.identity.admin.usecases import UserAdmin, make_admin
from services.user.identity.domain import Profile, Role
from services.user.schema import TABLE as USERS
from services.user.sessions.domain import RevocationReason, SessionRef, Tokens
from tests.stores.users import Users

MakeProfile = Callable[..., Profile]
Clock = Any


class FakeSessions:
    """Fakes the sessions of users without any; records the users whose sessions are revoked."""

    def __init__(self) -> None:
        self.user_ids: list[str] = []

    async def start(self, user: Profile) -> Tokens:
        raise NotImplementedError

    async def revoke_all(self, tx: UnitOfWork, user_id: str, reason: RevocationReason) -> None:
        async def revoke() -> None:
            self.user_ids.append(user_id)

        assert reason is RevocationReason.DISABLED
        tx.on_commit(revoke)

    def issued_to(self, refresh_token: str) -> SessionRef | None:
        raise NotImplementedError


@dataclass
class Replica:
    """A replica of the admin use cases."""

    admin: UserAdmin
    users: Users
    trail: AuditTrail
    clock: Clock
    sessions: FakeSessions = field(default_factory=FakeSessions)

    async def page(self, prefix: str, after: str | None, size: int) -> tuple[list[Profile], str | None]:
        return await self.admin.list(prefix, "", after, size)

    async def find(self, prefix: str, email: str) -> list[Profile]:
        found, cursor = await self.admin.list(prefix, email, None, 10)
        assert cursor is None
        return found


@pytest.fixture
def table(make_table: Callable[[dict[str, Any]], str]) -> str:
    """Creates a table for one test, because the tests list all its users."""
    return make_table(USERS)


@pytest.fixture
def replicas(clients: list[Client], table: str, clock: Clock) -> list[Replica]:
    return [_replica(client, table, clock) for client in clients]


def _replica(client: Client, table: str, clock: Clock) -> Replica:
    begin, sessions = dynamo.units_of_work(client), FakeSessions()
    trail = AuditTrail(AuditStore(client, table), begin, clock)
    users = Users.over(client, table)
    admin = UserAdmin(users.profiles, ChangeStore(client, table), sessions, trail, begin, clock)
    return Replica(admin, users, trail, clock, sessions)


@pytest.fixture
def replica(replicas: list[Replica]) -> Replica:
    return replicas[0]


@pytest.fixture
def admin_id() -> str:
    """Returns the id of the admin who calls in this test."""
    return str(uuid.uuid4())


async def disable(replica: Replica, admin_id: str, user_id: str, request_id: str, *, on: bool = True) -> Profile:
    """Disables or enables a user in a call of the admin."""

    replica.clock.time += timedelta(milliseconds=1)  # events are sorted by time

    async def call() -> Profile:
        calls.enter(calls.Call("r", time.monotonic() + 60, calls.Principal(admin_id, "admin", "")))
        return await replica.admin.set_disabled(user_id, request_id, "fraud", disabled=on)

    return await asyncio.create_task(call())  # in its own context


async def events(replica: Replica, user_id: str) -> list[tuple[str, str, str]]:
    records, _ = await replica.trail.events(user_id, "", None, 50)
    return [(record.event, record.outcome, record.actor_id) for record in records][::-1]


async def test_a_user_is_disabled_with_its_sessions_and_enabled_again(
    replica: Replica, make_profile: MakeProfile, admin_id: str
) -> None:
    user = make_profile()
    await replica.users.add(user)
    disabled = await disable(replica, admin_id, user.user_id, "r-1")
    assert disabled.disabled
    assert (await replica.admin.get(user.user_id)).disabled
    assert replica.sessions.user_ids == [user.user_id]
    assert not (await disable(replica, admin_id, user.user_id, "r-2", on=False)).disabled
    assert replica.sessions.user_ids == [user.user_id]
    happened = [("USER_DISABLED", "DONE", admin_id), ("USER_ENABLED", "DONE", admin_id)]
    assert await events(replica, user.user_id) == happened
    assert await events(replica, admin_id) == happened


async def test_a_replay_has_no_second_effect(replica: Replica, make_profile: MakeProfile, admin_id: str) -> None:
    user = make_profile()
    await replica.users.add(user)
    await disable(replica, admin_id, user.user_id, "r-1")
    await disable(replica, admin_id, user.user_id, "r-2", on=False)
    assert not (await disable(replica, admin_id, user.user_id, "r-1")).disabled
    assert len(await events(replica, user.user_id)) == 2


async def test_concurrent_replays_make_one_change(
    replicas: list[Replica], make_profile: MakeProfile, admin_id: str
) -> None:
    user = make_profile()
    await replicas[0].users.add(user)
    answers = await asyncio.gather(*(disable(replicas[n % 2], admin_id, user.user_id, "r-1") for n in range(6)))
    assert all(answer.disabled for answer in answers)
    assert len(await events(replicas[0], user.user_id)) == 1
    assert (await replicas[0].admin.get(user.user_id)).version == 2


async def test_a_request_id_cannot_be_reused_for_another_change(
    replica: Replica, make_profile: MakeProfile, admin_id: str
) -> None:
    one, other = make_profile(), make_profile()
    for user in (one, other):
        await replica.users.add(user)
    await disable(replica, admin_id, one.user_id, "r-1")
    for user, disabled in ((other, True), (one, False)):
        with pytest.raises(AlreadyExists) as refusal:
            await disable(replica, admin_id, user.user_id, "r-1", on=disabled)
        assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert not (await replica.admin.get(other.user_id)).disabled


async def test_admins_cannot_disable_themselves(replica: Replica, make_profile: MakeProfile, admin_id: str) -> None:
    await replica.users.add(make_profile(user_id=admin_id, role=Role.ADMIN))
    with pytest.raises(FailedPrecondition) as refusal:
        await disable(replica, admin_id, admin_id, "r-1")
    assert refusal.value.reason == "OWN_ACCOUNT"
    assert not (await replica.admin.get(admin_id)).disabled
    assert await events(replica, admin_id) == [("USER_DISABLED", "OWN_ACCOUNT", admin_id)]


async def test_an_unknown_user_is_not_found(replica: Replica, admin_id: str) -> None:
    for work in (replica.admin.get("nobody"), disable(replica, admin_id, "nobody", "r-1")):
        with pytest.raises(NotFound):
            await work
    assert await events(replica, admin_id) == [("USER_DISABLED", "USER_NOT_FOUND", admin_id)]


async def promote(replica: Replica, username: str) -> bool:
    """Makes a user an admin, as the operator does."""
    return await make_admin(replica.users.profiles, replica.trail, replica.users.begin, username, replica.clock)


async def test_the_operator_promotes_a_user_once(replica: Replica, make_profile: MakeProfile) -> None:
    user = make_profile()
    await replica.users.add(user)
    for made in (True, False):
        name = user.username.upper()
        assert await promote(replica, name) is made
        assert (await replica.admin.get(user.user_id)).role is Role.ADMIN
    assert await events(replica, user.user_id) == [("ROLE_CHANGE", "DONE", OPERATOR)]
    with pytest.raises(NotFound):
        await promote(replica, "nobody")


async def all_names(replica: Replica, prefix: str, size: int) -> list[str]:
    names, after = [], None
    while True:
        page, after = await replica.page(prefix, after, size)
        assert len(page) <= size
        names += [profile.username for profile in page]
        if after is None:
            return names


async def test_users_are_listed_by_name(replica: Replica, make_profile: MakeProfile) -> None:
    names = ["Zoe", "_x_", "0zero", "adam", "Ada", "ada_2", "bert", "ADAMS", "zed"]
    for name in names:
        await replica.users.add(make_profile(username=name))
    ordered = sorted(names, key=str.casefold)
    for size in (1, 2, 4, 9, 50):
        assert await all_names(replica, "", size) == ordered
        for prefix in ("a", "ADA", "adam", "z", "q", "_"):
            wanted = [name for name in ordered if name.casefold().startswith(prefix.casefold())]
            assert await all_names(replica, prefix, size) == wanted


async def test_a_user_is_found_by_its_address_in_any_case(replica: Replica, make_profile: MakeProfile) -> None:
    user = replace(make_profile(), email="Ann.Lee@Example.org")
    await replica.users.add(user)
    assert await replica.find("", "ann.lee@example.ORG") == [user]
    assert await replica.find(user.username.upper()[:3], "ann.lee@example.org") == [user]
    assert await replica.find("x", "ann.lee@example.org") == [], "the prefix must match too"
    assert await replica.find("", "ann.le@example.org") == []
