"""The answers of the edge over HTTP, gRPC and gRPC-Web, as a client sees them."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import grpc
import httpx
import pytest
from cnop.user.v1 import (
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
)
from cryptography.hazmat.primitives.asymmetric import ec
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from tests.authorizations import AUTHORIZATIONS
from tests.edge.mesh import Edge, running, token

INFO = "type.googleapis.com/google.rpc.ErrorInfo"
LOGIN = "/api/v1/auth/login"
BALANCE = "/api/v1/balance"
ORIGIN = "http://localhost:5173"


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge")) as started:
        yield started


def bearer(value: str) -> dict[str, str]:
    return {"authorization": f"Bearer {value}"}


def assert_is_status(answer: httpx.Response, http: int, code: int, reason: str) -> None:
    assert answer.status_code == http
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["code"] == code
    assert body["message"]
    assert body["details"] == [{"@type": INFO, "reason": reason, "domain": "cnop", "metadata": {}}]


def reason_of(error: grpc.aio.AioRpcError) -> str:
    status = rpc_status.from_call(cast(grpc.Call, error))  # typed for grpc only, but works for grpc.aio
    info = error_details_pb2.ErrorInfo()
    assert status is not None
    assert status.details[0].Unpack(info)
    return str(info.reason)


async def test_a_token_of_ours_is_let_through(edge: Edge) -> None:
    answer = await edge.http.get(BALANCE, headers=bearer(token()))
    assert answer.status_code == 200
    assert answer.json()["current_balance"] == "10.00"


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        (None, "TOKEN_MISSING"),
        (f"Bearer {token(exp=int(time.time()) - 60)}", "TOKEN_EXPIRED"),
        (f"Bearer {token(exp=None)}", "TOKEN_INVALID"),
        (f"Bearer {token(aud='others')}", "TOKEN_INVALID"),
        (f"Bearer {token(iss='https://others.test')}", "TOKEN_INVALID"),
        (f"Bearer {token(key=ec.generate_private_key(ec.SECP256R1()))}", "TOKEN_INVALID"),
        (f"Bearer {token(key=None)}", "TOKEN_INVALID"),
    ],
)
async def test_any_other_token_is_refused_with_its_reason(edge: Edge, authorization: str | None, reason: str) -> None:
    headers = {"authorization": authorization} if authorization else {}
    assert_is_status(await edge.http.get(BALANCE, headers=headers), 401, 16, reason)


@pytest.mark.parametrize("header", AUTHORIZATIONS)
async def test_the_header_is_read_as_in_the_services(edge: Edge, header: str) -> None:
    authorization, reason = header.format(token=token()), AUTHORIZATIONS[header]
    answer = await edge.http.get(BALANCE, headers={"authorization": authorization})
    if reason:
        assert_is_status(answer, 401, 16, reason)
    else:
        assert answer.status_code == 200
        assert edge.user.metadata["authorization"] == f"Bearer {authorization.split()[-1]}"


async def test_of_two_headers_none_is_taken(edge: Edge) -> None:
    headers = [("authorization", f"Bearer {token()}"), ("authorization", f"Bearer {token(sub='u-2')}")]
    assert_is_status(await edge.http.get(BALANCE, headers=headers), 401, 16, "TOKEN_INVALID")


async def test_a_token_in_the_query_is_not_taken(edge: Edge) -> None:
    answer = await edge.http.get(BALANCE, params={"access_token": token()})
    assert answer.status_code == 400


async def test_who_may_call_an_admin_method_is_for_its_service_to_say_so_that_it_hears_of_everybody(edge: Edge) -> None:
    path = "/api/v1/admin/users"
    assert_is_status(await edge.http.get(path), 401, 16, "TOKEN_MISSING")
    for role in ("customer", "admin"):
        answer = await edge.http.get(path, headers=bearer(token(role=role)))
        assert answer.status_code == 501, "the call reached the service, and the fake lacks this method"


async def test_a_public_method_does_not_look_at_the_token(edge: Edge) -> None:
    answer = await edge.http.get("/.well-known/jwks.json", headers=bearer("nonsense"))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nonsense"),
        ("GET", "/api/v1/nonsense"),
        ("POST", "/cnop.user.v1.AuthService/Login"),
        ("POST", "/cnop.user.v1.SettlementService/SettleTrade"),
        ("POST", "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit"),
    ],
)
async def test_what_is_no_method_is_not_found(edge: Edge, method: str, path: str) -> None:
    assert_is_status(await edge.http.request(method, path, json={}), 404, 5, "ROUTE_NOT_FOUND")


async def test_a_body_that_is_too_long_is_refused(edge: Edge) -> None:
    answer = await edge.http.post(LOGIN, content=json.dumps({"username": "a" * 1_000_000}))
    assert_is_status(answer, 413, 3, "BODY_TOO_LARGE")


@pytest.mark.parametrize("path", ["/api/v1/inventory/assets", "/health"])
async def test_a_service_that_is_away_is_unavailable(edge: Edge, path: str) -> None:
    assert_is_status(await edge.http.get(path), 503, 14, "DEPENDENCY_UNAVAILABLE")


async def test_only_a_read_is_repeated(edge: Edge) -> None:
    for method, path in (("GET", "/api/v1/portfolio"), ("POST", "/api/v1/balance/withdraw")):
        answer = await edge.http.request(method, path, headers=bearer(token()))
        assert answer.status_code == 503
    assert {name: edge.user.calls[name] for name in ("GetPortfolio", "Withdraw")} == {"GetPortfolio": 3, "Withdraw": 1}


async def test_a_read_that_a_service_has_shed_is_not_repeated(edge: Edge) -> None:
    before = edge.user.calls["GetHolding"]
    answer = await edge.http.get("/api/v1/balance/asset/BTC", headers=bearer(token()))
    assert answer.status_code == 503
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await account_service_pb2_grpc.AccountServiceStub(edge.channel).GetHolding(
            account_service_pb2.GetHoldingRequest(asset_id="BTC"), metadata=(("authorization", f"Bearer {token()}"),)
        )
    told = {**dict(error.value.initial_metadata() or ()), **dict(error.value.trailing_metadata() or ())}
    assert told["grpc-retry-pushback-ms"] == "-1"
    assert not [name for name in told if name.startswith("x-envoy-")]
    assert edge.user.calls["GetHolding"] == before + 2


async def test_an_edge_whose_memory_is_full_says_that_it_sheds(tmp_path: Path) -> None:
    def fill(configuration: str) -> str:
        return configuration.replace("threshold: { value: 0.95 }", "threshold: { value: 0.0 }")

    async with running(tmp_path, fill) as edge:
        answer = await edge.http.get(BALANCE)
    assert_is_status(answer, 503, 14, "OVERLOADED")
    assert answer.headers["retry-after"] == "1"


async def test_more_calls_than_a_service_takes_are_refused_at_once_and_the_others_go_on(edge: Edge) -> None:
    accounts = account_service_pb2_grpc.AccountServiceStub(edge.channel)
    metadata = (("authorization", f"Bearer {token()}"),)
    asked = account_service_pb2.DepositRequest(amount="1.00", request_id="r")
    edge.user.gate = asyncio.Event()
    calls = [accounts.Deposit(asked, metadata=metadata, timeout=9) for _ in range(90)]
    web = httpx.AsyncClient(base_url=edge.http.base_url, trust_env=False, limits=httpx.Limits(max_connections=200))
    async with web:
        posts = [
            asyncio.create_task(web.post("/api/v1/balance/deposit", json={"amount": "1.00"}, headers=bearer(token())))
            for _ in range(150)
        ]
        for answered in itertools.islice(asyncio.as_completed(posts), 40):
            await answered
        edge.user.gate.set()
        answers = await asyncio.gather(*posts)
        codes = [await call.code() for call in calls]
    refused = [answer for answer in answers if answer.status_code != 200]
    for answer in refused:
        assert_is_status(answer, 503, 14, "OVERLOADED")
        assert answer.headers["retry-after"] == "1"
    assert set(codes) <= {grpc.StatusCode.OK, grpc.StatusCode.UNAVAILABLE}
    for call in calls:
        if await call.code() is not grpc.StatusCode.OK:
            told = {**dict(await call.initial_metadata()), **dict(await call.trailing_metadata())}
            assert (told["retry-after"], told["grpc-retry-pushback-ms"]) == ("1", "-1")
    assert len(refused) + sum(code is not grpc.StatusCode.OK for code in codes) == 240 - edge.user.calls["Deposit"]
    assert edge.user.calls["Deposit"] == 200


async def test_only_the_mesh_says_what_only_the_mesh_may_say(edge: Edge) -> None:
    forged = {"x-mesh-identity": "order", "x-mesh-key": "0", "x-envoy-retry-on": "5xx", "x-user-id": "u-2"}
    await edge.http.get(BALANCE, headers={**bearer(token()), **forged, "idempotency-key": "i-1"})
    assert not edge.user.metadata.keys() & forged.keys()
    assert edge.user.metadata["idempotency-key"] == "i-1"


async def test_a_request_keeps_its_id(edge: Edge) -> None:
    async def id_of(*, given: str | None) -> str:
        headers = {**bearer(token()), **({"x-request-id": given} if given else {})}
        answer = await edge.http.get(BALANCE, headers=headers)
        assert edge.user.metadata["x-request-id"] == answer.headers["x-request-id"]
        return str(answer.headers["x-request-id"])

    for good in ("mine", "A-1._:9", "m" * 64):
        assert await id_of(given=good) == good


@pytest.mark.parametrize("given", [[], [b""], [b"a b"], [b"x/y"], [b"\xc3\xa9"], [b"m" * 65], [b"one", b"two"]])
async def test_one_that_no_service_would_take_is_as_good_as_none(edge: Edge, given: list[bytes]) -> None:
    headers = [(b"authorization", f"Bearer {token()}".encode()), *((b"x-request-id", value) for value in given)]
    [request_id] = (await edge.http.get(BALANCE, headers=headers)).headers.get_list("x-request-id")
    assert str(uuid.UUID(request_id)) == request_id == edge.user.metadata["x-request-id"]


async def test_an_answer_in_json_has_no_headers_of_grpc(edge: Edge) -> None:
    for path in (BALANCE, "/.well-known/jwks.json", "/nonsense"):
        answer = await edge.http.get(path, headers=bearer(token()))
        assert not [name for name in answer.headers if name.startswith(("grpc-", "x-envoy-"))]
        assert answer.headers["cache-control"] == "no-store"


async def test_a_page_of_an_allowed_origin_may_read_the_answer(edge: Edge) -> None:
    for origin, allowed in ((ORIGIN, ORIGIN), ("http://others.test", None)):
        asked = {"origin": origin, "access-control-request-method": "POST"}
        preflight = await edge.http.options("/api/v1/orders", headers=asked)
        refused = await edge.http.get(BALANCE, headers={"origin": origin})
        for answer in (preflight, refused):
            assert answer.headers.get("access-control-allow-origin") == allowed
        assert "idempotency-key" in preflight.headers["access-control-allow-headers"]


async def test_grpc_gets_the_same_answers_in_its_own_form(edge: Edge) -> None:
    calls: list[tuple[Any, grpc.StatusCode, str]] = [
        (
            account_service_pb2_grpc.AccountServiceStub(edge.channel).GetBalance(
                account_service_pb2.GetBalanceRequest()
            ),
            grpc.StatusCode.UNAUTHENTICATED,
            "TOKEN_MISSING",
        ),
        (
            account_service_pb2_grpc.AccountServiceStub(edge.channel).GetBalance(
                account_service_pb2.GetBalanceRequest(),
                metadata=(("authorization", f"Bearer {token(aud='others')}"),),
            ),
            grpc.StatusCode.UNAUTHENTICATED,
            "TOKEN_INVALID",
        ),
        (
            settlement_service_pb2_grpc.SettlementServiceStub(edge.channel).SettleTrade(
                settlement_service_pb2.SettleTradeRequest()
            ),
            grpc.StatusCode.UNIMPLEMENTED,
            "ROUTE_NOT_FOUND",
        ),
        (
            auth_service_pb2_grpc.AuthServiceStub(edge.channel).Login(
                auth_service_pb2.LoginRequest(username="a" * 100_000)
            ),
            grpc.StatusCode.INVALID_ARGUMENT,
            "BODY_TOO_LARGE",
        ),
    ]
    for call, code, reason in calls:
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        assert error.value.code() == code
        assert error.value.details()
        assert reason_of(error.value) == reason


async def test_grpc_web_gets_the_same_answers_in_its_own_form(edge: Edge) -> None:
    async def call(headers: dict[str, str]) -> httpx.Response:
        form = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
        path = "/cnop.user.v1.AccountService/GetBalance"
        return await edge.http.post(path, content=b"\0\0\0\0\0", headers={**form, **headers})

    good, refused = await call(bearer(token())), await call({})
    assert good.headers["content-type"] == "application/grpc-web+proto"
    assert b"grpc-status:0" in good.content
    assert refused.headers["content-type"] == "application/grpc-web+proto"
    assert refused.headers["grpc-status"] == "16"
    assert refused.headers["grpc-message"]
    assert "grpc-status-details-bin" in refused.headers
