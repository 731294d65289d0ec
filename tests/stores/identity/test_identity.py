from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

import bcrypt
import pytest

from services.auth.tokens import TokenVerifier
from services.common.rpc.errors import AlreadyExists, InvalidArgument, NotFound, Unauthenticated
from services.user.audit.domain import Event
from services.user.identity.passwords import Passwords
from services.user.identity.usecases import Identity
from services.user.sessions.signing import SigningKeys

from .counted import CountCalls
from .people import HOME, PASSWORD, AuditEvents, MakeRegistration, outcomes


async def test_a_registered_user_can_sign_in_and_is_named_by_the_token(
    identity: Identity, keys: SigningKeys, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    verifier = TokenVerifier(keys, "https://cnop.local", "cnop")
    for name in (profile.username, profile.username.upper()):
        principal = await verifier.verify(f"Bearer {(await identity.login(name, PASSWORD, HOME)).access}")
        assert (principal.user_id, principal.role) == (profile.user_id, "customer")
    assert await identity.profile(profile.user_id) == profile


async def test_an_unknown_user_and_a_wrong_password_are_refused_alike(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    answers = []
    for name, password in [
        (profile.username, PASSWORD + "x"),
        (profile.username, "x" * 200),
        ("nobody-of-this-name", PASSWORD),
        (profile.email, PASSWORD),
        ("\x00#", PASSWORD),
    ]:
        with pytest.raises(Unauthenticated) as refusal:
            await identity.login(name, password, HOME)
        answers.append((refusal.value.reason, refusal.value.message, refusal.value.metadata))
    assert set(map(str, answers)) == {
        str(("BAD_CREDENTIALS", "the username or the password is wrong; check both and try again", {}))
    }


async def test_an_unknown_user_costs_the_same_calls_and_hashes_as_a_wrong_password(
    identity: Identity, count_calls: CountCalls, make_registration: MakeRegistration
) -> None:
    counting = count_calls(identity)
    calls = counting.calls

    def counted_check(password: bytes, hashed: bytes) -> bool:
        calls.append(f"hash at cost {hashed[4:6].decode()}")
        return bcrypt.checkpw(password, hashed)

    passwords = Passwords(4, counted_check)
    throttle = replace(counting.identity.throttle, passwords=passwords)
    counted = replace(counting.identity, passwords=passwords, throttle=throttle)
    await counted.trail.write(counted.trail.prepare("somebody", Event.SIGN_IN))  # creates the item of the day
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    attempts = []
    for name in (profile.username, profile.username + "x"):
        for wrong in (PASSWORD, PASSWORD + "x", "x" * 200, "x\0"):
            calls.clear()
            with suppress(Unauthenticated):
                await counted.login(name, wrong, HOME)
            if wrong != PASSWORD or name != profile.username:
                attempts.append(sorted(calls))
    passwords.close()
    assert len(attempts) == 7
    assert attempts[0].count("hash at cost 04") == 1
    assert all(one == attempts[0] for one in attempts[1:]), attempts


async def test_a_replay_gets_the_first_response_from_any_replica(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    registration = make_registration()
    first = await replicas[0].register(registration, PASSWORD, HOME)
    for replica in replicas:
        assert await replica.register(registration, PASSWORD, HOME) == first


async def test_concurrent_replays_register_one_user(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    registration = make_registration()
    answers = await asyncio.gather(*(replicas[n % 2].register(registration, PASSWORD, HOME) for n in range(8)))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize(
    "change",
    [
        {"email": "other@example.org"},
        {"first_name": "Eve"},
        {"phone": "+14155550100"},
        {"marketing_emails_consent": True},
    ],
    ids=str,
)
async def test_a_request_id_with_another_body_is_refused(
    identity: Identity, make_registration: MakeRegistration, change: dict[str, Any]
) -> None:
    registration = make_registration()
    await identity.register(registration, PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.register(replace(registration, **change), PASSWORD, HOME)
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"


async def test_a_replay_must_carry_the_same_password(identity: Identity, make_registration: MakeRegistration) -> None:
    registration = make_registration()
    await identity.register(registration, PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.register(registration, PASSWORD + "x", HOME)
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"


async def test_another_request_for_a_taken_name_or_address_is_refused_and_logged(
    identity: Identity, make_registration: MakeRegistration, caplog: pytest.LogCaptureFixture
) -> None:
    first = make_registration(request_id="r-1")
    await identity.register(first, PASSWORD, HOME)
    for other, reason in (
        (replace(first, request_id="r-2"), "USERNAME_TAKEN"),
        (make_registration(email=first.email.upper()), "EMAIL_TAKEN"),
    ):
        caplog.clear()
        with caplog.at_level(logging.INFO, "cnop.audit"), pytest.raises(AlreadyExists) as refusal:
            await identity.register(other, PASSWORD, HOME)
        assert refusal.value.reason == reason
        [line] = caplog.records
        logged = vars(line)
        assert (logged["event"], logged["outcome"], logged["user_id"]) == ("REGISTRATION", reason, "")


async def test_a_replay_is_recognized_after_the_profile_has_changed(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    registration = make_registration()
    first = await identity.register(registration, PASSWORD, HOME)
    await identity.update(first.user_id, {"first_name": "Eve"})
    assert (await identity.register(registration, PASSWORD, HOME)).user_id == first.user_id


@pytest.mark.parametrize("password", ["password1234", "aaaaaaaaaaaa"])
async def test_a_common_password_registers_nobody(
    identity: Identity, make_registration: MakeRegistration, password: str
) -> None:
    registration = make_registration()
    with pytest.raises(InvalidArgument) as refusal:
        await identity.register(registration, password, HOME)
    assert [field for field, _ in refusal.value.violations] == ["password"]
    assert await identity.profiles.find(registration.username) is None


async def test_an_update_changes_only_the_named_fields(identity: Identity, make_registration: MakeRegistration) -> None:
    before = await identity.register(make_registration(phone="+14155550100"), PASSWORD, HOME)
    await identity.update(before.user_id, {"phone": "", "marketing_emails_consent": True})
    after = await identity.profile(before.user_id)
    assert (after.phone, after.marketing_emails_consent) == ("", True)
    assert after.updated_at > before.updated_at
    reverted = replace(
        after, phone=before.phone, marketing_emails_consent=False, updated_at=before.updated_at, version=1
    )
    assert reverted == before
    assert await identity.login(before.username, PASSWORD, HOME)


async def test_concurrent_changes_of_different_fields_all_stay(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    before = await replicas[0].register(make_registration(), PASSWORD, HOME)
    changes: list[dict[str, str | bool]] = [{"first_name": "Eve"}, {"last_name": "Adams"}, {"phone": "+14155550101"}]
    await asyncio.gather(*(replicas[n % 2].update(before.user_id, change) for n, change in enumerate(changes)))
    after = await replicas[0].profile(before.user_id)
    assert (after.first_name, after.last_name, after.phone) == ("Eve", "Adams", "+14155550101")


async def test_the_address_of_another_user_is_refused(
    identity: Identity, make_registration: MakeRegistration, audit_events: AuditEvents
) -> None:
    one = await identity.register(make_registration(), PASSWORD, HOME)
    other = await identity.register(make_registration(), PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.update(one.user_id, {"email": other.email}, PASSWORD, HOME)
    assert refusal.value.reason == "EMAIL_TAKEN"
    assert ("PROFILE_CHANGE", "EMAIL_TAKEN") in outcomes(await audit_events(one.user_id))


async def test_an_unknown_user_is_not_found(identity: Identity) -> None:
    with pytest.raises(NotFound) as refusal:
        await identity.profile("nobody")
    assert refusal.value.reason == "USER_NOT_FOUND"
    with pytest.raises(NotFound):
        await identity.update("nobody", {"first_name": "Eve"})
