"""Login attempts: what an attacker learns, and how an attack affects the owner."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from cnop.user.v1 import auth_service_pb2, auth_service_pb2_grpc

from .rest import Rest, refusal
from .rpc import Channels
from .users import User

LOGIN = "/api/v1/auth/login"


def visible(response: Any) -> tuple[object, ...]:
    """Returns all that an attacker sees of a response, except per-call values: time, request id, remaining calls."""
    per_call = {"date", "x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset"}
    headers = {name: value for name, value in response.headers.items() if name not in per_call}
    return response.status_code, headers, response.text


async def test_attempts_on_an_unknown_name_are_refused_like_those_on_an_account(guest: Rest, user: User) -> None:
    unknown = f"nobody_{secrets.token_hex(8)}"
    for n in range(8):
        on_account = await guest.send("POST", LOGIN, {"username": user.username, "password": f"wrong {n}"})
        on_unknown = await guest.send("POST", LOGIN, {"username": unknown, "password": f"wrong {n}"})
        assert visible(on_account) == visible(on_unknown)
        assert on_account.status_code == (401 if n < 5 else 429)


async def test_limited_attempts_get_a_retry_time_in_every_protocol(guest: Rest, channels: Channels, user: User) -> None:
    responses = [await guest.send("POST", LOGIN, {"username": user.username, "password": "wrong"}) for _ in range(6)]
    refused = refusal(responses[-1])
    assert (refused.status, refused.reason) == (429, "RATE_LIMITED")
    assert refused.metadata == {"retry_after_seconds": "1"}
    assert responses[-1].headers["retry-after"] == "1"
    assert "retry-after" not in responses[0].headers
    wrong = auth_service_pb2.LoginRequest(username=user.username, password="wrong")
    for where in ("edge", "user"):
        call: Any = auth_service_pb2_grpc.AuthServiceStub(channels[where]).Login(wrong)
        assert await call.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert dict(await call.trailing_metadata())["retry-after"] == "1"


async def test_an_owner_who_mistyped_can_sign_in_after_the_retry_time(guest: Rest, user: User) -> None:
    credentials = {"username": user.username, "password": user.password}
    for _ in range(20):
        response = await guest.send("POST", LOGIN, {"username": user.username, "password": "wrong"})
    for _ in range(3):  # on a slow machine a few more attempts are admitted
        await asyncio.sleep(int(response.headers.get("retry-after", "0")))
        response = await guest.send("POST", LOGIN, credentials)
        if response.status_code == 200:
            return
    raise AssertionError(response.text)


async def test_an_attack_on_one_account_does_not_affect_others(
    guest: Rest, user: User, new_user: Callable[[], Awaitable[User]]
) -> None:
    await asyncio.gather(
        *(guest.send("POST", LOGIN, {"username": user.username, "password": f"wrong {n}"}) for n in range(64))
    )
    assert (await new_user()).token


async def test_repeated_sign_ins_are_not_delayed(guest: Rest, user: User) -> None:
    credentials = {"username": user.username, "password": user.password}
    for _ in range(30):
        assert (await guest.post(LOGIN, credentials))["access_token"]


async def test_the_trail_of_the_owner_has_limited_attempts_once(guest: Rest, user: User) -> None:
    for n in range(12):
        response = await guest.send("POST", LOGIN, {"username": user.username, "password": f"wrong {n}"})
    assert response.status_code == 429
    events = (await user.get("/api/v1/auth/audit", page_size="50"))["events"]
    outcomes = [event["outcome"] for event in events if event["event"] == "SIGN_IN"]
    counted = outcomes.count("BAD_CREDENTIALS")
    assert counted >= 5
    assert 1 <= outcomes.count("RATE_LIMITED") <= counted - 4, (
        "at most one record after each counted attempt, from the fifth on"
    )


async def test_a_device_with_an_earlier_refresh_token_need_not_wait(
    guest: Rest, channels: Channels, user: User
) -> None:
    """All calls come from one address, but the device has its own delay."""
    credentials = {"username": user.username, "password": user.password}
    earlier = (await guest.post(LOGIN, credentials))["refresh_token"]
    wrong = {"username": user.username, "password": "wrong"}
    for _ in range(12):
        response = await guest.send("POST", LOGIN, wrong)
    assert response.status_code == 429
    assert (await guest.send("POST", LOGIN, {**wrong, "refresh_token": earlier})).status_code == 401
    assert (await guest.post(LOGIN, {**credentials, "refresh_token": earlier}))["access_token"]
    stub: Any = auth_service_pb2_grpc.AuthServiceStub(channels["edge"])
    assert (await stub.Login(auth_service_pb2.LoginRequest(**credentials, refresh_token=earlier))).access_token
    assert (await guest.post("/api/v1/auth/refresh", {"refresh_token": earlier}))["access_token"], (
        "the token must not be used up"
    )
