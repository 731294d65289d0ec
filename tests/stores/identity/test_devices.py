"""During an attack the owner can sign in at unknown addresses if a refresh token proves that the device is known."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace

import pytest

from services.user.identity.domain import Profile
from services.user.identity.usecases import Identity
from services.user.sessions.usecases import Sessions
from tests.stores.outcomes import outcome

from .people import HOME, PASSWORD, Clock, MakeRegistration, anywhere


async def attack_from_everywhere(identity: Identity, username: str) -> None:
    """Spends the budget for attempts from unknown places."""
    for n in range(100):
        if await outcome(identity.login(username, f"{PASSWORD} {n}", anywhere())) == "RATE_LIMITED":
            return


@pytest.fixture
def frozen(identity: Identity, clock: Clock) -> Identity:
    """Returns use cases whose clock stands still, so that the budget does not recover."""
    return replace(identity, throttle=replace(identity.throttle, now=clock))


@pytest.fixture
async def profile(frozen: Identity, make_registration: MakeRegistration) -> Profile:
    return await frozen.register(make_registration(), PASSWORD, HOME)


async def test_a_token_of_an_earlier_session_lets_the_owner_in_at_an_unknown_address(
    frozen: Identity, sessions: Sessions, profile: Profile
) -> None:
    first = await frozen.login(profile.username, PASSWORD, anywhere())
    second = await sessions.refresh(first.refresh)
    await sessions.log_out(profile.user_id, sessions.refresh_tokens.open(second.refresh).session_id)
    await attack_from_everywhere(frozen, profile.username)
    assert await outcome(frozen.login(profile.username, PASSWORD, anywhere())) == "RATE_LIMITED"
    for earlier in (first.refresh, second.refresh):
        assert await outcome(frozen.login(profile.username, PASSWORD, anywhere(), earlier)) == ""
        assert await outcome(frozen.login(profile.username.upper(), PASSWORD, anywhere(), earlier)) == ""


async def test_presenting_a_token_does_not_use_it_up(frozen: Identity, sessions: Sessions, profile: Profile) -> None:
    tokens = await frozen.login(profile.username, PASSWORD, HOME)
    await frozen.login(profile.username, PASSWORD, HOME, tokens.refresh)
    assert await sessions.refresh(tokens.refresh)


async def test_only_a_genuine_token_of_that_user_makes_a_device_known(
    frozen: Identity, profile: Profile, make_registration: MakeRegistration
) -> None:
    other = await frozen.register(make_registration(), PASSWORD, HOME)
    others, own = [(await frozen.login(one.username, PASSWORD, HOME)).refresh for one in (other, profile)]
    await attack_from_everywhere(frozen, profile.username)
    for earlier in (others, own[:-2], own + "x", "garbage", ""):
        assert await outcome(frozen.login(profile.username, PASSWORD, anywhere(), earlier)) == "RATE_LIMITED"
    assert await outcome(frozen.login(f"x{profile.username}", PASSWORD, anywhere(), own)) == "BAD_CREDENTIALS"


async def test_attempts_on_a_known_device_are_limited(frozen: Identity, profile: Profile) -> None:
    own = (await frozen.login(profile.username, PASSWORD, HOME)).refresh
    await attack_from_everywhere(frozen, profile.username)
    outcomes = [await outcome(frozen.login(profile.username, f"{PASSWORD} {n}", anywhere(), own)) for n in range(12)]
    assert outcomes == ["BAD_CREDENTIALS"] * 2 + ["RATE_LIMITED"] * 10
    assert await outcome(frozen.login(profile.username, PASSWORD, HOME)) == "", "the address must have its own reserve"


async def test_a_known_device_gets_in_behind_an_address_that_must_wait(frozen: Identity, profile: Profile) -> None:
    own = (await frozen.login(profile.username, PASSWORD, HOME)).refresh
    limited_address = anywhere()
    for _ in range(10):
        logins = (frozen.login(str(uuid.uuid4()), PASSWORD, limited_address) for _ in range(10))
        await asyncio.gather(*logins, return_exceptions=True)
    assert await outcome(frozen.login(profile.username, PASSWORD, limited_address)) == "RATE_LIMITED"
    assert await outcome(frozen.login(profile.username, f"{PASSWORD}x", limited_address, own)) == "RATE_LIMITED"
    assert await outcome(frozen.login(profile.username, PASSWORD, limited_address, own)) == ""


async def test_a_signed_in_user_can_change_the_password_during_an_attack(
    frozen: Identity, sessions: Sessions, profile: Profile
) -> None:
    tokens = await frozen.login(profile.username, PASSWORD, HOME)
    session_id = sessions.refresh_tokens.open(tokens.refresh).session_id
    await attack_from_everywhere(frozen, profile.username)
    new = "another horse battery"
    assert await outcome(frozen.change_password(profile.user_id, PASSWORD, new, anywhere())) == "RATE_LIMITED"
    assert (
        await outcome(frozen.change_password(profile.user_id, PASSWORD, new, anywhere(), session_id=session_id)) == ""
    )
    assert await outcome(frozen.login(profile.username, new, anywhere(), tokens.refresh)) == ""
