"""The cookie of a session at the edge: it reaches the three methods that take it, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import pytest
from cnop.user.v1 import (
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
)

from edge_config.settings import EdgeSettings
from tests.edge.mesh import SET_COOKIE, Edge, running, token

COOKIE = "__Host-Http-cnop=a-b_C1"
MODE = {"x-cnop-session": "cookie"}
AUTH = "/api/v1/auth/"
BODIES = {"login": {"username": "ada", "password": "x"}, "refresh": {}, "logout": {}}
TOKEN = {"authorization": f"Bearer {token()}"}
[ALLOWED_ORIGIN] = EdgeSettings().allowed_origins


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


async def cookie_that_arrives(edge: Edge, method: str, **headers: str) -> str | None:
    """Calls a method of AuthService. Returns the cookie that the service sees, None if there is none."""
    edge.user.metadata = {}
    answer = await edge.http.post(AUTH + method, json=BODIES[method], headers=headers)
    assert answer.status_code == 200, answer.text
    assert edge.user.metadata
    return edge.user.metadata.get("cookie")


@pytest.mark.parametrize("method", BODIES)
async def test_the_cookie_reaches_a_method_that_takes_it_if_the_header_says_so(edge: Edge, method: str) -> None:
    assert await cookie_that_arrives(edge, method, **MODE, cookie=COOKIE) == COOKIE
    assert edge.user.metadata["x-cnop-session"] == "cookie"
    assert await cookie_that_arrives(edge, method, **MODE) is None


@pytest.mark.parametrize("method", BODIES)
@pytest.mark.parametrize(
    "mode", [{}, {"x-cnop-session": "Cookie"}, {"x-cnop-session": ""}, {"x-cnop-session": "cookie,cookie"}]
)
async def test_without_the_header_it_reaches_none(edge: Edge, method: str, mode: dict[str, str]) -> None:
    assert await cookie_that_arrives(edge, method, **mode, **TOKEN, cookie=COOKIE) is None


async def test_it_reaches_no_other_method_by_any_protocol(edge: Edge) -> None:
    sent = {**TOKEN, **MODE, "cookie": COOKIE}
    edge.user.metadata = {}
    assert (await edge.http.get("/api/v1/balance", headers=sent)).status_code == 200
    assert "x-cnop-session" in edge.user.metadata
    assert "cookie" not in edge.user.metadata
    edge.user.metadata = {}
    balance = account_service_pb2_grpc.AccountServiceStub(edge.channel).GetBalance
    await balance(account_service_pb2.GetBalanceRequest(), metadata=tuple(sent.items()))
    assert "x-cnop-session" in edge.user.metadata
    assert "cookie" not in edge.user.metadata


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        (f"theme=dark; {COOKIE}; lang=\xe9", COOKIE),
        (f"{COOKIE};a=b", COOKIE),
        (f"x__Host-Http-cnop=evil; {COOKIE}", COOKIE),
        ("theme=dark", "none"),
        ("x__Host-Http-cnop=evil", "none"),
        ("__host-http-cnop=evil", "none"),
        ("__Host-Http-cnop=", "none"),
        ("__Host-Http-cnop=not a token", "none"),
        ("__Host-Http-cnop=a%20b", "none"),
        (f"\xff=\xfe; {COOKIE}", COOKIE),
    ],
)
async def test_of_all_cookies_only_ours_is_passed_on(edge: Edge, sent: str, arrives: str) -> None:
    edge.user.metadata = {}
    headers = [(name.encode(), value.encode("latin-1")) for name, value in {**MODE, "cookie": sent}.items()]
    answer = await edge.http.post(AUTH + "refresh", json={}, headers=headers)
    assert answer.status_code == 200
    assert edge.user.metadata["cookie"] == arrives


async def test_the_cookie_may_come_in_a_header_of_its_own(edge: Edge) -> None:
    headers = [*MODE.items(), ("cookie", "theme=dark"), ("cookie", COOKIE), ("cookie", "a=b")]
    edge.user.metadata = {}
    assert (await edge.http.post(AUTH + "refresh", json={}, headers=headers)).status_code == 200
    assert edge.user.metadata["cookie"] == COOKIE


async def test_the_cookie_of_an_answer_reaches_clients_of_all_protocols(edge: Edge) -> None:
    answer = await edge.http.post(AUTH + "login", json=BODIES["login"], headers=MODE)
    assert answer.headers.get_list("set-cookie") == [SET_COOKIE]
    assert answer.json()["access_token"] == "t"
    call = auth_service_pb2_grpc.AuthServiceStub(edge.channel).Login(auth_service_pb2.LoginRequest())
    assert ("set-cookie", SET_COOKIE) in tuple(await call.initial_metadata())
    web = {"content-type": "application/grpc-web+proto", **MODE}
    answer = await edge.http.post("/cnop.user.v1.AuthService/Login", content=bytes(5), headers=web)
    assert answer.headers["set-cookie"] == SET_COOKIE


async def test_a_logout_by_cookie_needs_no_access_token_and_any_other_does(edge: Edge) -> None:
    expired = {"authorization": f"Bearer {token(exp=1)}"}
    for headers in ({}, expired):
        by_cookie = await edge.http.post(AUTH + "logout", json={}, headers={**MODE, **headers})
        assert by_cookie.status_code == 200
        for mode in ({}, {"x-cnop-session": "token"}, {"cookie": COOKIE}):
            assert (await edge.http.post(AUTH + "logout", json={}, headers={**mode, **headers})).status_code == 401
    logout = auth_service_pb2_grpc.AuthServiceStub(edge.channel).Logout
    await logout(auth_service_pb2.LogoutRequest(), metadata=tuple(MODE.items()))
    with pytest.raises(grpc.aio.AioRpcError):
        await logout(auth_service_pb2.LogoutRequest())


@pytest.mark.parametrize("origin", [ALLOWED_ORIGIN, "https://evil.example"])
async def test_no_page_of_another_origin_may_send_the_header_or_a_cookie(edge: Edge, origin: str) -> None:
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-cnop-session",
    }
    preflight = await edge.http.options(AUTH + "refresh", headers=asked)
    assert "x-cnop-session" not in preflight.headers.get("access-control-allow-headers", "")
    for answer in (preflight, await edge.http.post(AUTH + "refresh", json={}, headers={"origin": origin})):
        assert "access-control-allow-credentials" not in answer.headers
