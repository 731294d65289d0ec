"""The session use cases over fakes."""

from __future__ import annotations

from dataclasses import replace

import jwt
import pytest

from services.common.rpc import call
from services.common.rpc.errors import NotFound, ResourceExhausted, ServiceError, Unauthenticated, Unavailable
from services.common.unit_of_work import Conflict, retry_on_conflict
from services.user.identity.domain import Profile, Role
from services.user.sessions.domain import SESSIONS_MAX, RevocationReason, SessionRef, Tokens
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshTokens
from tests.unit.user.fakes import during, make_profile
from tests.unit.user.sessions.world import World


def claims(tokens: Tokens) -> dict[str, object]:
    return dict(jwt.decode(tokens.access, options={"verify_signature": False}))


async def test_a_session_begins_with_its_device_and_an_audit_event(world: World, user: Profile) -> None:
    current = call.Call("r", float("inf"), client_address="192.0.2.7", user_agent="a browser")
    tokens = await during(current, lambda: world.sessions.start(user))
    session = world.session_of(tokens)
    assert (session.user_id, session.device, session.address) == (user.user_id, "a browser", "192.0.2.7")
    assert (session.expires_at - world.clock.time).days == 30
    assert (claims(tokens)["sub"], claims(tokens)["sid"]) == (user.user_id, session.session_id)
    assert world.records.outcomes(user.user_id) == [("SIGN_IN", "DONE")]
    assert world.database.commits == 1


async def test_a_concurrently_begun_session_is_a_conflict_that_is_retried(world: World, user: Profile) -> None:
    def another_begins() -> None:
        world.store.versions[user.user_id] = world.store.versions.get(user.user_id, 0) + 1

    world.database.meanwhile = [another_begins] * 3
    tokens = await world.sessions.start(user)
    assert list(world.store.by_id) == [world.session_of(tokens).session_id]
    assert world.records.outcomes(user.user_id) == [("SIGN_IN", "DONE")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"disabled": True}, "ACCOUNT_DISABLED"), ({"password_hash": b"another"}, "BAD_CREDENTIALS")],
    ids=["disabled", "another password"],
)
async def test_no_session_begins_if_the_user_changes_concurrently(
    world: World, user: Profile, change: dict[str, object], reason: str
) -> None:
    world.database.meanwhile = [lambda: world.users.change(user.user_id, **change)]
    with pytest.raises(ServiceError) as refusal:
        await world.sessions.start(user)
    assert refusal.value.reason == reason
    assert world.store.by_id == {}
    assert world.records.stored == {}


async def test_a_disabled_user_cannot_begin_a_session(world: World) -> None:
    with pytest.raises(ServiceError) as refusal:
        await world.sessions.start(make_profile(disabled=True))
    assert refusal.value.reason == "ACCOUNT_DISABLED"


async def test_a_lost_response_to_the_beginning_leaves_one_session(
    world: World, user: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    world.database.lost_responses = 1
    with caplog.at_level("INFO", "cnop.audit"):
        tokens = await world.sessions.start(user)
    assert list(world.store.by_id) == [world.session_of(tokens).session_id]
    assert [vars(line)["event"] for line in caplog.records] == ["SIGN_IN"]


async def test_a_session_too_many_replaces_the_least_recently_used(world: World, user: Profile) -> None:
    begun = []
    for _ in range(SESSIONS_MAX):
        begun.append(world.session_of(await world.sessions.start(user)))
        world.clock.advance(seconds=1)
    await world.sessions.start(user)
    oldest = begun[0].session_id
    assert oldest not in world.store.by_id
    assert len(await world.sessions.live(user.user_id)) == SESSIONS_MAX
    assert world.store.revoked == world.published == [oldest]
    revoked = [record.facts for record in world.records.stored.values() if record.event == "SESSION_REVOKED"]
    assert revoked == [{"session": oldest, "why": "TOO_MANY"}]


async def test_ended_sessions_are_deleted_when_the_next_begins(world: World, user: Profile) -> None:
    ended = world.session_of(await world.sessions.start(user))
    await world.sessions.log_out(user.user_id, ended.session_id)
    tokens = await world.sessions.start(user)
    assert list(world.store.by_id) == [world.session_of(tokens).session_id]


async def test_live_sessions_are_listed_by_their_last_use(world: World, user: Profile) -> None:
    first = await world.sessions.start(user)
    world.clock.advance(seconds=1)
    second = await world.sessions.start(user)
    world.clock.advance(seconds=1)
    await world.sessions.refresh(first.refresh)
    listed = await world.sessions.live(user.user_id)
    assert [one.session_id for one in listed] == [world.session_of(one).session_id for one in (first, second)]
    world.clock.advance(days=31)
    assert await world.sessions.live(user.user_id) == []


async def test_a_refresh_gives_new_tokens_of_the_same_session(world: World, user: Profile) -> None:
    first = await world.sessions.start(user)
    world.users.change(user.user_id, role=Role.ADMIN)
    second = await world.sessions.refresh(first.refresh)
    assert second.refresh != first.refresh
    assert world.session_of(second).session_id == world.session_of(first).session_id
    assert (claims(first)["role"], claims(second)["role"]) == ("customer", "admin")
    assert world.records.outcomes(user.user_id) == [("SIGN_IN", "DONE"), ("TOKEN_REFRESH", "DONE")]


async def test_a_used_refresh_token_revokes_the_session_for_both(world: World, user: Profile) -> None:
    first = await world.sessions.start(user)
    second = await world.sessions.refresh(first.refresh)
    session_id = world.session_of(second).session_id
    assert await world.reason(first.refresh) == "REFRESH_TOKEN_REUSED"
    assert await world.reason(second.refresh) == "SESSION_ENDED"
    assert world.store.by_id[session_id].revoked is RevocationReason.REUSED
    assert world.published == [session_id]
    reuse = [one for one in world.records.stored.values() if one.event == "TOKEN_REUSE_DETECTED"]
    assert [(one.outcome, one.actor_id) for one in reuse] == [("DONE", "")]


async def test_a_concurrent_refresh_with_the_same_token_is_reuse(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    before = world.session_of(tokens)

    def another_refreshes() -> None:
        after = before.refreshed(b"of another client", "203.0.113.1", world.clock.time)
        world.store.by_id[before.session_id] = after

    world.database.meanwhile = [another_refreshes]
    assert await world.reason(tokens.refresh) == "REFRESH_TOKEN_REUSED"
    assert world.store.by_id[before.session_id].revoked is RevocationReason.REUSED


async def test_a_concurrent_change_that_keeps_the_token_can_be_retried(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    before = world.session_of(tokens)
    moved = replace(before, address="203.0.113.1")
    world.database.meanwhile = [lambda: world.store.by_id.update({before.session_id: moved})]
    with pytest.raises(Unavailable) as refusal:
        await world.sessions.refresh(tokens.refresh)
    assert refusal.value.reason == "CONTENTION"
    assert await world.reason(tokens.refresh) == ""


async def test_a_concurrently_revoked_session_is_not_refreshed(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    session = world.session_of(tokens)
    revoked = replace(session, revoked=RevocationReason.LOGOUT)
    world.database.meanwhile = [lambda: world.store.by_id.update({session.session_id: revoked})]
    assert await world.reason(tokens.refresh) == "SESSION_ENDED"


async def test_a_lost_response_to_a_refresh_is_no_reuse(
    world: World, user: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    first = await world.sessions.start(user)
    world.database.lost_responses = 1
    with caplog.at_level("INFO", "cnop.audit"):
        second = await world.sessions.refresh(first.refresh)
    assert [vars(line)["event"] for line in caplog.records] == ["TOKEN_REFRESH"]
    assert await world.reason(second.refresh) == ""


async def test_a_forged_token_revokes_nothing_and_is_only_logged(
    world: World, user: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await world.sessions.start(user)
    forged = RefreshTokens(b"another key").seal(world.sessions.refresh_tokens.open(tokens.refresh))
    with caplog.at_level("INFO", "cnop.audit"):
        for token in (forged, "garbage", tokens.refresh[:-2]):
            assert await world.reason(token) == "REFRESH_TOKEN_INVALID"
            assert world.sessions.issued_to(token) is None
    assert [vars(line)["user_id"] for line in caplog.records] == [""] * 3
    assert len(world.records.stored) == 1
    assert await world.reason(tokens.refresh) == ""


async def test_a_refused_refresh_is_recorded_once_an_hour(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    await world.sessions.log_out(user.user_id, world.session_of(tokens).session_id)
    for _ in range(3):
        assert await world.reason(tokens.refresh) == "SESSION_ENDED"
    assert world.records.outcomes(user.user_id)[2:] == [("TOKEN_REFRESH", "SESSION_ENDED")]


async def test_a_refresh_too_many_is_refused_before_any_read_and_keeps_the_token(
    world: World, user: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await world.sessions.start(user)
    for _ in range(30):
        tokens = await world.sessions.refresh(tokens.refresh)
    before = world.session_of(tokens)
    unread = replace(world.sessions, store=None)  # type: ignore[arg-type]  # any use of it fails
    with caplog.at_level("INFO", "cnop.audit"), pytest.raises(ResourceExhausted) as refusal:
        await unread.refresh(tokens.refresh)
    assert refusal.value.metadata == {"retry_after_seconds": "2"}
    assert [vars(line)["outcome"] for line in caplog.records] == ["RATE_LIMITED"]
    assert world.session_of(tokens) == before
    world.sessions = replace(world.sessions, refresh_limit=RefreshLimit(30, lambda: 2.0))
    assert await world.sessions.refresh(tokens.refresh)


async def test_a_forged_token_does_not_count_for_a_session(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    forged = RefreshTokens(b"another key").seal(world.sessions.refresh_tokens.open(tokens.refresh))
    for _ in range(31):
        assert await world.reason(forged) == "REFRESH_TOKEN_INVALID"
    assert await world.sessions.refresh(tokens.refresh)


async def test_a_disabled_user_cannot_refresh(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    world.users.change(user.user_id, disabled=True)
    assert await world.reason(tokens.refresh) == "ACCOUNT_DISABLED"


async def test_a_logout_revokes_the_session_once(world: World, user: Profile) -> None:
    session = world.session_of(await world.sessions.start(user))
    for _ in range(2):
        await world.sessions.log_out(user.user_id, session.session_id)
    assert world.store.by_id[session.session_id].revoked is RevocationReason.LOGOUT
    assert world.published == [session.session_id]
    assert world.records.outcomes(user.user_id) == [("SIGN_IN", "DONE"), ("LOGOUT", "DONE")]


async def test_a_session_that_is_revoked_twice_concurrently_is_revoked(world: World, user: Profile) -> None:
    session = world.session_of(await world.sessions.start(user))
    revoked = replace(session, revoked=RevocationReason.REVOKED)
    world.database.meanwhile = [lambda: world.store.by_id.update({session.session_id: revoked})]
    await world.sessions.log_out(user.user_id, session.session_id)
    assert world.published == [session.session_id], "other services may not know the revocation yet"
    assert world.records.outcomes(user.user_id) == [("SIGN_IN", "DONE")], "the other caller has recorded it"


async def test_a_session_of_another_user_is_not_found_and_the_attempt_is_recorded(world: World, user: Profile) -> None:
    session = world.session_of(await world.sessions.start(user))
    stranger = make_profile("bob")
    for _ in range(2):
        with pytest.raises(NotFound) as refusal:
            await world.sessions.revoke(stranger.user_id, session.session_id)
        assert refusal.value.reason == "SESSION_NOT_FOUND"
    assert world.store.by_id[session.session_id] == session
    assert world.records.outcomes(stranger.user_id) == [("SESSION_REVOKED", "SESSION_NOT_FOUND")]


async def test_all_sessions_are_revoked_and_published_with_the_commit(world: World, user: Profile) -> None:
    begun = [world.session_of(await world.sessions.start(user)).session_id for _ in range(3)]
    tx = world.database.begin()
    await world.sessions.revoke_all(tx, user.user_id, RevocationReason.DISABLED)
    assert len(await world.sessions.live(user.user_id)) == 3
    assert world.published == []
    await tx.commit()
    assert await world.sessions.live(user.user_id) == []
    assert sorted(world.published) == sorted(world.store.revoked) == sorted(begun)


async def test_no_concurrent_session_escapes_the_revocation_of_all(world: World, user: Profile) -> None:
    await world.sessions.start(user)
    late = world.session_of(await world.sessions.start(user))
    del world.store.by_id[late.session_id]

    def late_begins() -> None:
        world.store.by_id[late.session_id] = late
        world.store.versions[user.user_id] += 1

    world.database.meanwhile = [late_begins]
    tx = world.database.begin()
    await world.sessions.revoke_all(tx, user.user_id, RevocationReason.DISABLED)
    with pytest.raises(Conflict):
        await tx.commit()
    assert world.published == []

    async def again() -> None:
        tx = world.database.begin()
        await world.sessions.revoke_all(tx, user.user_id, RevocationReason.DISABLED)
        await tx.commit()

    await retry_on_conflict(again)
    assert await world.sessions.live(user.user_id) == []
    assert late.session_id in world.published


async def test_a_used_refresh_token_still_names_its_session(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    await world.sessions.refresh(tokens.refresh)
    session_id = world.session_of(tokens).session_id
    assert world.sessions.issued_to(tokens.refresh) == SessionRef(user.user_id, session_id)


async def test_tokens_do_not_appear_in_logs(world: World, user: Profile) -> None:
    tokens = await world.sessions.start(user)
    assert tokens.refresh not in repr(tokens)
    assert tokens.access not in repr(tokens)
    with pytest.raises(Unauthenticated) as refusal:
        await world.sessions.refresh("not a token")
    assert "not a token" not in refusal.value.message
