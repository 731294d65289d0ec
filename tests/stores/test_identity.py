from __future__ import annotations

import asyncio
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address
from typing import Protocol

import bcrypt
import pytest
from aiodynamo.client import Client
from aiodynamo.http.types import Request, Response

from services.common import times
from services.common.errors import AlreadyExists, InvalidArgument, NotFound, ResourceExhausted, Unauthenticated
from services.common.tokens import TokenVerifier
from services.user.audit import AuditTrail, Event
from services.user.audit_store import AuditStore
from services.user.identity import Identity, Registration, check_date_of_birth
from services.user.passwords import Passwords
from services.user.profile_store import ProfileStore
from services.user.sessions import Sessions
from services.user.signing import SigningKeys
from services.user.throttle import Throttle
from services.user.throttle_store import ThrottleStore

PASSWORD = "correct horse battery"
HOME = "192.0.2.1"

MakeRegistration = Callable[..., Registration]


class Clock(Protocol):
    time: datetime

    def __call__(self) -> datetime: ...


class NobodyEnded:
    """No session has ended."""

    async def check(self, session_id: str) -> None:
        """It is good."""


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    made = Passwords(cost=4)
    yield made
    made.close()


@pytest.fixture
def replicas(
    clients: list[Client],
    users_table: str,
    passwords: Passwords,
    make_throttle: Callable[..., Throttle],
    make_sessions: Callable[..., Sessions],
) -> list[Identity]:
    """Two replicas of the service over one table."""
    return [
        Identity(
            ProfileStore(client, users_table),
            passwords,
            make_throttle(client, passwords, times.now),
            frozenset({"password1234"}),
            make_sessions(client),
            AuditTrail(AuditStore(client, users_table), times.now),
            times.now,
        )
        for client in clients
    ]


@pytest.fixture
def identity(replicas: list[Identity]) -> Identity:
    return replicas[0]


@pytest.fixture
def make_registration() -> MakeRegistration:
    """A registration whose name and address are its own."""

    def make(**changes: object) -> Registration:
        name = f"u{uuid.uuid4().hex[:20]}"
        plain = Registration(
            username=name,
            email=f"{name}@example.org",
            first_name="Ann",
            last_name="O'Neil",
            phone="",
            date_of_birth="",
            marketing_emails_consent=False,
            request_id="r-1",
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    return make


async def test_who_registers_can_sign_in_and_is_known_by_the_token(
    identity: Identity, keys: SigningKeys, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    verifier = TokenVerifier(keys, NobodyEnded(), "https://cnop.local", "cnop")
    for name in (profile.username, profile.username.upper()):
        principal = await verifier.verify(f"Bearer {(await identity.login(name, PASSWORD, HOME)).access}")
        assert (principal.user_id, principal.role) == (profile.user_id, "customer")
    assert await identity.profile(profile.user_id) == profile


async def test_an_unknown_user_and_a_wrong_password_are_answered_alike(
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
    assert set(map(str, answers)) == {str(("BAD_CREDENTIALS", "the username or the password is wrong", {}))}


async def test_an_unknown_user_takes_the_same_calls_and_hashes_as_a_wrong_password(
    identity: Identity,
    client: Client,
    users_table: str,
    make_registration: MakeRegistration,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    check = bcrypt.checkpw

    async def counted_call(asked: Request) -> Response:
        made.append((asked.headers or {})["X-Amz-Target"].rpartition(".")[2])
        return await client.http(asked)

    def counted_hash(password: bytes, hashed: bytes) -> bool:
        made.append(f"hash at cost {hashed[4:6].decode()}")
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counted_hash)
    counted = replace(client, http=counted_call)
    throttle = replace(identity.throttle, store=ThrottleStore(counted, users_table))
    trail = replace(identity.trail, store=AuditStore(counted, users_table))
    await trail.record("somebody", Event.SIGN_IN)  # so that the day is there already
    counted_identity = replace(identity, store=ProfileStore(counted, users_table), throttle=throttle, trail=trail)
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    attempts = []
    for name in (profile.username, profile.username + "x"):
        for wrong in (PASSWORD, PASSWORD + "x", "x" * 200, "x\0"):
            made.clear()
            with suppress(Unauthenticated):
                await counted_identity.login(name, wrong, HOME)
            if wrong != PASSWORD or name != profile.username:
                attempts.append(sorted(made))
    assert len(attempts) == 7
    assert attempts[0].count("hash at cost 04") == 1
    assert all(one == attempts[0] for one in attempts[1:]), attempts


class Counted:
    """A replica whose calls of the database are counted."""

    def __init__(self, identity: Identity, client: Client, table: str) -> None:
        self.calls: list[str] = []
        self._http = client.http
        counted = replace(client, http=self._call)
        self.identity = replace(
            identity,
            store=ProfileStore(counted, table),
            throttle=replace(identity.throttle, store=ThrottleStore(counted, table)),
            trail=replace(identity.trail, store=AuditStore(counted, table)),
        )

    async def _call(self, asked: Request) -> Response:
        name = (asked.headers or {})["X-Amz-Target"].rpartition(".")[2]
        writes = len(json.loads(asked.body or b"{}").get("TransactItems", []))
        self.calls.append(f"{name} of {writes}" if writes else name)
        return await self._http(asked)

    async def refused(self, username: str) -> list[str]:
        """The calls that a refused sign-in makes."""
        self.calls.clear()
        with pytest.raises(ResourceExhausted) as refusal:
            await self.identity.login(username, PASSWORD, "198.51.100.9")
        assert refusal.value.reason == "RATE_LIMITED"
        return sorted(self.calls)


def anywhere() -> str:
    """An address that did nothing yet."""
    return str(IPv6Address(0x20010DB8 << 96 | uuid.uuid4().int >> 32))


async def guess(identity: Identity, username: str, count: int = 5) -> None:
    for n in range(count):
        with pytest.raises(Unauthenticated):
            await identity.login(username, f"{PASSWORD} {n}", anywhere())


async def outcomes(identity: Identity, user_id: str) -> list[tuple[str, str]]:
    records, _ = await identity.trail.store.of_user(user_id, "", None, 100)
    return [(record.event, record.outcome) for record in records]


async def test_of_the_refusals_after_a_guess_the_first_is_in_the_trail_and_the_rest_write_nothing(
    identity: Identity, client: Client, users_table: str, clock: Clock, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    throttle = replace(identity.throttle, now=clock)
    counted = Counted(replace(identity, throttle=throttle), client, users_table)
    for name, user_id in ((profile.username, profile.user_id), (f"x{profile.username}", "")):
        await guess(counted.identity, name)
        first = ["GetItem"] * 4 + ["TransactWriteItems of 3"]
        assert await counted.refused(name) == first
        for _ in range(20):
            assert await counted.refused(name) == ["GetItem"] * 2
        clock.time += timedelta(seconds=1)
        await guess(counted.identity, name, 1)
        assert await counted.refused(name) == first, "another bout"
        assert await counted.refused(name) == ["GetItem"] * 2
        if user_id:
            limited, wrong = ("SIGN_IN", "RATE_LIMITED"), ("SIGN_IN", "BAD_CREDENTIALS")
            expected = [limited, wrong, limited, *[wrong] * 5, ("REGISTRATION", "DONE")]
            assert sorted(await outcomes(identity, user_id)) == sorted(expected)


async def test_refusals_at_once_leave_one_record(
    replicas: list[Identity], make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    both = [replace(replica, throttle=replace(replica.throttle, now=clock)) for replica in replicas]
    await guess(both[0], profile.username)
    tries = (both[n % 2].login(profile.username, PASSWORD, f"203.0.113.{n}") for n in range(20))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(answer, ResourceExhausted) for answer in answers), answers
    assert (await outcomes(replicas[0], profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1


async def test_a_refusal_stays_one_and_lasts_no_longer_when_it_cannot_be_recorded(
    identity: Identity, client: Client, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    await guess(identity, profile.username)
    without = replace(identity, trail=replace(identity.trail, store=AuditStore(client, "no-such-table")))
    for one in (without, without, identity, identity):
        with pytest.raises(ResourceExhausted) as refusal:
            await one.login(profile.username, PASSWORD, anywhere())
        assert refusal.value.metadata == {"retry_after_seconds": "1"}
    assert (await outcomes(identity, profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1
    clock.time += timedelta(seconds=1)
    assert await identity.login(profile.username, PASSWORD, anywhere())


async def test_a_try_from_an_address_that_must_wait_is_in_the_trail_of_the_account(
    identity: Identity, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    crowded = anywhere()
    for _ in range(10):
        tries = (identity.login(str(uuid.uuid4()), PASSWORD, crowded) for _ in range(10))
        await asyncio.gather(*tries, return_exceptions=True)
    with pytest.raises(ResourceExhausted):
        await identity.login(profile.username, PASSWORD, crowded)
    assert ("SIGN_IN", "RATE_LIMITED") in await outcomes(identity, profile.user_id)


async def test_guesses_by_way_of_replays_are_counted_too(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    registration = make_registration()
    first = await identity.register(registration, PASSWORD, HOME)
    for n in range(5):
        with pytest.raises(AlreadyExists):
            await identity.register(registration, f"{PASSWORD} {n}", "198.51.100.1")
    with pytest.raises(ResourceExhausted) as refusal:
        await identity.register(registration, PASSWORD, "198.51.100.1")
    assert refusal.value.reason == "RATE_LIMITED"
    told = Counter(await outcomes(identity, first.user_id))
    assert told["REGISTRATION", "IDEMPOTENCY_KEY_REUSED"] == 5
    assert told["REGISTRATION", "RATE_LIMITED"] == 1


async def test_guesses_by_way_of_a_password_change_are_counted_too(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    thief = "198.51.100.1"
    for n in range(5):
        with pytest.raises(Unauthenticated):
            await identity.change_password(profile.user_id, f"{PASSWORD} {n}", "a password of the thief", thief)
    with pytest.raises(ResourceExhausted):
        await identity.change_password(profile.user_id, PASSWORD, "a password of the thief", thief)
    assert ("PASSWORD_CHANGE", "RATE_LIMITED") in await outcomes(identity, profile.user_id)
    await identity.change_password(profile.user_id, PASSWORD, "another horse battery", HOME)
    assert await identity.login(profile.username, "another horse battery", HOME)


async def test_who_registered_gets_in_while_others_guess(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    with suppress(ResourceExhausted):
        for n in range(20):
            with pytest.raises(Unauthenticated):
                await replicas[0].login(profile.username, PASSWORD + "x", f"198.51.100.{n}")
    for replica in replicas:
        assert await replica.login(profile.username, PASSWORD, HOME)
        with pytest.raises(ResourceExhausted):
            await replica.login(profile.username, PASSWORD, "203.0.113.1")


async def test_a_replay_answers_the_same_user(replicas: list[Identity], make_registration: MakeRegistration) -> None:
    registration = make_registration()
    first = await replicas[0].register(registration, PASSWORD, HOME)
    for replica in replicas:
        assert await replica.register(registration, PASSWORD, HOME) == first


async def test_replays_at_once_make_one_user(replicas: list[Identity], make_registration: MakeRegistration) -> None:
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
async def test_a_request_id_with_another_body_is_an_error(
    identity: Identity, make_registration: MakeRegistration, change: dict[str, object]
) -> None:
    registration = make_registration()
    await identity.register(registration, PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.register(replace(registration, **change), PASSWORD, HOME)  # type: ignore[arg-type]
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"


async def test_a_replay_must_show_the_password(identity: Identity, make_registration: MakeRegistration) -> None:
    registration = make_registration()
    await identity.register(registration, PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.register(registration, PASSWORD + "x", HOME)
    assert refusal.value.reason == "IDEMPOTENCY_KEY_REUSED"


async def test_another_request_for_a_name_is_refused(identity: Identity, make_registration: MakeRegistration) -> None:
    first = make_registration(request_id="r-1")
    await identity.register(first, PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.register(replace(first, request_id="r-2"), PASSWORD, HOME)
    assert refusal.value.reason == "USERNAME_TAKEN"


async def test_a_replay_is_still_one_after_the_profile_changed(
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
    assert await identity.store.find(registration.username) is None


async def test_an_update_changes_what_it_names_and_nothing_else(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    before = await identity.register(make_registration(phone="+14155550100"), PASSWORD, HOME)
    await identity.update(before.user_id, {"phone": "", "marketing_emails_consent": True})
    after = await identity.profile(before.user_id)
    assert (after.phone, after.marketing_emails_consent) == ("", True)
    assert after.updated_at > before.updated_at
    same = {"phone": before.phone, "marketing_emails_consent": False, "updated_at": before.updated_at, "version": 1}
    assert replace(after, **same) == before  # type: ignore[arg-type]
    assert await identity.login(before.username, PASSWORD, HOME)


async def test_changes_of_different_fields_at_once_all_stay(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    before = await replicas[0].register(make_registration(), PASSWORD, HOME)
    changes: list[dict[str, str | bool]] = [{"first_name": "Eve"}, {"last_name": "Adams"}, {"phone": "+14155550101"}]
    await asyncio.gather(*(replicas[n % 2].update(before.user_id, change) for n, change in enumerate(changes)))
    after = await replicas[0].profile(before.user_id)
    assert (after.first_name, after.last_name, after.phone) == ("Eve", "Adams", "+14155550101")


async def test_the_address_of_another_user_is_refused(identity: Identity, make_registration: MakeRegistration) -> None:
    one = await identity.register(make_registration(), PASSWORD, HOME)
    other = await identity.register(make_registration(), PASSWORD, HOME)
    with pytest.raises(AlreadyExists) as refusal:
        await identity.update(one.user_id, {"email": other.email})
    assert refusal.value.reason == "EMAIL_TAKEN"


async def test_a_user_who_is_not_there_is_not_found(identity: Identity) -> None:
    with pytest.raises(NotFound) as refusal:
        await identity.profile("nobody")
    assert refusal.value.reason == "USER_NOT_FOUND"
    with pytest.raises(NotFound):
        await identity.update("nobody", {"first_name": "Eve"})


@pytest.mark.parametrize("born", ["", "1990-12-31", "2024-02-29", "2026-02-28"])
def test_a_day_of_the_past_is_a_date_of_birth(born: str) -> None:
    check_date_of_birth(born, date(2026, 3, 1))


@pytest.mark.parametrize("born", ["2026-03-01", "2026-03-02", "2099-01-01", "1990-02-30", "2025-02-29", "1990-04-31"])
def test_a_day_that_never_was_or_is_to_come_is_none(born: str) -> None:
    with pytest.raises(InvalidArgument) as refusal:
        check_date_of_birth(born, date(2026, 3, 1))
    assert [field for field, _ in refusal.value.violations] == ["date_of_birth"]
