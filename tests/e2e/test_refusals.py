"""Refusals of known users are in their audit trail, whichever service refuses the call."""

from __future__ import annotations

import grpc
import pytest

from .contract import FOR_ADMINS, Method
from .rest import Json, Rest
from .rpc import Channels, RpcRefusal, bearer, outcome
from .users import User
from .waiting import eventually

# One method for users of each service, with its REST path.
OF_USERS = {
    "/api/v1/balance": "/cnop.user.v1.AccountService/GetBalance",
    "/api/v1/orders": "/cnop.order.v1.OrderService/ListOrders",
}


async def trail(user: Rest, event: str) -> list[Json]:
    """Returns the events of a kind in the user's own trail, oldest first."""
    pages = await user.pages("/api/v1/auth/audit", "events", page_size=100)
    return [one for page in pages for one in page if one["event"] == event][::-1]


async def signed_in_again(user: User) -> Rest:
    credentials = {"username": user.username, "password": user.password}
    return Rest(user.http, (await Rest(user.http).post("/api/v1/auth/login", credentials))["access_token"])


@pytest.mark.parametrize("method", FOR_ADMINS, ids=str)
async def test_a_customer_who_calls_a_method_for_admins_is_recorded_once(
    user: User, channels: Channels, method: Method
) -> None:
    [binding, *_] = method.bindings
    body = None if binding.verb == "GET" else {}
    first = await user.send(binding.verb, binding.url(), body, headers={"user-agent": "a probe"})
    assert first.status_code == 403
    for _ in range(2):
        assert (await user.refused(binding.verb, binding.url(), body)).reason == "ROLE_REQUIRED"
        closed = await outcome(channels["edge"], method.path, metadata=bearer(user.token))
        assert isinstance(closed, RpcRefusal)
        assert closed.reason == "ROLE_REQUIRED"
    [event] = await trail(user, "ACCESS")
    assert (event["outcome"], event["actor_id"]) == ("ROLE_REQUIRED", user.user_id)
    assert event["facts"]["method"] == method.path
    assert (event["client_address"], event["user_agent"]) == ("127.0.0.1", "a probe")
    assert event["request_id"] == first.headers["x-request-id"]


async def test_the_use_of_a_token_of_an_ended_session_is_recorded(user: User, channels: Channels) -> None:
    await user.post("/api/v1/auth/logout", {})
    for path, method in OF_USERS.items():

        async def is_refused(path: str = path) -> bool:
            return (await user.send("GET", path)).status_code == 401

        await eventually(is_refused, f"{path} is refused", seconds_max=5)
        for _ in range(2):
            assert (await user.refused("GET", path)).reason == "TOKEN_REVOKED"
            closed = await outcome(channels["edge"], method, metadata=bearer(user.token))
            assert isinstance(closed, RpcRefusal)
            assert closed.code is grpc.StatusCode.UNAUTHENTICATED
    events = await trail(await signed_in_again(user), "ACCESS")
    assert [(event["outcome"], event["actor_id"]) for event in events] == [("TOKEN_REVOKED", "")] * len(OF_USERS)
    assert [event["facts"]["method"] for event in events] == list(OF_USERS.values())
    assert {event["client_address"] for event in events} == {"127.0.0.1"}


async def test_the_refresh_of_an_ended_session_is_recorded(user: User) -> None:
    guest, credentials = Rest(user.http), {"username": user.username, "password": user.password}
    tokens = await guest.post("/api/v1/auth/login", credentials)
    await Rest(user.http, tokens["access_token"]).post("/api/v1/auth/logout", {})
    for _ in range(3):
        refused = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]})
        assert refused.reason == "SESSION_ENDED"
    [event] = await trail(user, "TOKEN_REFRESH")
    assert (event["outcome"], event["actor_id"]) == ("SESSION_ENDED", "")
    [logout] = await trail(user, "LOGOUT")
    assert event["facts"] == logout["facts"], "the event must name the same session"
