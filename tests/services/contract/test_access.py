"""Who may call what, as the policy of a method says."""

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


async def test_a_public_method_is_for_everybody(auth: Any, sign_in: SignIn) -> None:
    for metadata in ((), sign_in(), sign_in(expires_in=-60), (("authorization", "garbage"),)):
        assert (await auth.Login(LOGIN, metadata=metadata)).access_token == "t"


async def test_a_users_method_tells_the_handler_who_calls(accounts: Any, sign_in: SignIn) -> None:
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
async def test_a_users_method_needs_a_good_token(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, *, authorization: str | None, reason: str
) -> None:
    metadata: Metadata = () if authorization is None else (("authorization", authorization),)
    if authorization == "expired":
        metadata = sign_in(expires_in=-60)
    answer = await refused(accounts.GetBalance(EMPTY, metadata=metadata))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", reason)
    assert servicers.seen == []


async def test_the_token_of_a_session_that_has_ended_is_refused(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, ended: Any
) -> None:
    metadata = sign_in(session_id="s-9")
    await accounts.GetBalance(EMPTY, metadata=metadata)  # now its token has been verified
    ended.sessions.add("s-9")
    answer = await refused(accounts.GetBalance(EMPTY, metadata=metadata))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", "TOKEN_REVOKED")
    await accounts.GetBalance(EMPTY, metadata=sign_in(session_id="s-10"))
    assert len(servicers.seen) == 2


async def test_when_nobody_can_tell_whether_a_session_has_ended_nobody_is_served(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, ended: Any
) -> None:
    ended.away = True
    try:
        answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in()))
    finally:
        ended.away = False
    assert (answer["code"], answer["reason"]) == ("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE")
    assert servicers.seen == []


async def test_calls_at_once_are_each_of_their_own_user(accounts: Any, servicers: Servicers, sign_in: SignIn) -> None:
    async def slowly(_: Any) -> None:
        await asyncio.sleep(0.01)

    servicers.behave = slowly
    users = [f"u-{n}" for n in range(30)]
    answers = await asyncio.gather(*(accounts.GetBalance(EMPTY, metadata=sign_in(user)) for user in users))
    assert [answer.currency for answer in answers] == users


async def test_an_admins_method_is_for_admins(
    serve: Any, register: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    admin = Policy(caller=Policy.ADMIN, rate_class=Policy.READ)
    accounts: Any = account_service_pb2_grpc.AccountServiceStub(await serve(SERVICES, register, {BALANCE: admin}))
    assert (await accounts.GetBalance(EMPTY, metadata=sign_in("u-1", role="admin"))).currency == "u-1"
    answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in("u-1", role="customer")))
    assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "ROLE_REQUIRED")
    assert (await refused(accounts.GetBalance(EMPTY)))["code"] == "UNAUTHENTICATED"
    assert len(servicers.seen) == 1


async def test_a_method_of_the_mesh_is_for_the_named_services(
    call_as: CallAs, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    def settlement(part: str) -> Any:
        return settlement_service_pb2_grpc.SettlementServiceStub(call_as(part))

    await settlement("order").SettleTrade(TRADE)
    for other in ("user", "inventory", "edge", "operator"):
        for metadata in ((), sign_in(role="admin"), (("x-mesh-identity", "order"),)):
            answer = await refused(settlement(other).SettleTrade(TRADE, metadata=metadata))
            assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "MESH_IDENTITY_REQUIRED")
    assert len(servicers.seen) == 1


@pytest.mark.parametrize("part", ["order", "edge", "operator"])
async def test_a_part_of_the_mesh_is_no_user(call_as: CallAs, refused: Refused, part: str) -> None:
    answer = await refused(account_service_pb2_grpc.AccountServiceStub(call_as(part)).GetBalance(EMPTY))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", "TOKEN_MISSING")


@pytest.mark.parametrize("closed", [None, Policy(), Policy(rate_class=Policy.READ)], ids=["none", "empty", "no caller"])
async def test_a_method_that_no_policy_opens_is_closed_to_all(
    serve_all: Any, register: Any, servicers: Servicers, sign_in: SignIn, *, closed: Policy | None
) -> None:
    call_as = await serve_all(SERVICES, register, {BALANCE: closed})
    for part in ("edge", "order", "operator"):
        accounts: Any = account_service_pb2_grpc.AccountServiceStub(call_as(part))
        for metadata in ((), sign_in(role="admin")):
            with pytest.raises(grpc.aio.AioRpcError) as error:
                await accounts.GetBalance(EMPTY, metadata=metadata)
            assert error.value.code() in {grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNKNOWN}
    assert servicers.seen == []


def test_methods_for_users_need_what_admits_users(mesh: Mesh) -> None:
    with pytest.raises(ValueError, match="users"):
        ContractInterceptor(read_policies(SERVICES), None, mesh)


async def test_who_may_not_call_learns_nothing_about_the_fields(accounts: Any, refused: Refused) -> None:
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="x")))
    assert answer["code"] == "UNAUTHENTICATED"
    assert "fields" not in answer
