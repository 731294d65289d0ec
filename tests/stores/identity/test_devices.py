"""During an attack the owner gets in at unknown addresses too, if a refresh token shows that the device is known."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from services.common.rpc.errors import ServiceError
from services.user.identity.domain import Profile
from services.user.identity.usecases import Identity
from services.user.sessions.usecases import Sessions

from .people import HOME, PASSWORD, Clock, MakeRegistration, anywhere


async def outcome(call: Awaitable[object]) -> str:
    """Returns the reason why a call is refused, "" if it is not."""
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""


async def attack_from_everywhere(identity: Identity, username: str) -> None:
    """Spends the budget for attempts from anywhere."""
    for n in range(100):
        if await outcome(identity.login(username, f"{PASSWORD} {n}", anywhere())) == "RATE_LIMITED":
            return


@pytest.fixture
def still(identity: Identity, clock: Clock) -> Identity:
    """Returns use cases for which time stands still, so that no attempts come back."""
    return replace(identity, throttle=replace(identity.throttle, now=clock))


@pytest.fixture
async def profile(still: Identity, make_registration: MakeRegistration) -> Profile:
    return await still.register(make_registration(), PASSWORD, HOME)


async def test_a_token_of_an_earlier_session_lets_the_owner_in_at_an_unknown_address(
    still: Identity, sessions: Sessions, profile: Profile
) -> None:
    first = await still.login(profile.username, PASSWORD, anywhere())
    second = await sessions.refresh(first.refresh)
    await sessions.log_out(profile.user_id, sessions.refresh_tokens.open(second.refresh).session_id)
    await attack_from_everywhere(still, profile.username)
    assert await outcome(still.login(profile.username, PASSWORD, anywhere())) == "RATE_LIMITED"
    for earlier in (first.refresh, second.refresh):
        assert await outcome(still.login(profile.username, PASSWORD, anywhere(), earlier)) == ""
        assert await outcome(still.login(profile.username.upper(), PASSWORD, anywhere(), earlier)) == ""


async def test_showing_a_token_does_not_use_it_up(still: Identity, sessions: Sessions, profile: Profile) -> None:
    tokens = await still.login(profile.username, PASSWORD, HOME)
    await still.login(profile.username, PASSWORD, HOME, tokens.refresh)
    assert await sessions.refresh(tokens.refresh)


async def test_only_a_genuine_token_of_that_user_makes_a_device_known(
    still: Identity, profile: Profile, make_registration: MakeRegistration
) -> None:
    other = await still.register(make_registration(), PASSWORD, HOME)
    others, own = [(await still.login(one.username, PASSWORD, HOME)).refresh for one in (other, profile)]
    await attack_from_everywhere(still, profile.username)
    for earlier in (others, own[:-2], own + "x", "garbage", ""):
        assert await outcome(still.login(profile.username, PASSWORD, anywhere(), earlier)) == "RATE_LIMITED"
    assert await outcome(still.login(f"x{profile.username}", PASSWORD, anywhere(), own)) == "BAD_CREDENTIALS"


async def test_attempts_on_a_known_device_are_limited_too(still: Identity, profile: Profile) -> None:
    own = (await still.login(profile.username, PASSWORD, HOME)).refresh
    await attack_from_everywhere(still, profile.username)
    told = [await outcome(still.login(profile.username, f"{PASSWORD} {n}", anywhere(), own)) for n in range(12)]
    assert told == ["BAD_CREDENTIALS"] * 2 + ["RATE_LIMITED"] * 10
    assert await outcome(still.login(profile.username, PASSWORD, HOME)) == "", "the address has its own reserve"


async def test_a_known_device_gets_in_behind_an_address_that_must_wait(still: Identity, profile: Profile) -> None:
    own = (await still.login(profile.username, PASSWORD, HOME)).refresh
    crowded = anywhere()
    for _ in range(10):
        tries = (still.login(str(uuid.uuid4()), PASSWORD, crowded) for _ in range(10))
        await asyncio.gather(*tries, return_exceptions=True)
    assert await outcome(still.login(profile.username, PASSWORD, crowded)) == "RATE_LIMITED"
    assert await outcome(still.login(profile.username, f"{PASSWORD}x", crowded, own)) == "RATE_LIMITED"
    assert await outcome(still.login(profile.username, PASSWORD, crowded, own)) == ""


async def test_a_signed_in_user_can_change_the_password_during_an_attack(
    still: Identity, sessions: Sessions, profile: Profile
) -> None:
    tokens = await still.login(profile.username, PASSWORD, HOME)
    session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
    await attack_from_everywhere(still, profile.username)
    new = "another horse battery"
    assert await outcome(still.change_password(profile.user_id, PASSWORD, new, anywhere())) == "RATE_LIMITED"
    assert await outcome(still.change_password(profile.user_id, PASSWORD, new, anywhere(), session_id=session_id)) == ""
    assert await outcome(still.login(profile.username, new, anywhere(), tokens.refresh)) == ""
