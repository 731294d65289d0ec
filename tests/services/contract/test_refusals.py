"""Which refusals are recorded: those of users who are known, before the answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from cnop.user.v1 import account_service_pb2_grpc

from services.common.auth.refusals import Refusal
from services.common.rpc.access import Policy

from .servicers import EMPTY, SERVICES, Metadata, Refused, SignIn

BALANCE = "/cnop.user.v1.AccountService/GetBalance"


@pytest.fixture
async def for_admins(serve: Any, register: Any) -> Any:
    """A method for admins."""
    admin = Policy(caller=Policy.ADMIN, rate_class=Policy.READ)
    return account_service_pb2_grpc.AccountServiceStub(await serve(SERVICES, register, {BALANCE: admin}))


async def test_a_user_who_is_no_admin(for_admins: Any, refused: Refused, sign_in: SignIn, kept: Any) -> None:
    assert (await refused(for_admins.GetBalance(EMPTY, metadata=sign_in("u-7"))))["reason"] == "ROLE_REQUIRED"
    assert kept.refusals == [Refusal("u-7", "u-7", "s-1", BALANCE, "ROLE_REQUIRED")]


@pytest.mark.parametrize("role", ["customer", "admin"])
async def test_the_token_of_a_session_that_has_ended(
    for_admins: Any, refused: Refused, sign_in: SignIn, ended: Any, kept: Any, *, role: str
) -> None:
    ended.sessions.add("s-8")
    metadata = sign_in("u-7", role=role, session_id="s-8")
    assert (await refused(for_admins.GetBalance(EMPTY, metadata=metadata)))["reason"] == "TOKEN_REVOKED"
    assert kept.refusals == [Refusal("u-7", "", "s-8", BALANCE, "TOKEN_REVOKED")], "nobody knows who has the token"


async def test_what_names_nobody_concerns_nobody(
    for_admins: Any, refused: Refused, sign_in: SignIn, ended: Any, kept: Any
) -> None:
    metadata: Metadata
    for metadata in ((), (("authorization", "Bearer garbage"),), sign_in(expires_in=-60)):
        assert (await refused(for_admins.GetBalance(EMPTY, metadata=metadata)))["code"] == "UNAUTHENTICATED"
    ended.away = True
    try:
        assert (await refused(for_admins.GetBalance(EMPTY, metadata=sign_in())))["code"] == "UNAVAILABLE"
    finally:
        ended.away = False
    await for_admins.GetBalance(EMPTY, metadata=sign_in(role="admin"))
    assert kept.refusals == []


async def breaks() -> None:
    raise ConnectionError("the audit trail is away")


async def hangs() -> None:
    await asyncio.sleep(60)


@pytest.mark.parametrize("before", [breaks, hangs])
async def test_a_refusal_stands_when_it_cannot_be_recorded(
    for_admins: Any, refused: Refused, sign_in: SignIn, kept: Any, *, before: Any
) -> None:
    kept.before = before
    answer = await refused(for_admins.GetBalance(EMPTY, metadata=sign_in(), timeout=10))
    assert (answer["code"], answer["reason"]) == ("PERMISSION_DENIED", "ROLE_REQUIRED")


async def test_who_does_not_wait_for_the_answer_is_recorded_too(for_admins: Any, sign_in: SignIn, kept: Any) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        begun.set()
        await may_end.wait()

    kept.before = slowly
    call = for_admins.GetBalance(EMPTY, metadata=sign_in("u-7"))
    await begun.wait()
    call.cancel()
    await asyncio.sleep(0.1)  # until the server knows
    may_end.set()
    async with asyncio.timeout(5):
        await kept.recorded.wait()
    assert kept.refusals == [Refusal("u-7", "u-7", "s-1", BALANCE, "ROLE_REQUIRED")]
