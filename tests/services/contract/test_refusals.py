"""Refusals of known users are recorded before the call ends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from cnop.user.v1 import account_service_pb2_grpc

from services.auth.refusals import Refusal
from services.common.rpc.access import Policy

from .servicers import EMPTY, SERVICES, Metadata, Refused, SignIn

BALANCE = "/cnop.user.v1.AccountService/GetBalance"


@pytest.fixture
async def for_admins(serve: Any, register: Any) -> Any:
    """Returns a stub whose method GetBalance is for admins."""
    admin = Policy(caller=Policy.ADMIN, rate_class=Policy.READ)
    return account_service_pb2_grpc.AccountServiceStub(await serve(SERVICES, register, {BALANCE: admin}))


async def test_the_refusal_of_a_user_without_the_role_is_recorded(
    for_admins: Any, refused: Refused, sign_in: SignIn, kept: Any
) -> None:
    assert (await refused(for_admins.GetBalance(EMPTY, metadata=sign_in("u-7"))))["reason"] == "ROLE_REQUIRED"
    assert kept.refusals == [Refusal("u-7", "u-7", "s-1", BALANCE, "ROLE_REQUIRED")]


@pytest.mark.parametrize("role", ["customer", "admin"])
async def test_the_refusal_of_a_revoked_session_is_recorded(
    for_admins: Any, refused: Refused, sign_in: SignIn, ended: Any, kept: Any, *, role: str
) -> None:
    ended.sessions.add("s-8")
    metadata = sign_in("u-7", role=role, session_id="s-8")
    assert (await refused(for_admins.GetBalance(EMPTY, metadata=metadata)))["reason"] == "TOKEN_REVOKED"
    assert kept.refusals == [Refusal("u-7", "", "s-8", BALANCE, "TOKEN_REVOKED")], "anyone may hold the token"


async def test_refusals_of_unknown_users_are_not_recorded(
    for_admins: Any, refused: Refused, sign_in: SignIn, ended: Any, kept: Any
) -> None:
    metadata: Metadata
    for metadata in ((), (("authorization", "Bearer garbage"),), sign_in(expires_in=-60)):
        assert (await refused(for_admins.GetBalance(EMPTY, metadata=metadata)))["code"] == "UNAUTHENTICATED"
    ended.is_unknown = True
    try:
        assert (await refused(for_admins.GetBalance(EMPTY, metadata=sign_in())))["code"] == "UNAVAILABLE"
    finally:
        ended.is_unknown = False
    await for_admins.GetBalance(EMPTY, metadata=sign_in(role="admin"))
    assert kept.refusals == []


async def fails() -> None:
    raise ConnectionError("the audit trail is down")


async def hangs() -> None:
    await asyncio.sleep(60)


@pytest.mark.parametrize("before", [fails, hangs])
async def test_a_refusal_that_cannot_be_recorded_stands(
    for_admins: Any, refused: Refused, sign_in: SignIn, kept: Any, *, before: Any
) -> None:
    kept.before = before
    answer = await refused(for_admins.GetBalance(EMPTY, metadata=sign_in(), timeout=10))
    assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "ROLE_REQUIRED")


async def test_a_client_that_cancels_does_not_prevent_the_record(for_admins: Any, sign_in: SignIn, kept: Any) -> None:
    started, may_end = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        started.set()
        await may_end.wait()

    kept.before = slowly
    call = for_admins.GetBalance(EMPTY, metadata=sign_in("u-7"))
    await started.wait()
    call.cancel()
    await asyncio.sleep(0.1)  # until the cancellation has reached the server
    may_end.set()
    async with asyncio.timeout(5):
        await kept.recorded.wait()
    assert kept.refusals == [Refusal("u-7", "u-7", "s-1", BALANCE, "ROLE_REQUIRED")]
