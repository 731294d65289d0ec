from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from aiodynamo.client import Client

from services.common.rpc import call
from services.common.rpc.errors import NotFound, PermissionDenied, ServiceError, Unauthenticated
from services.user.identity.domain import Profile, Role
from services.user.identity.store import ProfileStore
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import SESSIONS_MAX, End
from services.user.sessions.usecases import Sessions, Tokens

MakeSessions = Callable[..., Sessions]


@pytest.fixture
def replicas(clients: list[Client], make_sessions: MakeSessions) -> list[Sessions]:
    """Two replicas over one table."""
    return [make_sessions(client) for client in clients]


@pytest.fixture
def sessions(replicas: list[Sessions]) -> Sessions:
    return replicas[0]


@pytest.fixture
async def user(client: Client, users_table: str, make_profile: Callable[..., Profile]) -> Profile:
    profile = make_profile()
    await ProfileStore(client, users_table).add(profile)
    return profile


async def outcome(call: Awaitable[object]) -> str:
    """How a call ends: the reason, "" for success."""
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""


async def ended(sessions: Sessions) -> set[str]:
    """The sessions that other services are told have ended."""
    return set((await sessions.store._revocations.read(0)).revoked)  # noqa: SLF001 - the other end of the feed


async def test_a_sign_in_begins_a_session_that_knows_device_and_address(sessions: Sessions, user: Profile) -> None:
    call.enter(call.Call("r", 0.0, client_address="192.0.2.7", user_agent="a browser"))
    tokens = await sessions.begin(user)
    [session] = await sessions.of_user(user.user_id)
    assert (session.device, session.address) == ("a browser", "192.0.2.7")
    assert session.expires_at - session.created_at == timedelta(days=30)
    assert tokens.refresh not in repr(tokens)


async def test_the_table_holds_only_the_hash_of_a_refresh_token(
    sessions: Sessions, user: Profile, client: Client, users_table: str
) -> None:
    token = sessions.refresh_tokens.open((await sessions.begin(user)).refresh)
    held = [item async for item in client.scan(users_table)]
    assert not [item for item in held if token.secret in item.values()]
    assert [item for item in held if token.secret_hash in item.values()]


async def test_a_refresh_goes_on_with_the_session(sessions: Sessions, user: Profile) -> None:
    tokens = await sessions.begin(user)
    [before] = await sessions.of_user(user.user_id)
    for _ in range(3):
        tokens = await sessions.refresh(tokens.refresh)
    [after] = await sessions.of_user(user.user_id)
    assert after.last_used_at > before.last_used_at
    assert (after.session_id, after.expires_at, after.generation) == (before.session_id, before.expires_at, 3)


async def test_an_old_token_ends_the_session_for_everybody(replicas: list[Sessions], user: Profile) -> None:
    other = await replicas[0].begin(user)
    first = await replicas[0].begin(user)
    second = await replicas[1].refresh(first.refresh)
    assert await outcome(replicas[0].refresh(first.refresh)) == "REFRESH_TOKEN_REUSED"
    for tokens in (first, second):
        assert await outcome(replicas[1].refresh(tokens.refresh)) == "SESSION_ENDED"
    assert replicas[0].refresh_tokens.open(first.refresh).session_id in await ended(replicas[0])
    assert await outcome(replicas[0].refresh(other.refresh)) == "", "another session of the user goes on"


async def test_of_many_refreshes_with_one_token_at_most_one_wins_and_nothing_is_left(
    replicas: list[Sessions], user: Profile
) -> None:
    tokens = await replicas[0].begin(user)
    won: list[Tokens] = []

    async def refresh(number: int) -> str:
        try:
            won.append(await replicas[number % 2].refresh(tokens.refresh))
        except Unauthenticated as refusal:
            return refusal.reason
        return ""

    reasons = await asyncio.gather(*(refresh(number) for number in range(20)))
    assert reasons.count("") == len(won) <= 1
    assert set(reasons) <= {"", "REFRESH_TOKEN_REUSED", "SESSION_ENDED"}
    for winner in won:
        assert await outcome(replicas[0].refresh(winner.refresh)) == "SESSION_ENDED"
    assert replicas[0].refresh_tokens.open(tokens.refresh).session_id in await ended(replicas[0])


async def test_a_made_up_token_ends_nothing(sessions: Sessions, user: Profile, make_sessions: MakeSessions) -> None:
    tokens = await sessions.begin(user)
    token = sessions.refresh_tokens.open(tokens.refresh)
    forged = refresh_tokens.RefreshTokens(b"another key").seal(token)
    for text in (forged, "garbage", tokens.refresh[:-2]):
        assert await outcome(sessions.refresh(text)) == "REFRESH_TOKEN_INVALID"
    assert await outcome(sessions.refresh(tokens.refresh)) == ""


async def refusals(sessions: Sessions, user_id: str) -> list[tuple[str, dict[str, str]]]:
    """What the audit trail of a user says of refused refreshes, by nobody knows whom."""
    records, _ = await sessions.trail.store.of_user(user_id, "", None, 100)
    refused = [one for one in records if one.event == "TOKEN_REFRESH" and one.outcome != "DONE"]
    assert {one.actor_id for one in refused} <= {""}
    return [(one.outcome, dict(one.facts)) for one in refused]


async def test_a_refused_refresh_is_in_the_trail_of_the_user_whom_the_token_names(
    client: Client, users_table: str, sessions: Sessions, user: Profile
) -> None:
    gone, reused, kept = [await sessions.begin(user) for _ in range(3)]
    gone_id, kept_id = (sessions.refresh_tokens.open(one.refresh).session_id for one in (gone, kept))
    await sessions.end(user.user_id, gone_id, End.LOGOUT)
    await sessions.refresh(reused.refresh)
    store = ProfileStore(client, users_table)
    for _ in range(2):
        assert await outcome(sessions.refresh(gone.refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(reused.refresh)) == "REFRESH_TOKEN_REUSED"
    assert await store.replace(user, replace(user, disabled=True))
    assert await outcome(sessions.refresh(kept.refresh)) == "ACCOUNT_DISABLED"
    assert await refusals(sessions, user.user_id) == [
        ("ACCOUNT_DISABLED", {"session": kept_id}),
        ("SESSION_ENDED", {"session": gone_id}),
    ]


async def test_a_made_up_token_is_in_the_log_and_in_nobodys_trail(
    sessions: Sessions, user: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await sessions.begin(user)
    with caplog.at_level(logging.INFO, "cnop.audit"):
        assert await outcome(sessions.refresh(tokens.refresh[:-2])) == "REFRESH_TOKEN_INVALID"
    [line] = [record for record in caplog.records if record.name == "cnop.audit"]
    assert (line.event, line.outcome) == ("TOKEN_REFRESH", "REFRESH_TOKEN_INVALID")  # type: ignore[attr-defined]
    assert await refusals(sessions, user.user_id) == []


async def test_a_session_ends_after_its_days_however_often_it_is_refreshed(
    client: Client, make_sessions: MakeSessions, user: Profile
) -> None:
    now = datetime.now(UTC)
    sessions = make_sessions(client, lambda: now)
    tokens = await sessions.begin(user)
    now += timedelta(days=29, hours=23)
    tokens = await sessions.refresh(tokens.refresh)
    now += timedelta(hours=1)
    assert await outcome(sessions.refresh(tokens.refresh)) == "SESSION_ENDED"
    assert await sessions.of_user(user.user_id) == []


async def test_a_logout_ends_one_session_once(sessions: Sessions, user: Profile) -> None:
    tokens, other = await sessions.begin(user), await sessions.begin(user)
    session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
    await sessions.end(user.user_id, session_id, End.LOGOUT)
    assert await outcome(sessions.refresh(tokens.refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(other.refresh)) == ""
    with pytest.raises(NotFound):
        await sessions.end(user.user_id, session_id, End.LOGOUT)
    assert session_id in await ended(sessions)


async def test_the_session_of_another_user_is_not_there(
    sessions: Sessions, user: Profile, add_user: Callable[[], Awaitable[str]]
) -> None:
    session_id = sessions.refresh_tokens.open((await sessions.begin(user)).refresh).session_id
    stranger = await add_user()
    for _ in range(2):
        assert await outcome(sessions.revoke(stranger, session_id)) == "SESSION_NOT_FOUND"
    records, _ = await sessions.trail.store.of_user(stranger, "", None, 10)
    assert [(record.event, record.outcome) for record in records] == [("SESSION_REVOKED", "SESSION_NOT_FOUND")]
    assert await sessions.of_user(stranger) == []
    assert len(await sessions.of_user(user.user_id)) == 1


async def test_of_more_sessions_than_allowed_the_least_recently_used_goes(sessions: Sessions, user: Profile) -> None:
    begun = [await sessions.begin(user) for _ in range(SESSIONS_MAX)]
    begun[0] = await sessions.refresh(begun[0].refresh)
    await sessions.begin(user)
    assert len(await sessions.of_user(user.user_id)) == SESSIONS_MAX
    assert await outcome(sessions.refresh(begun[1].refresh)) == "SESSION_ENDED"
    assert await outcome(sessions.refresh(begun[0].refresh)) == ""
    gone = sessions.refresh_tokens.open(begun[1].refresh).session_id
    assert gone in await ended(sessions)
    trail, _ = await sessions.trail.store.of_user(user.user_id, "", None, 100)
    revoked = [record.facts for record in trail if record.event == "SESSION_REVOKED"]
    assert revoked == [{"session": gone, "why": "TOO_MANY"}]


async def test_sign_ins_at_once_keep_to_the_limit(replicas: list[Sessions], user: Profile) -> None:
    await asyncio.gather(*(replicas[number % 2].begin(user) for number in range(SESSIONS_MAX + 5)))
    assert len(await replicas[0].of_user(user.user_id)) == SESSIONS_MAX


async def test_sessions_that_have_ended_are_forgotten_at_the_next_sign_in(
    sessions: Sessions, user: Profile, client: Client, users_table: str
) -> None:
    for _ in range(3):
        session_id = sessions.refresh_tokens.open((await sessions.begin(user)).refresh).session_id
        await sessions.end(user.user_id, session_id, End.LOGOUT)
    await sessions.begin(user)
    assert len((await sessions.store.of_user(user.user_id)).sessions) == 1


async def test_a_change_of_the_profile_ends_all_sessions_with_it(sessions: Sessions, user: Profile) -> None:
    begun = [await sessions.begin(user) for _ in range(SESSIONS_MAX)]
    assert await sessions.end_all(user, replace(user, disabled=True), End.DISABLED)
    assert await sessions.of_user(user.user_id) == []
    known = await ended(sessions)
    assert all(sessions.refresh_tokens.open(tokens.refresh).session_id in known for tokens in begun)
    assert await outcome(sessions.refresh(begun[0].refresh)) == "ACCOUNT_DISABLED"
    assert not await sessions.end_all(user, replace(user, disabled=False), End.DISABLED), "the profile has changed"


async def test_who_has_no_session_can_be_disabled(sessions: Sessions, user: Profile) -> None:
    assert await sessions.end_all(user, replace(user, disabled=True), End.DISABLED)
    disabled = await sessions.profiles.get(user.user_id)
    assert disabled is not None
    assert disabled.disabled
    with pytest.raises(PermissionDenied) as refusal:
        await sessions.begin(disabled)
    assert refusal.value.reason == "ACCOUNT_DISABLED"


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"disabled": True}, "ACCOUNT_DISABLED"), ({"password_hash": b"another"}, "BAD_CREDENTIALS")],
    ids=["disabled", "another password"],
)
async def test_no_sign_in_slips_past_a_change_of_the_profile(
    replicas: list[Sessions], user: Profile, change: dict[str, object], reason: str
) -> None:
    """What a sign-in has read of the profile is old when it begins its session."""
    for _ in range(3):
        await replicas[0].begin(user)
    late = [replicas[number % 2].begin(user) for number in range(8)]
    after = replace(user, **change)  # type: ignore[arg-type]
    _, *reasons = await asyncio.gather(
        replicas[1].end_all(user, after, End.DISABLED), *(outcome(sign_in) for sign_in in late)
    )
    assert set(reasons) <= {"", reason}
    assert await replicas[0].of_user(user.user_id) == []
    assert await outcome(replicas[0].begin(user)) == reason


async def test_a_change_of_the_name_refuses_nobody(sessions: Sessions, user: Profile) -> None:
    assert await sessions.profiles.replace(user, replace(user, first_name="Eve"))
    assert await outcome(sessions.begin(user)) == ""


async def test_a_refreshed_token_has_the_role_of_now(sessions: Sessions, user: Profile) -> None:
    tokens = await sessions.begin(user)
    assert await sessions.profiles.replace(user, replace(user, role=Role.ADMIN))
    access = (await sessions.refresh(tokens.refresh)).access
    assert jwt.decode(access, options={"verify_signature": False})["role"] == "admin"


async def test_a_profile_of_before_there_were_disabled_users_is_enabled(
    sessions: Sessions, user: Profile, client: Client, users_table: str
) -> None:
    key = {"pk": f"USER#{user.user_id}", "sk": "PROFILE"}
    item = await client.get_item(users_table, key)
    await client.put_item(users_table, {name: value for name, value in item.items() if name != "disabled"})
    before = await sessions.profiles.get(user.user_id)
    assert before is not None
    assert not before.disabled
    assert await outcome(sessions.begin(before)) == ""


async def test_revocations_are_read_from_any_moment_on(
    client: Client, users_table: str, make_sessions: MakeSessions, user: Profile
) -> None:
    now = datetime(2031, 5, 1, 12, 0, 30, tzinfo=UTC)
    sessions = make_sessions(client, lambda: now)
    revocations, stamps = sessions.store._revocations, []  # noqa: SLF001
    for _ in range(4):
        tokens = await sessions.begin(user)
        session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
        await sessions.end(user.user_id, session_id, End.LOGOUT)
        stamps.append((session_id, int(now.timestamp() * 1000)))
        now += timedelta(seconds=50)
    for first in range(4):
        feed = await revocations.read(stamps[first][1])
        assert dict(feed.revoked) == dict(stamps[first:])
        assert feed.position == int(now.timestamp() * 1000)
    now += timedelta(seconds=880)
    assert set((await revocations.read(0)).revoked) == {session for session, _ in stamps[3:]}
    now += timedelta(seconds=60)
    assert (await revocations.read(0)).revoked == {}


async def test_a_sign_in_while_a_user_is_disabled_again_and_again_leaves_nothing_open(
    replicas: list[Sessions], user: Profile
) -> None:
    async def toggle() -> None:
        for _ in range(10):
            before = await replicas[1].profiles.get(user.user_id)
            assert before is not None
            await replicas[1].end_all(before, replace(before, disabled=not before.disabled), End.DISABLED)

    async def sign_in() -> None:
        for _ in range(10):
            before = await replicas[0].profiles.get(user.user_id)
            assert before is not None
            with contextlib.suppress(PermissionDenied):
                await replicas[0].begin(before)

    await asyncio.gather(toggle(), sign_in(), sign_in())
    now = await replicas[0].profiles.get(user.user_id)
    assert now is not None
    assert await replicas[1].end_all(now, replace(now, disabled=True), End.DISABLED)
    assert await replicas[0].of_user(user.user_id) == []
