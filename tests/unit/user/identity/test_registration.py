from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from services.common.rpc.errors import AlreadyExists, InvalidArgument
from tests.unit.user.identity.world import ELSEWHERE, HOME, PASSWORD, World, make_registration


async def refused(world: World, username: str, email: str, request_id: str = "r-2") -> str:
    """Returns the reason why a registration is refused."""
    with pytest.raises(AlreadyExists) as refusal:
        await world.identity.register(make_registration(username, email, request_id), PASSWORD, ELSEWHERE)
    return refusal.value.reason


async def test_a_user_gets_an_account_and_an_audit_event(world: World) -> None:
    profile = await world.user()
    assert await world.profiles.get(profile.user_id) == profile
    assert world.accounts.opened == {profile.user_id: world.clock.time}
    assert world.records.outcomes(profile.user_id) == [("REGISTRATION", "DONE")]


async def test_the_password_is_stored_as_a_hash(world: World) -> None:
    profile = await world.user()
    assert PASSWORD.encode() not in profile.password_hash
    assert await world.identity.passwords.verify(PASSWORD, profile.password_hash)


async def test_a_taken_username_is_refused_in_any_case_and_changes_nothing(world: World) -> None:
    first = await world.user()
    assert await refused(world, "ALICE", "other@example.org") == "USERNAME_TAKEN"
    assert list(world.profiles.by_id) == list(world.accounts.opened) == [first.user_id]
    assert len(world.records.stored) == 1


async def test_a_taken_address_is_refused_in_any_case_and_changes_nothing(world: World) -> None:
    first = await world.user()
    assert await refused(world, "bob", "Alice@Example.org") == "EMAIL_TAKEN"
    assert list(world.profiles.by_id) == list(world.accounts.opened) == [first.user_id]
    assert len(world.records.stored) == 1


async def test_a_refusal_is_logged_without_the_id_of_the_user_who_has_the_name(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.user()
    with caplog.at_level(logging.INFO, "cnop.audit"):
        await refused(world, "alice", "other@example.org")
    [line] = caplog.records
    logged = vars(line)
    assert (logged["event"], logged["outcome"], logged["user_id"]) == ("REGISTRATION", "USERNAME_TAKEN", "")


async def test_a_replay_gets_the_first_response_and_has_no_effect(world: World) -> None:
    first = await world.user()
    assert await world.user() == first
    assert len(world.profiles.by_id) == len(world.accounts.opened) == len(world.records.stored) == 1


async def test_a_replay_gets_the_first_response_after_the_profile_has_changed(world: World) -> None:
    first = await world.user()
    world.profiles.change(first.user_id, first_name="Eve")
    assert (await world.user()).user_id == first.user_id


async def test_a_replay_with_another_body_is_refused(world: World) -> None:
    await world.user()
    other = replace(make_registration(), first_name="Eve")
    with pytest.raises(AlreadyExists) as refusal:
        await world.identity.register(other, PASSWORD, HOME)
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"


async def test_a_replay_with_another_password_is_refused_and_recorded(world: World) -> None:
    first = await world.user()
    with pytest.raises(AlreadyExists) as refusal:
        await world.identity.register(make_registration(), PASSWORD + "x", HOME)
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert world.records.outcomes(first.user_id)[1:] == [("REGISTRATION", "IDEMPOTENCY_KEY_REUSED")]


async def test_a_lost_response_to_the_write_is_no_refusal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.database.lost_responses = 1
    with caplog.at_level(logging.INFO, "cnop.audit"):
        profile = await world.user()
    assert list(world.profiles.by_id) == [profile.user_id]
    assert [vars(line)["outcome"] for line in caplog.records] == ["DONE"]
    assert [history.known_addresses for history in world.attempts.histories.values()], "the address must be known"


async def test_names_and_telephone_number_are_stored_in_their_form_and_a_replay_gets_them(world: World) -> None:
    registration = replace(make_registration(), first_name=" Ann ", last_name="'t  Hooft", phone="0041 44 668 18 00")
    first = await world.identity.register(registration, PASSWORD, HOME)
    assert (first.first_name, first.last_name, first.phone) == ("Ann", "'t Hooft", "+41446681800")
    assert await world.identity.register(registration, PASSWORD, HOME) == first


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "044 668 18 00"), ("date_of_birth", "2020-01-01"), ("date_of_birth", "2013-03-02")]
)
async def test_a_national_number_or_a_child_is_refused_before_any_work(world: World, field: str, value: str) -> None:
    details = {field: value}
    with pytest.raises(InvalidArgument) as refusal:
        await world.identity.register(replace(make_registration(), **details), PASSWORD, HOME)
    assert [name for name, _ in refusal.value.violations] == [field]
    assert not world.profiles.by_id


@pytest.mark.parametrize("password", ["password1234", "aaaaaaaaaaaa", "the house of alice"])
async def test_a_bad_password_registers_nobody(world: World, password: str) -> None:
    with pytest.raises(InvalidArgument) as refusal:
        await world.identity.register(make_registration(), password, HOME)
    assert [field for field, _ in refusal.value.violations] == ["password"]
    assert not world.profiles.by_id
