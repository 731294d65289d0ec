from __future__ import annotations

import time

import pytest

from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, InvalidArgument, NotFound, Unavailable
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
        await world.identity.update(profile.user_id, {"email": "Bob@example.org"})
    assert refusal.value.reason == "EMAIL_TAKEN"
    assert world.records.outcomes(profile.user_id)[1:] == [("PROFILE_CHANGE", "EMAIL_TAKEN")]


async def test_a_bad_date_of_birth_changes_nothing(world: World) -> None:
    profile = await world.user()
    with pytest.raises(InvalidArgument):
        await world.identity.update(profile.user_id, {"date_of_birth": "2025-02-29", "first_name": "Eve"})
    assert world.profiles.by_id[profile.user_id] == profile


async def test_an_unknown_user_is_not_found(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        await world.identity.update("nobody", {"first_name": "Eve"})
    assert refusal.value.reason == "USER_NOT_FOUND"
