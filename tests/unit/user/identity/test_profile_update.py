from __future__ import annotations

import time

import pytest

from services.common.rpc import call
from services.common.rpc.errors import (
    AlreadyExists,
    InvalidArgument,
    NotFound,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
)
from tests.unit.user.fakes import during
from tests.unit.user.identity.world import HOME, PASSWORD, World, make_registration


async def test_only_the_named_fields_change(world: World) -> None:
    profile = await world.user()
    world.clock.advance(hours=1)
    after = await world.identity.update(profile.user_id, {"phone": "+14155550100", "marketing_emails_consent": True})
    assert (after.phone, after.marketing_emails_consent, after.updated_at) == ("+14155550100", True, world.clock.time)
    assert (after.first_name, after.password_hash) == (profile.first_name, profile.password_hash)
    [_, record] = world.records.stored.values()
    assert (record.event, record.facts) == ("PROFILE_CHANGE", {"fields": "marketing_emails_consent phone"})


async def test_a_conflict_is_retried_and_both_changes_stay(world: World) -> None:
    profile = await world.user()
    world.database.meanwhile = [lambda: world.profiles.change(profile.user_id, first_name="Eve")] * 7
    await world.identity.update(profile.user_id, {"last_name": "Adams"})
    after = await world.identity.profile(profile.user_id)
    assert (after.first_name, after.last_name) == ("Eve", "Adams")
    assert world.records.outcomes(profile.user_id)[1:] == [("PROFILE_CHANGE", "DONE")]


async def test_endless_conflicts_end_at_the_deadline_of_the_call(world: World) -> None:
    profile = await world.user()
    world.database.meanwhile = [lambda: world.profiles.change(profile.user_id, first_name="Eve")] * 1000

    short_call = call.Call("r", time.monotonic() + 0.1)
    with pytest.raises(Unavailable) as refusal:
        await during(short_call, lambda: world.identity.update(profile.user_id, {"last_name": "Adams"}))
    assert refusal.value.reason == "CONTENTION"
    assert world.profiles.by_id[profile.user_id].last_name == profile.last_name


async def test_the_address_of_another_user_is_refused_and_recorded(world: World) -> None:
    profile = await world.user()
    await world.identity.register(make_registration("bob", "bob@example.org", "r-2"), PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await world.identity.update(profile.user_id, {"email": "Bob@example.org"}, PASSWORD, HOME)
    assert refusal.value.reason == "EMAIL_TAKEN"
    assert world.records.outcomes(profile.user_id)[1:] == [("PROFILE_CHANGE", "EMAIL_TAKEN")]


async def test_a_bad_date_of_birth_changes_nothing(world: World) -> None:
    profile = await world.user()
    with pytest.raises(InvalidArgument):
        await world.identity.update(profile.user_id, {"date_of_birth": "2025-02-29", "first_name": "Eve"})
    assert world.profiles.by_id[profile.user_id] == profile


async def test_names_and_telephone_number_are_stored_in_their_form(world: World) -> None:
    profile = await world.user()
    after = await world.identity.update(profile.user_id, {"last_name": "'t Hooft ", "phone": "00 1 (415) 555-0100"})
    assert (after.last_name, after.phone) == ("'t Hooft", "+14155550100")
    assert (await world.identity.update(profile.user_id, {"phone": ""})).phone == ""


NEW = "new@example.org"


async def test_another_address_needs_the_current_password(world: World) -> None:
    profile = await world.user()
    with pytest.raises(InvalidArgument) as refusal:
        await world.identity.update(profile.user_id, {"email": NEW, "first_name": "Eve"})
    assert [field for field, _ in refusal.value.violations] == ["current_password"]
    assert world.profiles.by_id[profile.user_id] == profile
    after = await world.identity.update(profile.user_id, {"email": NEW, "first_name": "Eve"}, PASSWORD, HOME)
    assert (after.email, after.first_name) == (NEW, "Eve")
    assert await world.identity.update(profile.user_id, {"email": NEW.upper()}), "case makes no other address"


async def test_a_password_is_not_checked_for_anything_else(world: World) -> None:
    profile = await world.user()
    world.check.count = 0
    await world.identity.update(profile.user_id, {"first_name": "Eve", "email": profile.email}, "wrong", HOME)
    assert world.check.count == 0


async def test_a_wrong_current_password_is_refused_and_recorded(world: World) -> None:
    profile = await world.user()
    with pytest.raises(Unauthenticated) as refusal:
        await world.identity.update(profile.user_id, {"email": NEW}, "wrong", HOME)
    assert refusal.value.reason == "BAD_CREDENTIALS"
    assert world.profiles.by_id[profile.user_id] == profile
    assert world.records.outcomes(profile.user_id)[1:] == [("PROFILE_CHANGE", "BAD_CREDENTIALS")]


async def test_wrong_current_passwords_are_limited_like_those_of_a_sign_in(world: World) -> None:
    profile = await world.user()
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            await world.identity.update(profile.user_id, {"email": NEW}, "wrong", HOME)
    for limited in (
        world.identity.update(profile.user_id, {"email": NEW}, PASSWORD, HOME),
        world.identity.login("alice", PASSWORD, HOME),
    ):
        with pytest.raises(ResourceExhausted):
            await limited
    assert ("PROFILE_CHANGE", "RATE_LIMITED") in world.records.outcomes(profile.user_id)


async def test_the_password_must_still_be_the_current_one_when_the_address_changes(world: World) -> None:
    profile = await world.user()
    world.database.meanwhile = [lambda: world.profiles.change(profile.user_id, password_hash=b"of somebody faster")]
    with pytest.raises(Unauthenticated) as refusal:
        await world.identity.update(profile.user_id, {"email": NEW}, PASSWORD, HOME)
    assert refusal.value.reason == "BAD_CREDENTIALS"
    assert world.profiles.by_id[profile.user_id].email == profile.email
    assert world.records.outcomes(profile.user_id)[1:] == [("PROFILE_CHANGE", "BAD_CREDENTIALS")]


async def test_an_unknown_user_is_not_found(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        await world.identity.update("nobody", {"first_name": "Eve"})
    assert refusal.value.reason == "USER_NOT_FOUND"
