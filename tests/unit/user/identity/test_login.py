from __future__ import annotations

import logging
import unicodedata
from dataclasses import replace

import bcrypt
import pytest

from services.common.rpc.errors import PermissionDenied, ResourceExhausted, Unauthenticated
from services.user.sessions.domain import SessionRef
from tests.keyboards import full_width
from tests.unit.user.identity.world import ELSEWHERE, HOME, PASSWORD, World


async def wrong(world: World, username: str, password: str = "wrong") -> tuple[str, str]:  # noqa: S107
    """Returns the reason and the message of a refused sign-in."""
    with pytest.raises(Unauthenticated) as refusal:
        await world.identity.login(username, password, ELSEWHERE)
    return refusal.value.reason, refusal.value.message


async def limited(world: World, username: str) -> str:
    """Returns the seconds after which a limited sign-in may be retried."""
    with pytest.raises(ResourceExhausted) as refusal:
        await world.identity.login(username, PASSWORD, ELSEWHERE)
    assert refusal.value.reason == "RATE_LIMITED"
    return refusal.value.metadata["retry_after_seconds"]


@pytest.mark.parametrize("username", ["alice", "ALICE"])
async def test_the_right_password_begins_a_session(world: World, username: str) -> None:
    profile = await world.user()
    tokens = await world.identity.login(username, PASSWORD, ELSEWHERE)
    assert tokens.access == "access of alice"
    assert world.sessions.begun == [profile]


@pytest.mark.parametrize("username", [full_width("alice"), full_width("A") + "lice"])
async def test_a_name_typed_in_full_width_letters_is_the_same_name(world: World, username: str) -> None:
    profile = await world.user()
    await world.identity.login(username, PASSWORD, ELSEWHERE)
    assert world.sessions.begun == [profile]
    assert len(world.attempts.histories) == 1, "both must count as attempts on one account"


DECOMPOSED = "correct horse cafe\u0301"
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)


async def older_user(world: World) -> str:
    """Registers a user whose password was hashed as it was typed. Returns the user id."""
    profile = await world.user()
    world.profiles.change(profile.user_id, password_hash=bcrypt.hashpw(DECOMPOSED.encode(), bcrypt.gensalt(4)))
    return profile.user_id


async def test_an_older_password_opens_its_account_and_then_on_every_keyboard(world: World) -> None:
    user_id = await older_user(world)
    await wrong(world, "alice", COMPOSED)
    await world.identity.login("alice", DECOMPOSED, HOME)
    assert world.sessions.begun[-1].password_hash == world.profiles.by_id[user_id].password_hash
    stored = world.profiles.by_id[user_id]
    for typed in (COMPOSED, DECOMPOSED):
        await world.identity.login("alice", typed, HOME)
    assert world.profiles.by_id[user_id] == stored, "a current hash must not be replaced"
    assert world.sessions.revoked == []


async def test_a_concurrent_change_stays_when_an_older_hash_is_replaced(world: World) -> None:
    user_id = await older_user(world)
    before = world.profiles.by_id[user_id].password_hash
    world.database.meanwhile = [lambda: world.profiles.change(user_id, first_name="Eve")]
    await world.identity.login("alice", DECOMPOSED, HOME)
    after = world.profiles.by_id[user_id]
    assert (after.first_name, after.password_hash) == ("Eve", before)


async def test_a_lost_answer_to_the_new_hash_is_no_refusal(world: World) -> None:
    user_id = await older_user(world)
    world.database.lost_responses = 1
    await world.identity.login("alice", DECOMPOSED, HOME)
    assert world.sessions.begun[-1].password_hash == world.profiles.by_id[user_id].password_hash


async def test_a_wrong_password_is_refused_and_recorded(world: World) -> None:
    profile = await world.user()
    assert (await wrong(world, "alice"))[0] == "BAD_CREDENTIALS"
    assert world.sessions.begun == []
    [_, record] = world.records.stored.values()
    assert (record.user_id, record.event, record.outcome) == (profile.user_id, "SIGN_IN", "BAD_CREDENTIALS")
    assert record.actor_id == "", "the actor must be unknown"


async def test_an_unknown_name_is_refused_and_recorded_like_a_wrong_password(world: World) -> None:
    await world.user()
    assert await wrong(world, "nobody-has-this-name") == await wrong(world, "alice")
    [_, unknown, known] = world.records.stored.values()
    assert (unknown.user_id, unknown.subject, unknown.outcome) == ("", "nobody", known.outcome)


@pytest.mark.parametrize("password", ["wrong", PASSWORD, "x" * 200, "x\0"], ids=["wrong", "right", "long", "nul"])
async def test_an_unknown_name_takes_one_check_like_a_wrong_password(world: World, password: str) -> None:
    await world.user()
    checks = []
    for username, attempted in (("alice", "wrong"), ("nobody-has-this-name", password)):
        world.check.count = 0
        await wrong(world, username, attempted)
        checks.append(world.check.count)
    assert checks == [1, 1]


@pytest.mark.parametrize(
    "refusal",
    [PermissionDenied("ACCOUNT_DISABLED", "disabled"), Unauthenticated("BAD_CREDENTIALS", "changed meanwhile")],
    ids=["disabled", "the password has changed meanwhile"],
)
async def test_a_session_that_is_refused_after_the_right_password_is_recorded(
    world: World, refusal: PermissionDenied | Unauthenticated
) -> None:
    profile = await world.user()
    world.sessions.refusal = refusal
    with pytest.raises(type(refusal)):
        await world.identity.login("alice", PASSWORD, HOME)
    assert world.records.outcomes(profile.user_id)[1:] == [("SIGN_IN", refusal.reason)]


async def test_too_many_wrong_passwords_make_the_next_attempt_wait(world: World) -> None:
    await world.user()
    for _ in range(5):
        await wrong(world, "alice")
    world.check.count = 0
    assert await limited(world, "alice") == "1"
    assert world.check.count == 0, "the password must not be compared"
    world.clock.advance(seconds=1)
    assert await world.identity.login("alice", PASSWORD, ELSEWHERE)


async def test_the_owner_gets_in_at_a_known_address_meanwhile(world: World) -> None:
    await world.user()
    for _ in range(5):
        await wrong(world, "alice")
    assert await limited(world, "alice")
    assert await world.identity.login("alice", PASSWORD, HOME)


async def test_an_unknown_name_must_wait_like_a_known_one(world: World) -> None:
    await world.user()
    for username in ("alice", "nobody-has-this-name"):
        for _ in range(5):
            await wrong(world, username)
    assert await limited(world, "alice") == await limited(world, "nobody-has-this-name") == "1"


async def test_the_first_refusal_after_a_wrong_password_is_recorded_and_all_are_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    profile = await world.user()
    for _ in range(5):
        await wrong(world, "alice")
    with caplog.at_level(logging.INFO, "cnop.audit"):
        for _ in range(3):
            await limited(world, "alice")
    assert world.records.outcomes(profile.user_id).count(("SIGN_IN", "RATE_LIMITED")) == 1
    logged = [(vars(line)["outcome"], vars(line)["user_id"]) for line in caplog.records]
    assert logged == [("RATE_LIMITED", profile.user_id), ("RATE_LIMITED", ""), ("RATE_LIMITED", "")]


async def test_a_token_of_an_earlier_session_of_the_user_makes_the_device_known(world: World) -> None:
    profile = await world.user()
    other = replace(profile, user_id="another user")
    world.sessions.issued = {
        "mine": SessionRef(profile.user_id, "s-1"),
        "another's": SessionRef(other.user_id, "s-2"),
    }
    for place in range(100):  # more than the budget of the account for unknown places
        try:
            await world.identity.login("alice", "wrong", f"203.0.113.{place}")
        except ResourceExhausted:
            break
        except Unauthenticated:
            pass
    for token in ("", "forged", "another's"):
        with pytest.raises(ResourceExhausted):
            await world.identity.login("alice", PASSWORD, ELSEWHERE, token)
    assert await world.identity.login("alice", PASSWORD, ELSEWHERE, "mine")
