"""Sessions in cookies over fakes: the grace for the previous token, and the attacks on it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.common.rpc import call
from services.common.rpc.errors import ServiceError
from services.user.identity.domain import Profile
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import REPEATS_MAX, Cookie, RevocationReason, Session, Tokens
from services.user.sessions.refresh_tokens import RefreshTokens, Successors
from tests.unit.user.fakes import during
from tests.unit.user.sessions.world import World


@pytest.fixture
async def first(world: World, user: Profile) -> Tokens:
    return await world.sessions.start(user, Cookie.UNTIL_CLOSED)


async def refreshed(world: World, tokens: Tokens) -> Tokens:
    return await world.sessions.refresh(tokens.refresh, by_cookie=True)


async def reason(world: World, tokens: Tokens | str, *, by_cookie: bool = True) -> str:
    text = tokens if isinstance(tokens, str) else tokens.refresh
    try:
        await world.sessions.refresh(text, by_cookie=by_cookie)
    except ServiceError as refused:
        return refused.reason
    return ""


def stored(world: World) -> Session:
    [session] = world.store.by_id.values()
    return session


async def test_the_previous_cookie_gets_the_same_successor_again(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    world.clock.advance(seconds=30)
    assert (await refreshed(world, first)).refresh == second.refresh
    third = await refreshed(world, second)
    assert len({first.refresh, second.refresh, third.refresh}) == 3


async def test_each_repetition_is_in_the_audit_trail_with_its_number_and_its_client(
    world: World, user: Profile, first: Tokens
) -> None:
    await refreshed(world, first)
    for n in range(2):
        current = call.Call("r", float("inf"), client_address=f"203.0.113.{n}")
        await during(current, lambda: refreshed(world, first))
    assert world.records.outcomes(user.user_id)[1:] == [
        ("TOKEN_REFRESH", "DONE"), ("TOKEN_REFRESH_REPEATED", "DONE"), ("TOKEN_REFRESH_REPEATED", "DONE"),
    ]  # fmt: skip
    repeated = [one for one in world.records.stored.values() if one.event == "TOKEN_REFRESH_REPEATED"]
    session_id = stored(world).session_id
    assert [one.facts for one in repeated] == [{"session": session_id, "number": n} for n in ("1", "2")]
    assert [one.client_address for one in repeated] == ["203.0.113.0", "203.0.113.1"]


async def test_a_repetition_does_not_show_as_a_use_and_extends_nothing(world: World, first: Tokens) -> None:
    await refreshed(world, first)
    before = stored(world)
    world.clock.advance(seconds=20)
    await refreshed(world, first)
    assert stored(world) == replace(before, repeats=1)
    world.clock.advance(seconds=11)
    assert await reason(world, first) == "REFRESH_TOKEN_REUSED"


async def test_the_sixth_repetition_ends_the_session(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    for _ in range(REPEATS_MAX):
        assert (await refreshed(world, first)).refresh == second.refresh
    assert await reason(world, first) == "REFRESH_TOKEN_REUSED"
    assert await reason(world, second) == "SESSION_ENDED"
    assert stored(world).revoked is RevocationReason.REUSED
    assert world.published == [stored(world).session_id]


async def test_the_next_cookie_has_a_grace_of_its_own(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    for _ in range(REPEATS_MAX):
        await refreshed(world, first)
    third = await refreshed(world, second)
    for _ in range(REPEATS_MAX):
        assert (await refreshed(world, second)).refresh == third.refresh


async def test_a_thief_with_the_previous_cookie_ends_the_session_after_the_grace(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    world.clock.advance(seconds=30.001)
    assert await reason(world, first) == "REFRESH_TOKEN_REUSED"
    assert await reason(world, second) == "SESSION_ENDED"


async def test_a_thief_within_the_grace_is_noticed_when_either_goes_on(world: World, first: Tokens) -> None:
    await refreshed(world, first)
    stolen = await refreshed(world, first)
    owned = await refreshed(world, stolen)  # the owner has the same cookie as the thief
    world.clock.advance(seconds=900)
    assert await reason(world, stolen) == "REFRESH_TOKEN_REUSED"
    assert await reason(world, owned) == "SESSION_ENDED"


async def test_the_cookie_before_the_previous_one_ends_the_session_even_within_the_grace(
    world: World, first: Tokens
) -> None:
    second = await refreshed(world, first)
    third = await refreshed(world, second)
    assert await reason(world, first) == "REFRESH_TOKEN_REUSED"
    assert await reason(world, third) == "SESSION_ENDED"


async def test_concurrent_refreshes_with_one_cookie_all_get_one_successor_and_all_but_one_count(
    world: World, user: Profile, first: Tokens
) -> None:
    made = await asyncio.gather(*(refreshed(world, first) for _ in range(1 + REPEATS_MAX)))
    assert len({tokens.refresh for tokens in made}) == 1
    assert stored(world).repeats == REPEATS_MAX
    assert await reason(world, first) == "REFRESH_TOKEN_REUSED"


async def test_more_concurrent_refreshes_than_the_grace_allows_end_the_session(world: World, first: Tokens) -> None:
    reasons = await asyncio.gather(*(reason(world, first) for _ in range(20)))
    assert reasons.count("") == 1 + REPEATS_MAX
    assert set(reasons) == {"", "REFRESH_TOKEN_REUSED", "SESSION_ENDED"}
    assert stored(world).revoked is RevocationReason.REUSED


async def test_a_write_whose_answer_is_lost_counts_as_a_repetition(world: World, user: Profile, first: Tokens) -> None:
    world.database.lost_responses = 1
    second = await refreshed(world, first)
    assert stored(world).repeats == 1
    assert await reason(world, second) == ""


async def test_the_keys_of_the_server_alone_make_no_cookie_that_is_good(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    session = stored(world)
    successors = Successors(b"another key")  # that of the service, like the one that seals
    made = [
        refresh_tokens.make(session.user_id, session.session_id, session.generation - 1),
        replace(refresh_tokens.make(session.user_id, session.session_id, 0), secret=session.previous_hash),
    ]
    for before in made:
        forged = world.sessions.refresh_tokens.seal(successors.of(before))
        assert forged != second.refresh
        copy = replace(session)
        assert await reason(world, forged) == "REFRESH_TOKEN_REUSED", "it ends the session and gives nothing"
        world.store.by_id[session.session_id] = copy
    assert await reason(world, second) == ""


async def test_a_cookie_alone_does_not_show_its_successor(world: World, first: Tokens) -> None:
    second = await refreshed(world, first)
    opened = world.sessions.refresh_tokens.open
    assert Successors(b"a guess").of(opened(first.refresh)) != opened(second.refresh)
    assert Successors(b"another key").of(opened(first.refresh)) == opened(second.refresh)


async def test_a_successor_of_another_key_is_unavailable_and_neither_given_nor_the_end(
    world: World, first: Tokens
) -> None:
    second = await refreshed(world, first)
    before = stored(world)
    world.sessions = replace(world.sessions, successors=Successors(b"of another replica"))
    assert await reason(world, first) == "SUCCESSOR_UNKNOWN"
    assert stored(world) == before
    assert await reason(world, second) == ""


@pytest.mark.parametrize(("behind", "expected"), [(30, ""), (31, "REFRESH_TOKEN_REUSED")])
async def test_a_replica_whose_clock_is_behind_still_knows_the_grace(
    world: World, first: Tokens, behind: int, expected: str
) -> None:
    await refreshed(world, first)
    world.clock.time -= timedelta(seconds=behind)
    assert await reason(world, first) == expected


async def test_a_cookie_is_not_good_in_a_body_nor_a_token_of_a_program_in_a_cookie(world: World, user: Profile) -> None:
    in_cookie = await world.sessions.start(user, Cookie.UNTIL_EXPIRY)
    of_program = await world.sessions.start(user)
    assert await reason(world, in_cookie, by_cookie=False) == "REFRESH_TOKEN_INVALID"
    assert await reason(world, of_program, by_cookie=True) == "REFRESH_TOKEN_INVALID"
    await world.sessions.log_out_by_cookie(of_program.refresh)
    assert await reason(world, in_cookie) == ""
    assert await reason(world, of_program, by_cookie=False) == ""


async def test_a_program_has_no_grace_by_either_way(world: World, user: Profile) -> None:
    for by_cookie, expected in ((True, "REFRESH_TOKEN_INVALID"), (False, "REFRESH_TOKEN_REUSED")):
        tokens = await world.sessions.start(user)
        await world.sessions.refresh(tokens.refresh)
        assert await reason(world, tokens, by_cookie=by_cookie) == expected


@pytest.mark.parametrize(("cookie", "seconds"), [(Cookie.UNTIL_EXPIRY, 30 * 86400), (Cookie.UNTIL_CLOSED, None)])
async def test_only_a_remembered_cookie_outlives_the_browser_and_at_most_the_session(
    world: World, user: Profile, cookie: Cookie, seconds: int | None
) -> None:
    tokens = await world.sessions.start(user, cookie)
    assert tokens.kept_seconds == seconds
    world.clock.advance(seconds=100)
    assert (await refreshed(world, tokens)).kept_seconds == (seconds and seconds - 100)


@pytest.mark.parametrize("age", [0, 1])
async def test_the_cookie_of_a_logout_may_be_the_current_or_the_previous_one(
    world: World, first: Tokens, age: int
) -> None:
    held = [first, await refreshed(world, first)]
    world.clock.advance(seconds=3600)
    await world.sessions.log_out_by_cookie(held[1 - age].refresh)
    assert stored(world).revoked is RevocationReason.LOGOUT
    assert world.published == [stored(world).session_id]


async def test_a_logout_by_an_older_cookie_ends_the_session_as_reused(world: World, first: Tokens) -> None:
    await refreshed(world, await refreshed(world, first))
    await world.sessions.log_out_by_cookie(first.refresh)
    assert stored(world).revoked is RevocationReason.REUSED


async def test_a_logout_by_a_forged_or_ended_cookie_does_nothing(world: World, user: Profile, first: Tokens) -> None:
    forged = RefreshTokens(b"a guess").seal(world.sessions.refresh_tokens.open(first.refresh))
    await world.sessions.log_out_by_cookie(forged)
    await world.sessions.log_out_by_cookie("garbage")
    assert stored(world).revoked is None
    for _ in range(2):
        await world.sessions.log_out_by_cookie(first.refresh)
    assert world.records.outcomes(user.user_id)[1:] == [("LOGOUT", "DONE")]


async def test_the_list_shows_when_a_cookie_was_used_only_to_a_quarter_of_an_hour(world: World, user: Profile) -> None:
    world.clock.advance(seconds=7)
    mine = await world.sessions.start(user, Cookie.UNTIL_CLOSED)
    [session] = await world.sessions.live(user.user_id)
    assert session.last_used_about == session.created_at, "never before it began"
    world.clock.advance(seconds=1000)
    await refreshed(world, mine)
    [session] = await world.sessions.live(user.user_id)
    assert (session.last_used_about.minute, session.last_used_about.second) == (15, 0)
    assert session.last_used_about < session.last_used_at


async def test_the_order_of_the_list_does_not_show_which_cookie_was_used_last(world: World, user: Profile) -> None:
    sessions = [await world.sessions.start(user, Cookie.UNTIL_CLOSED) for _ in range(2)]
    world.clock.advance(seconds=1000)
    orders = set()
    for at in (0, 1, 0, 1):
        sessions[at] = await refreshed(world, sessions[at])
        world.clock.advance(seconds=1)
        if at:
            orders.add(tuple(one.session_id for one in await world.sessions.live(user.user_id)))
    sessions[0] = await refreshed(world, sessions[0])
    orders.add(tuple(one.session_id for one in await world.sessions.live(user.user_id)))
    assert len(orders) == 1
