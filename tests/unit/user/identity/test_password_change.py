from __future__ import annotations

from collections.abc import Callable

import pytest

from services.common.rpc.errors import InvalidArgument, ResourceExhausted, Unauthenticated
from services.user.identity.domain import Profile
from services.user.sessions.domain import RevocationReason
from tests.unit.user.identity.world import HOME, PASSWORD, World

NEW = "another horse battery"


async def change(world: World, profile: Profile, current: str = PASSWORD, new: str = NEW) -> None:
    await world.identity.change_password(profile.user_id, current, new, HOME)


async def has_password(world: World, profile: Profile, password: str) -> bool:
    """Tells whether this is the current password of the user."""
    return await world.identity.passwords.verify(password, world.profiles.by_id[profile.user_id].password_hash)


async def test_a_change_revokes_all_sessions_and_is_recorded(world: World) -> None:
    profile = await world.user()
    commits = world.database.commits
    await change(world, profile)
    assert await has_password(world, profile, NEW)
    assert world.sessions.revoked == [(profile.user_id, RevocationReason.PASSWORD_CHANGED)]
    assert world.records.outcomes(profile.user_id)[1:] == [("PASSWORD_CHANGE", "DONE")]
    assert world.database.commits == commits + 1, "the change must be one unit of work"


async def test_a_wrong_current_password_is_refused_and_recorded(world: World) -> None:
    profile = await world.user()
    with pytest.raises(Unauthenticated) as refusal:
        await change(world, profile, current="wrong")
    assert refusal.value.reason == "BAD_CREDENTIALS"
    assert await has_password(world, profile, PASSWORD)
    assert world.sessions.revoked == []
    assert world.records.outcomes(profile.user_id)[1:] == [("PASSWORD_CHANGE", "BAD_CREDENTIALS")]


@pytest.mark.parametrize("new", ["password1234", "the house of alice"])
async def test_a_bad_new_password_is_refused_before_the_current_one_is_checked(world: World, new: str) -> None:
    profile = await world.user()
    world.check.count = 0
    with pytest.raises(InvalidArgument) as refusal:
        await change(world, profile, new=new)
    assert [field for field, _ in refusal.value.violations] == ["new_password"]
    assert world.check.count == 0


async def test_the_current_password_is_no_new_one(world: World) -> None:
    profile = await world.user()
    with pytest.raises(InvalidArgument, match="new_password must differ from the current password"):
        await change(world, profile, new=PASSWORD)
    assert world.profiles.by_id[profile.user_id] == profile
    assert world.sessions.revoked == []


async def test_wrong_current_passwords_are_limited_like_those_of_a_sign_in(world: World) -> None:
    profile = await world.user()
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            await change(world, profile, current="wrong")
    with pytest.raises(ResourceExhausted):
        await change(world, profile)
    assert world.records.outcomes(profile.user_id)[-1] == ("PASSWORD_CHANGE", "RATE_LIMITED")


def name_changes(world: World, profile: Profile) -> None:
    world.profiles.change(profile.user_id, first_name="Eve")


def session_begins(world: World, profile: Profile) -> None:
    world.sessions.version += 1


@pytest.mark.parametrize("event", [name_changes, session_begins])
async def test_a_conflict_is_retried(world: World, event: Callable[[World, Profile], None]) -> None:
    profile = await world.user()
    world.database.meanwhile = [lambda: event(world, profile)] * 3
    await change(world, profile)
    assert await has_password(world, profile, NEW)
    assert len(world.sessions.revoked) == 1
    assert world.records.outcomes(profile.user_id)[1:] == [("PASSWORD_CHANGE", "DONE")]
    if event is name_changes:
        assert world.profiles.by_id[profile.user_id].first_name == "Eve", "the concurrent change must stay"


async def test_a_concurrently_changed_password_is_not_overwritten(world: World) -> None:
    profile = await world.user()
    world.database.meanwhile = [lambda: world.profiles.change(profile.user_id, password_hash=b"of somebody faster")]
    with pytest.raises(Unauthenticated) as refusal:
        await change(world, profile)
    assert refusal.value.reason == "BAD_CREDENTIALS"
    assert world.profiles.by_id[profile.user_id].password_hash == b"of somebody faster"
    assert world.sessions.revoked == []
    assert world.records.outcomes(profile.user_id)[1:] == [("PASSWORD_CHANGE", "BAD_CREDENTIALS")]


async def test_a_lost_answer_to_the_write_is_no_conflict(world: World, caplog: pytest.LogCaptureFixture) -> None:
    profile = await world.user()
    world.database.lost_responses = 1
    with caplog.at_level("INFO", "cnop.audit"):
        await change(world, profile)
    assert await has_password(world, profile, NEW)
    assert len(world.sessions.revoked) == 1
    assert [vars(line)["outcome"] for line in caplog.records] == ["DONE"]
