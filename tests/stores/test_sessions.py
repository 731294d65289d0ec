from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiodynamo.client import Client

from services.common.rpc import call
from services.common.rpc.errors import NotFound, PermissionDenied, Unauthenticated
from services.common.unit_of_work import retry_on_conflict
from services.user.audit.domain import Record
from services.user.identity.domain import Profile, Role
from services.user.identity.ports import ProfileChanged
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import SESSIONS_MAX, RevocationReason, Tokens
from services.user.sessions.usecases import Sessions
from tests.stores.outcomes import outcome
from tests.stores.users import Users

MakeSessions = Callable[..., Sessions]
AuditEvents = Callable[[str], Awaitable[list[Record]]]


@dataclass(frozen=True)
class Replica:
    """A replica of the service."""

    sessions: Sessions
    users: Users

    async def revoke_all(self, before: Profile, after: Profile) -> bool:
        """Changes a user and revokes all sessions. Returns False if the user has changed since it was read."""

        async def attempt() -> bool:
            tx = self.users.begin()
            self.users.profiles.replace(tx, before, after)
            await self.sessions.revoke_all(tx, before.user_id, RevocationReason.DISABLED)
            try:
                await tx.commit()
            except ProfileChanged:
                return False
            return True

        return await retry_on_conflict(attempt)

    def session_id(self, tokens: Tokens) -> str:
        return self.sessions.refresh_tokens.open(tokens.refresh).session_id


@pytest.fixture
def replicas(clients: list[Client], users_table: str, make_sessions: MakeSessions) -> list[Replica]:
    """Returns two replicas over one table."""
    return [Replica(make_sessions(client), Users.over(client, users_table)) for client in clients]


@pytest.fixture
def replica(replicas: list[Replica]) -> Replica:
    return replicas[0]


@pytest.fixture
def sessions(replica: Replica) -> Sessions:
    return replica.sessions


@pytest.fixture
async def user(replica: Replica, make_profile: Callable[..., Profile]) -> Profile:
    return await replica.users.add(make_profile())


async def revoked(sessions: Sessions) -> set[str]:
    """Returns the ids of revoked sessions, as other services learn them."""
    return set((await sessions.revocations(0)).revoked)


async def test_a_session_has_the_device_and_the_address_of_the_sign_in(sessions: Sessions, user: Profile) -> None:
    call.enter(call.Call("r", 0.0, client_address="192.0.2.7", user_agent="a browser"))
    tokens = await sessions.start(user)
    [session] = await sessions.live(user.user_id)
    assert (session.device, session.address) == ("a browser", "192.0.2.7")
    assert session.expires_at - session.created_at == timedelta(days=30)
    assert tokens.refresh not in repr(tokens)


async def test_the_table_holds_only_the_hash_of_a_refresh_token(
    sessions: Sessions, user: Profile, client: Client, users_table: str
) -> None:
    token = sessions.refresh_tokens.open((await sessions.start(user)).refresh)
    held = [item async for item in client.scan(users_table)]
    assert not [item for item in held if token.secret in item.values()]
    assert [item for item in held if token.secret_hash in item.values()]


async def test_a_refresh_continues_the_session(sessions: Sessions, user: Profile) -> None:
    tokens = await sessions.start(user)
    [before] = await sessions.live(user.user_id)
    for _ in range(3):
        tokens = await sessions.refresh(tokens.refresh)
    [after] = await sessions.live(user.user_id)
    assert after.last_used_at > before.last_used_at
    assert (after.session_id, after.expires_at, after.generation) == (before.session_id, before.expires_at, 3)


async def test_a_used_token_revokes_the_session_for_everyone(replicas: list[Replica], user: Profile) -> None:
    other = await replicas[0].sessions.start(user)
    first = await replicas[0].sessions.start(user)
    second = await replicas[1].sessions.refresh(first.refresh)
    assert await outcome(replicas[0].sessions.refresh(first.refresh)) == "REFRESH_TOKEN_REUSED"
    for tokens in (first, second):
        assert await outcome(replicas[1].sessions.refresh(tokens.refresh)) == "SESSION_ENDED"
    assert replicas[0].session_id(first) in await revoked(replicas[0].sessions)
    assert await outcome(replicas[0].sessions.refresh(other.refresh)) == "", "another session of the user must continue"


async def test_of_concurrent_refreshes_with_one_token_at_most_one_wins_and_the_session_is_revoked(
    replicas: list[Replica], user: Profile
) -> None:
    tokens = await replicas[0].sessions.start(user)
    won: list[Tokens] = []

    async def refresh(number: int) -> str:
        try:
            won.append(await replicas[number % 2].sessions.refresh(tokens.refresh))
        except Unauthenticated as refusal:
            return refusal.reason
        return ""

    reasons = await asyncio.gather(*(refresh(number) for number in range(20)))
    assert reasons.count("") == len(won) <= 1
    assert set(reasons) <= {"", "REFRESH_TOKEN_REUSED", "SESSION_ENDED"}
    for winner in won:
        assert await outcome(replicas[0].sessions.refresh(winner.refresh)) == "SESSION_ENDED"
    assert replicas[0].session_id(tokens) in await revoked(replicas[0].sessions)


async def test_a_forged_token_revokes_nothing(sessions: Sessions, user: Profile, make_sessions: MakeSessions) -> None:
    tokens = await sessions.start(user)
    token = sessions.refresh_tokens.open(tokens.refresh)
    forged = refresh_tokens.RefreshTokens(b"another key").seal(token)
    for text in (forged, "garbage", tokens.refresh[:-2]):
        assert await outcome(sessions.refresh(text)) == "REFRESH_TOKEN_INVALID"
    assert await outcome(sessions.refresh(tokens.refresh)) == ""


def refusals(records: list[Record]) -> list[tuple[str, dict[str, str]]]:
    """Returns the outcomes and facts of refused refreshes; their actors must be unknown."""
    refused = [one for one in records if one.event == "TOKEN_REFRESH" and one.outcome != "DONE"]
    assert {one.actor_id for one in refused} <= {""}
    return [(one.outcome, dict(one.facts)) for one in refused]


async def test_a_refused_refresh_is_recorded_for_the_user_of_the_token(
    replica: Replica, sessions: Sessions, user: Profile, audit_events: AuditEvents
) -> None:
    gone, reused, kept = [await sessions.start(user) for _ in range(3)]
    gone_id, kept_id = (sessions.refresh_tokens.open(one.refresh).session_id for one in (gone, kept))
    await sessions.log_out(user.user_id, gone_id)
    await sessions.refresh(reused.refresh)
    for _ in range(2):
        assert await outcome(sessions.refresh(gone.refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(reused.refresh)) == "REFRESH_TOKEN_REUSED"
    assert await replica.users.replace(user, replace(user, disabled=True))
    assert await outcome(sessions.refresh(kept.refresh)) == "ACCOUNT_DISABLED"
    assert refusals(await audit_events(user.user_id)) == [
        ("ACCOUNT_DISABLED", {"session": kept_id}),
        ("SESSION_ENDED", {"session": gone_id}),
    ]


async def test_a_forged_token_is_logged_and_not_recorded(
    sessions: Sessions, user: Profile, audit_events: AuditEvents, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await sessions.start(user)
    with caplog.at_level(logging.INFO, "cnop.audit"):
        assert await outcome(sessions.refresh(tokens.refresh[:-2])) == "REFRESH_TOKEN_INVALID"
    [line] = [record for record in caplog.records if record.name == "cnop.audit"]
    assert (vars(line)["event"], vars(line)["outcome"]) == ("TOKEN_REFRESH", "REFRESH_TOKEN_INVALID")
    assert refusals(await audit_events(user.user_id)) == []


async def test_a_session_expires_however_often_it_is_refreshed(
    client: Client, make_sessions: MakeSessions, user: Profile
) -> None:
    now = datetime.now(UTC)
    sessions = make_sessions(client, lambda: now)
    tokens = await sessions.start(user)
    now += timedelta(days=29, hours=23)
    tokens = await sessions.refresh(tokens.refresh)
    now += timedelta(hours=1)
    assert await outcome(sessions.refresh(tokens.refresh)) == "SESSION_ENDED"
    assert await sessions.live(user.user_id) == []


async def test_a_logout_revokes_one_session_once(sessions: Sessions, user: Profile) -> None:
    tokens, other = await sessions.start(user), await sessions.start(user)
    session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
    for _ in range(2):
        await sessions.log_out(user.user_id, session_id)
    assert await outcome(sessions.refresh(tokens.refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(other.refresh)) == ""
    with pytest.raises(NotFound):
        await sessions.revoke(user.user_id, session_id)
    assert session_id in await revoked(sessions)


async def test_the_session_of_another_user_is_not_found(
    sessions: Sessions, user: Profile, add_user: Callable[[], Awaitable[str]], audit_events: AuditEvents
) -> None:
    session_id = sessions.refresh_tokens.open((await sessions.start(user)).refresh).session_id
    stranger = await add_user()
    for _ in range(2):
        assert await outcome(sessions.revoke(stranger, session_id)) == "SESSION_NOT_FOUND"
    assert [(record.event, record.outcome) for record in await audit_events(stranger)] == [
        ("SESSION_REVOKED", "SESSION_NOT_FOUND")
    ]
    assert await sessions.live(stranger) == []
    assert len(await sessions.live(user.user_id)) == 1


async def test_a_session_beyond_the_maximum_replaces_the_least_recently_used(
    sessions: Sessions, user: Profile, audit_events: AuditEvents
) -> None:
    begun = [await sessions.start(user) for _ in range(SESSIONS_MAX)]
    begun[0] = await sessions.refresh(begun[0].refresh)
    await sessions.start(user)
    assert len(await sessions.live(user.user_id)) == SESSIONS_MAX
    assert await outcome(sessions.refresh(begun[1].refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(begun[0].refresh)) == ""
    gone = sessions.refresh_tokens.open(begun[1].refresh).session_id
    assert gone in await revoked(sessions)
    facts = [record.facts for record in await audit_events(user.user_id) if record.event == "SESSION_REVOKED"]
    assert facts == [{"session": gone, "why": "TOO_MANY"}]


async def test_concurrent_sign_ins_respect_the_maximum(replicas: list[Replica], user: Profile) -> None:
    await asyncio.gather(*(replicas[number % 2].sessions.start(user) for number in range(SESSIONS_MAX + 5)))
    assert len(await replicas[0].sessions.live(user.user_id)) == SESSIONS_MAX


async def test_ended_sessions_are_deleted_at_the_next_sign_in(sessions: Sessions, user: Profile) -> None:
    for _ in range(3):
        session_id = sessions.refresh_tokens.open((await sessions.start(user)).refresh).session_id
        await sessions.log_out(user.user_id, session_id)
    await sessions.start(user)
    assert len((await sessions.store.of_user(user.user_id)).sessions) == 1


async def test_a_change_of_the_user_revokes_all_sessions(replica: Replica, sessions: Sessions, user: Profile) -> None:
    begun = [await sessions.start(user) for _ in range(SESSIONS_MAX)]
    assert await replica.revoke_all(user, replace(user, disabled=True))
    assert await sessions.live(user.user_id) == []
    known = await revoked(sessions)
    assert all(sessions.refresh_tokens.open(tokens.refresh).session_id in known for tokens in begun)
    assert await outcome(sessions.refresh(begun[0].refresh)) == "ACCOUNT_DISABLED"
    assert not await replica.revoke_all(user, replace(user, disabled=False)), "the profile must have changed"


async def test_a_user_without_sessions_can_be_disabled(replica: Replica, user: Profile) -> None:
    assert await replica.revoke_all(user, replace(user, disabled=True))
    disabled = await replica.users.get(user.user_id)
    assert disabled.disabled
    with pytest.raises(PermissionDenied) as refusal:
        await replica.sessions.start(disabled)
    assert refusal.value.reason == "ACCOUNT_DISABLED"


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"disabled": True}, "ACCOUNT_DISABLED"), ({"password_hash": b"another"}, "BAD_CREDENTIALS")],
    ids=["disabled", "another password"],
)
async def test_no_concurrent_sign_in_escapes_a_change_of_the_user(
    replicas: list[Replica], user: Profile, change: dict[str, Any], reason: str
) -> None:
    """The sign-in reads a profile that is outdated when its session begins."""
    for _ in range(3):
        await replicas[0].sessions.start(user)
    late = [replicas[number % 2].sessions.start(user) for number in range(8)]
    after = replace(user, **change)
    _, *reasons = await asyncio.gather(replicas[1].revoke_all(user, after), *(outcome(sign_in) for sign_in in late))
    assert set(reasons) <= {"", reason}
    assert await replicas[0].sessions.live(user.user_id) == []
    assert await outcome(replicas[0].sessions.start(user)) == reason


async def test_a_change_of_the_name_does_not_refuse_sign_ins(replica: Replica, user: Profile) -> None:
    assert await replica.users.replace(user, replace(user, first_name="Eve"))
    assert await outcome(replica.sessions.start(user)) == ""


async def test_a_refreshed_token_has_the_current_role(replica: Replica, sessions: Sessions, user: Profile) -> None:
    tokens = await sessions.start(user)
    assert await replica.users.replace(user, replace(user, role=Role.ADMIN))
    access = (await sessions.refresh(tokens.refresh)).access
    assert jwt.decode(access, options={"verify_signature": False})["role"] == "admin"


async def test_a_profile_without_the_disabled_field_is_enabled(
    replica: Replica, user: Profile, client: Client, users_table: str
) -> None:
    key = {"pk": f"USER#{user.user_id}", "sk": "PROFILE"}
    item = await client.get_item(users_table, key)
    await client.put_item(users_table, {name: value for name, value in item.items() if name != "disabled"})
    before = await replica.users.get(user.user_id)
    assert not before.disabled
    assert await outcome(replica.sessions.start(before)) == ""


async def test_revocations_are_read_since_a_given_time(
    client: Client, users_table: str, make_sessions: MakeSessions, user: Profile
) -> None:
    now = datetime(2031, 5, 1, 12, 0, 30, tzinfo=UTC)
    sessions = make_sessions(client, lambda: now)
    stamps = []
    for _ in range(4):
        tokens = await sessions.start(user)
        session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
        await sessions.log_out(user.user_id, session_id)
        stamps.append((session_id, int(now.timestamp() * 1000)))
        now += timedelta(seconds=50)
    for first in range(4):
        feed = await sessions.revocations(stamps[first][1])
        assert dict(feed.revoked) == dict(stamps[first:])
        assert feed.position == int(now.timestamp() * 1000)
    now += timedelta(seconds=880)
    assert set((await sessions.revocations(0)).revoked) == {session for session, _ in stamps[3:]}
    now += timedelta(seconds=60)
    assert (await sessions.revocations(0)).revoked == {}


async def test_sign_ins_while_a_user_is_repeatedly_disabled_leave_no_session(
    replicas: list[Replica], user: Profile
) -> None:
    async def toggle() -> None:
        for _ in range(10):
            before = await replicas[1].users.get(user.user_id)
            await replicas[1].revoke_all(before, replace(before, disabled=not before.disabled))

    async def sign_in() -> None:
        for _ in range(10):
            before = await replicas[0].users.get(user.user_id)
            with contextlib.suppress(PermissionDenied):
                await replicas[0].sessions.start(before)

    await asyncio.gather(toggle(), sign_in(), sign_in())
    now = await replicas[0].users.get(user.user_id)
    assert await replicas[1].revoke_all(now, replace(now, disabled=True))
    assert await replicas[0].sessions.live(user.user_id) == []
