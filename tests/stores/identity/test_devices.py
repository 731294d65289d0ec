"""While others guess, the owner gets in at new addresses too, when his device shows that it is his."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from services.common.rpc.errors import ServiceError
from services.user.identity.domain import Profile
from services.user.identity.usecases import Identity
from services.user.sessions.domain import End

from .people import HOME, PASSWORD, Clock, MakeRegistration, anywhere


async def outcome(call: Awaitable[object]) -> str:
    """How a call ends: the reason, "" for success."""
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""


async def guess_from_everywhere(identity: Identity, username: str) -> None:
    """Spends what there is for wrong passwords from anywhere."""
    for n in range(100):
        if await outcome(identity.login(username, f"{PASSWORD} {n}", anywhere())) == "RATE_LIMITED":
            return


@pytest.fixture
def still(identity: Identity, clock: Clock) -> Identity:
    """Where no time goes by, so that no tries come back."""
    return replace(identity, throttle=replace(identity.throttle, now=clock))


@pytest.fixture
async def profile(still: Identity, make_registration: MakeRegistration) -> Profile:
    return await still.register(make_registration(), PASSWORD, HOME)


async def test_a_token_of_an_earlier_session_lets_the_owner_in_where_he_never_was(
    still: Identity, profile: Profile
) -> None:
    first = await still.login(profile.username, PASSWORD, anywhere())
    second = await still.sessions.refresh(first.refresh)
    session_id = still.sessions.refresh_tokens.open(second.refresh).session_id
    await still.sessions.end(profile.user_id, session_id, End.LOGOUT)
    await guess_from_everywhere(still, profile.username)
    assert await outcome(still.login(profile.username, PASSWORD, anywhere())) == "RATE_LIMITED"
    for earlier in (first.refresh, second.refresh):
        assert await outcome(still.login(profile.username, PASSWORD, anywhere(), earlier)) == ""
        assert await outcome(still.login(profile.username.upper(), PASSWORD, anywhere(), earlier)) == ""


async def test_a_token_that_was_shown_is_as_good_as_before(still: Identity, profile: Profile) -> None:
    tokens = await still.login(profile.username, PASSWORD, HOME)
    await still.login(profile.username, PASSWORD, HOME, tokens.refresh)
    assert await still.sessions.refresh(tokens.refresh)


async def test_only_a_genuine_token_of_that_user_shows_a_device(
    still: Identity, profile: Profile, make_registration: MakeRegistration
) -> None:
    other = await still.register(make_registration(), PASSWORD, HOME)
    others, own = [(await still.login(one.username, PASSWORD, HOME)).refresh for one in (other, profile)]
    await guess_from_everywhere(still, profile.username)
    for earlier in (others, own[:-2], own + "x", "garbage", ""):
        assert await outcome(still.login(profile.username, PASSWORD, anywhere(), earlier)) == "RATE_LIMITED"
    assert await outcome(still.login(f"x{profile.username}", PASSWORD, anywhere(), own)) == "BAD_CREDENTIALS"


async def test_a_device_does_not_open_without_the_password_and_its_guesses_are_bounded(
    still: Identity, profile: Profile
) -> None:
    own = (await still.login(profile.username, PASSWORD, HOME)).refresh
    await guess_from_everywhere(still, profile.username)
    told = [await outcome(still.login(profile.username, f"{PASSWORD} {n}", anywhere(), own)) for n in range(12)]
    assert told == ["BAD_CREDENTIALS"] * 2 + ["RATE_LIMITED"] * 10
    assert await outcome(still.login(profile.username, PASSWORD, HOME)) == "", "his address has a reserve of its own"


async def test_a_device_gets_in_behind_an_address_from_which_too_much_was_guessed(
    still: Identity, profile: Profile
) -> None:
    own = (await still.login(profile.username, PASSWORD, HOME)).refresh
    crowded = anywhere()
    for _ in range(10):
        tries = (still.login(str(uuid.uuid4()), PASSWORD, crowded) for _ in range(10))
        await asyncio.gather(*tries, return_exceptions=True)
    assert await outcome(still.login(profile.username, PASSWORD, crowded)) == "RATE_LIMITED"
    assert await outcome(still.login(profile.username, f"{PASSWORD}x", crowded, own)) == "RATE_LIMITED"
    assert await outcome(still.login(profile.username, PASSWORD, crowded, own)) == ""


async def test_who_is_signed_in_changes_the_password_while_others_guess(still: Identity, profile: Profile) -> None:
    tokens = await still.login(profile.username, PASSWORD, HOME)
    session_id = still.sessions.refresh_tokens.open(tokens.refresh).session_id
    await guess_from_everywhere(still, profile.username)
    new = "another horse battery"
    assert await outcome(still.change_password(profile.user_id, PASSWORD, new, anywhere())) == "RATE_LIMITED"
    assert await outcome(still.change_password(profile.user_id, PASSWORD, new, anywhere(), session_id=session_id)) == ""
    assert await outcome(still.login(profile.username, new, anywhere(), tokens.refresh)) == ""
