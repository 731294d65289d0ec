"""Sessions in the whole system: however a session ends, it ends everywhere within a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from signal import SIGCONT, SIGKILL, SIGSTOP

import pytest
import redis.asyncio

from local.stack import Stack, StackSettings, running

from .conftest import CHEAP_PASSWORDS, client_of
from .rest import Json, Rest, answer
from .rpc import Channels, RpcRefusal, bearer, outcome
from .token_acceptance import BALANCE, ORDERS, SECONDS_MAX, assert_refused_in_time, places_that_accept
from .users import User, register
from .waiting import eventually


async def sign_in(user: User, **headers: str) -> Json:
    body = {"username": user.username, "password": user.password}
    return await Rest(user.http).post("/api/v1/auth/login", body, **headers)


async def test_a_logout_ends_a_session_everywhere_and_no_other(user: User, channels: Channels) -> None:
    other = await sign_in(user)
    assert len(await places_that_accept(user, channels, user.token)) == 6
    await user.post("/api/v1/auth/logout", {})
    await assert_refused_in_time(user, channels, user.token)
    assert len(await places_that_accept(user, channels, other["access_token"])) == 6


async def test_a_repeated_logout_does_no_harm(user: User) -> None:
    sent = await asyncio.gather(*(user.send("POST", "/api/v1/auth/logout", {}) for _ in range(4)))
    assert {response.status_code for response in sent} <= {200, 401}  # the token is refused within a second
    assert 200 in {response.status_code for response in sent}


async def test_a_change_of_the_password_ends_all_sessions(user: User, channels: Channels) -> None:
    other = await sign_in(user)
    wrong = {"current_password": "not the password", "new_password": "another secret 123"}
    assert (await user.refused("POST", "/api/v1/auth/password", wrong)).reason == "BAD_CREDENTIALS"
    bad = {"current_password": user.password, "new_password": f"my name is {user.username}"}
    assert (await user.refused("POST", "/api/v1/auth/password", bad)).fields == ("new_password",)
    assert len(await places_that_accept(user, channels, user.token)) == 6
    good = {"current_password": user.password, "new_password": "another secret 123"}
    same = {"current_password": user.password, "new_password": user.password}
    assert (await user.refused("POST", "/api/v1/auth/password", same)).fields == ("new_password",)
    await user.post("/api/v1/auth/password", good)
    for token in (user.token, other["access_token"]):
        await assert_refused_in_time(user, channels, token)
    guest = Rest(user.http)
    refresh = {"refresh_token": other["refresh_token"]}
    assert (await guest.refused("POST", "/api/v1/auth/refresh", refresh)).reason == "SESSION_ENDED"
    old = {"username": user.username, "password": user.password}
    assert (await guest.refused("POST", "/api/v1/auth/login", old)).reason == "BAD_CREDENTIALS"
    assert await guest.post("/api/v1/auth/login", {**old, "password": "another secret 123"})


async def test_a_refresh_token_works_once_and_its_reuse_ends_the_session(user: User, channels: Channels) -> None:
    guest, first = Rest(user.http), await sign_in(user)
    second = await guest.post("/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert second["refresh_token"] != first["refresh_token"]
    assert second["token_type"] == "Bearer"
    assert len(await places_that_accept(user, channels, second["access_token"])) == 6
    again = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert (again.status, again.reason) == (401, "REFRESH_TOKEN_REUSED")
    for tokens in (first, second):
        await assert_refused_in_time(user, channels, tokens["access_token"])
    last = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": second["refresh_token"]})
    assert (last.status, last.reason) == (401, "SESSION_ENDED")
    assert len(await places_that_accept(user, channels, user.token)) == 6


async def test_garbage_is_refused_as_a_refresh_token(guest: Rest, user: User) -> None:
    for text in ("x", "A" * 150, user.token, "é"):
        refused = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": text})
        assert (refused.status, refused.reason) == (401, "REFRESH_TOKEN_INVALID")


async def test_sessions_are_listed_and_one_is_revoked(user: User, channels: Channels) -> None:
    other = await sign_in(user, user_agent="a telephone")
    listed = (await user.get("/api/v1/auth/sessions"))["sessions"]
    assert [session["is_current"] for session in listed] == [False, True]
    assert listed[0]["device"] == "a telephone"
    assert {session["address"] for session in listed} == {"127.0.0.1"}
    assert all(session["created_at"] <= session["last_used_at"] < session["expires_at"] for session in listed)
    path = f"/api/v1/auth/sessions/{listed[0]['session_id']}"
    stranger = await register(user.http)
    assert (await stranger.refused("DELETE", path)).reason == "SESSION_NOT_FOUND"
    assert answer(await user.send("DELETE", path)) == {}
    await assert_refused_in_time(user, channels, other["access_token"])
    assert (await user.refused("DELETE", path)).reason == "SESSION_NOT_FOUND"
    assert len((await user.get("/api/v1/auth/sessions"))["sessions"]) == 1


async def test_a_refresh_updates_the_last_use_of_its_session_only(user: User) -> None:
    tokens = await sign_in(user)
    used = Rest(user.http, token=tokens["access_token"])

    async def last_used() -> dict[bool, Json]:
        listed = (await used.get("/api/v1/auth/sessions"))["sessions"]
        return {session["is_current"]: session for session in listed}

    before = await last_used()
    await asyncio.sleep(0.01)  # times are in milliseconds
    await Rest(user.http).post("/api/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    after = await last_used()
    assert after[True]["last_used_at"] > before[True]["last_used_at"]
    assert after == {**before, True: {**before[True], "last_used_at": after[True]["last_used_at"]}}


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Runs a separate system, whose Redis may be stopped."""
    settings = StackSettings.on_free_ports(
        log_dir=tmp_path_factory.mktemp("logs"), service_env={**CHEAP_PASSWORDS, "CNOP_REVOCATIONS_GRACE_SECONDS": "8"}
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture
async def direct(system: Stack) -> AsyncIterator[Channels]:
    channels = Channels(system)
    yield channels
    await channels.close()


@pytest.fixture
async def person(system: Stack) -> AsyncIterator[User]:
    async with client_of(system.settings) as http:
        yield await register(http)


async def assert_sessions_work(person: User, direct: Channels) -> None:
    """Asserts that sessions work everywhere, users can sign in and out, and revoked sessions stay revoked."""
    assert len(await places_that_accept(person, direct, person.token)) == 6
    tokens = await sign_in(person)
    again = Rest(person.http, token=tokens["access_token"])
    await again.post("/api/v1/auth/logout", {})
    await assert_refused_in_time(person, direct, tokens["access_token"])


async def test_services_that_start_without_redis_know_the_revocations(
    system: Stack, direct: Channels, person: User
) -> None:
    revoked = await sign_in(person)
    await Rest(person.http, token=revoked["access_token"]).post("/api/v1/auth/logout", {})
    await system["valkey"].kill()
    try:
        for name in ("user", "order"):
            await system[name].kill()
            await system.start_one(name)
        await eventually(lambda: _is_served(direct, person), "the services are found again")
        assert await places_that_accept(person, direct, revoked["access_token"]) == []
        await assert_sessions_work(person, direct)
    finally:
        await system.start_one("valkey")
    await assert_sessions_work(person, direct)


@pytest.mark.parametrize("trouble", ["paused", "killed"])
async def test_without_redis_revocations_hold_and_sessions_work(
    system: Stack, direct: Channels, person: User, trouble: str
) -> None:
    revoked = await sign_in(person)
    await Rest(person.http, token=revoked["access_token"]).post("/api/v1/auth/logout", {})
    system["valkey"].signal(SIGSTOP if trouble == "paused" else SIGKILL)
    try:
        await assert_refused_in_time(person, direct, revoked["access_token"])
        for _ in range(3):
            await assert_sessions_work(person, direct)
        during = await sign_in(person)
        await Rest(person.http, token=during["access_token"]).post("/api/v1/auth/logout", {})
        await assert_refused_in_time(person, direct, during["access_token"])
    finally:
        if trouble == "paused":
            system["valkey"].signal(SIGCONT)
        else:
            await system["valkey"].wait()
            await system.start_one("valkey")
    for _ in range(5):  # during and after the reconnection of the services to Redis
        assert await places_that_accept(person, direct, during["access_token"]) == []
        assert await places_that_accept(person, direct, revoked["access_token"]) == []
        await assert_sessions_work(person, direct)


async def test_an_emptied_redis_loses_no_revocations(system: Stack, direct: Channels, person: User) -> None:
    revoked = await sign_in(person)
    await Rest(person.http, token=revoked["access_token"]).post("/api/v1/auth/logout", {})
    async with redis.asyncio.Redis(port=system.settings.redis_port) as valkey:
        await valkey.flushall()
        await assert_refused_in_time(person, direct, revoked["access_token"])
        await eventually(lambda: valkey.exists("cnop:revocations"), "Redis is refilled")
        assert await valkey.zcard("cnop:revocations") > 2
    await asyncio.sleep(1.0)
    assert await places_that_accept(person, direct, revoked["access_token"]) == []
    await assert_sessions_work(person, direct)


async def test_without_the_user_service_redis_alone_is_trusted_for_a_while(
    system: Stack, direct: Channels, person: User
) -> None:
    revoked = await sign_in(person)
    await Rest(person.http, token=revoked["access_token"]).post("/api/v1/auth/logout", {})
    system["user"].signal(SIGKILL)
    await system["user"].wait()
    begin = time.monotonic()
    try:
        await asyncio.sleep(SECONDS_MAX)
        while time.monotonic() < begin + 4:
            assert isinstance(await outcome(direct["order"], ORDERS, metadata=bearer(person.token)), bytes)
            ended = await outcome(direct["order"], ORDERS, metadata=bearer(revoked["access_token"]))
            assert isinstance(ended, RpcRefusal)
            assert ended.reason == "TOKEN_REVOKED"
            await asyncio.sleep(0.2)

        async def is_refused() -> bool:
            ended = await outcome(direct["order"], ORDERS, metadata=bearer(person.token))
            return isinstance(ended, RpcRefusal) and ended.reason == "DEPENDENCY_UNAVAILABLE"

        await eventually(is_refused, "the order service no longer trusts Redis alone")
        assert 7 < time.monotonic() - begin < 12
    finally:
        await system.start_one("user")
    await eventually(lambda: _is_served(direct, person), "the user service is found again")


async def _is_served(direct: Channels, person: User) -> bool:
    calls = [("edge", BALANCE), ("user", BALANCE), ("edge", ORDERS), ("order", ORDERS)]
    answers = [await outcome(direct[where], method, metadata=bearer(person.token)) for where, method in calls]
    return all(isinstance(answer, bytes) for answer in answers)
