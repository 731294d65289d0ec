"""The access policy of a method: who may call it."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc, settlement_service_pb2_grpc

from services.common.mesh.identity import Mesh
from services.common.rpc.access import Policy, read_policies
from services.common.rpc.interceptor import ContractInterceptor

from .servicers import EMPTY, LOGIN, SERVICES, TRADE, CallAs, Metadata, Refused, Servicers, SignIn

BALANCE = "/cnop.user.v1.AccountService/GetBalance"


async def test_anyone_may_call_a_public_method(auth: Any, sign_in: SignIn) -> None:
    for metadata in ((), sign_in(), sign_in(expires_in=-60), (("authorization", "garbage"),)):
        assert (await auth.Login(LOGIN, metadata=metadata)).access_token == "t"


async def test_a_method_for_users_knows_its_caller(accounts: Any, sign_in: SignIn) -> None:
    assert (await accounts.GetBalance(EMPTY, metadata=sign_in("u-7"))).currency == "u-7"
    assert (await accounts.GetBalance(EMPTY, metadata=sign_in("u-8", role="admin"))).currency == "u-8"


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        (None, "TOKEN_MISSING"),
        ("", "TOKEN_MISSING"),
        ("Basic YTpi", "TOKEN_MISSING"),
        ("Bearer garbage", "TOKEN_INVALID"),
        ("expired", "TOKEN_EXPIRED"),
    ],
)
async def test_a_method_for_users_requires_a_valid_token(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, *, authorization: str | None, reason: str
) -> None:
    metadata: Metadata = () if authorization is None else (("authorization", authorization),)
    if authorization == "expired":
        metadata = sign_in(expires_in=-60)
    answer = await refused(accounts.GetBalance(EMPTY, metadata=metadata))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", reason)
    assert servicers.seen == []


async def test_of_two_tokens_none_is_taken(accounts: Any, refused: Refused, sign_in: SignIn) -> None:
    for other in (sign_in("u-2"), (("authorization", "garbage"),)):
        for metadata in ((*sign_in("u-1"), *other), (*other, *sign_in("u-1"))):
            answer = await refused(accounts.GetBalance(EMPTY, metadata=metadata))
            assert answer["code"] == "UNAUTHENTICATED"


async def test_the_token_of_a_revoked_session_is_refused(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, ended: Any
) -> None:
    metadata = sign_in(session_id="s-9")
    await accounts.GetBalance(EMPTY, metadata=metadata)  # now its token is in the cache
    ended.sessions.add("s-9")
    answer = await refused(accounts.GetBalance(EMPTY, metadata=metadata))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", "TOKEN_REVOKED")
    await accounts.GetBalance(EMPTY, metadata=sign_in(session_id="s-10"))
    assert len(servicers.seen) == 2


async def test_users_are_refused_if_revocations_are_unknown(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, ended: Any
) -> None:
    ended.is_unknown = True
    try:
        answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in()))
    finally:
        ended.is_unknown = False
    assert (answer["code"], answer["reason"]) == ("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE")
    assert servicers.seen == []


async def test_concurrent_calls_each_have_their_own_user(accounts: Any, servicers: Servicers, sign_in: SignIn) -> None:
    async def slowly(_: Any) -> None:
        await asyncio.sleep(0.01)

    servicers.behave = slowly
    users = [f"u-{n}" for n in range(30)]
    responses = await asyncio.gather(*(accounts.GetBalance(EMPTY, metadata=sign_in(user)) for user in users))
    assert [response.currency for response in responses] == users


async def test_only_admins_may_call_a_method_for_admins(
    serve: Any, register: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    admin = Policy(caller=Policy.ADMIN, rate_class=Policy.READ)
    accounts: Any = account_service_pb2_grpc.AccountServiceStub(await serve(SERVICES, register, {BALANCE: admin}))
    assert (await accounts.GetBalance(EMPTY, metadata=sign_in("u-1", role="admin"))).currency == "u-1"
    answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in("u-1", role="customer")))
    assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "ROLE_REQUIRED")
    assert (await refused(accounts.GetBalance(EMPTY)))["code"] == "UNAUTHENTICATED"
    assert len(servicers.seen) == 1


async def test_only_the_named_services_may_call_a_method_of_the_mesh(
    call_as: CallAs, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    def settlement(service: str) -> Any:
        return settlement_service_pb2_grpc.SettlementServiceStub(call_as(service))

    await settlement("order").SettleTrade(TRADE)
    for other in ("user", "inventory", "edge", "operator"):
        for metadata in ((), sign_in(role="admin"), (("x-mesh-identity", "order"),)):
            answer = await refused(settlement(other).SettleTrade(TRADE, metadata=metadata))
            assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "MESH_IDENTITY_REQUIRED")
    assert len(servicers.seen) == 1


@pytest.mark.parametrize("service", ["order", "edge", "operator"])
async def test_a_service_of_the_mesh_is_not_a_user(call_as: CallAs, refused: Refused, service: str) -> None:
    answer = await refused(account_service_pb2_grpc.AccountServiceStub(call_as(service)).GetBalance(EMPTY))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", "TOKEN_MISSING")


@pytest.mark.parametrize("closed", [None, Policy(), Policy(rate_class=Policy.READ)], ids=["none", "empty", "no caller"])
async def test_a_method_without_a_policy_is_closed_to_all(
    serve_all: Any, register: Any, servicers: Servicers, sign_in: SignIn, *, closed: Policy | None
) -> None:
    call_as = await serve_all(SERVICES, register, {BALANCE: closed})
    for service in ("edge", "order", "operator"):
        accounts: Any = account_service_pb2_grpc.AccountServiceStub(call_as(service))
        for metadata in ((), sign_in(role="admin")):
            with pytest.raises(grpc.aio.AioRpcError) as error:
                await accounts.GetBalance(EMPTY, metadata=metadata)
            assert error.value.code() in {grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNKNOWN}
    assert servicers.seen == []


def test_methods_for_users_require_a_user_access(mesh: Mesh) -> None:
    with pytest.raises(ValueError, match="users"):
        ContractInterceptor(read_policies(SERVICES), None, mesh)


async def test_access_is_checked_before_the_fields(accounts: Any, refused: Refused) -> None:
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="x")))
    assert answer["code"] == "UNAUTHENTICATED"
    assert "fields" not in answer
