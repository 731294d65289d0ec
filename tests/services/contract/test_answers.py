"""The errors that clients get, and the log line of each call."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2, auth_service_pb2

from services.common.rpc.errors import FailedPrecondition, ResourceExhausted, Unauthenticated

from .servicers import EMPTY, LOGIN, Refused, Servicers, SignIn

SECRET = "password=hunter2 in /srv/app/main.py"


async def test_an_unavailable_effect_names_the_request_id_to_replay(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    async def hang(_: Any) -> None:
        raise TimeoutError

    servicers.behave = hang
    given = account_service_pb2.DepositRequest(amount="1.00", request_id="r-1")
    answer = await refused(accounts.Deposit(given, metadata=sign_in()))
    assert (answer["code"], answer["facts"]) == ("UNAVAILABLE", {"request_id": "r-1"})
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="1.00"), metadata=sign_in()))
    assert answer["facts"] == {"request_id": servicers.seen[-1][0].request_id}


async def test_an_error_says_when_to_retry_in_the_header_of_http_too(auth: Any, servicers: Servicers) -> None:
    async def refuse(_: Any) -> None:
        raise ResourceExhausted("RATE_LIMITED", "too many tries", retry_after_seconds="7")

    servicers.behave = refuse
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await auth.Login(auth_service_pb2.LoginRequest(username="ada", password="x"))
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert dict(error.value.trailing_metadata() or ())["retry-after"] == "7"


@pytest.mark.parametrize(
    ("reason", "challenge"),
    [
        ("TOKEN_MISSING", 'Bearer realm="cnop"'),
        ("BAD_CREDENTIALS", 'Bearer realm="cnop"'),
        ("TOKEN_REVOKED", 'Bearer realm="cnop", error="invalid_token"'),
    ],
)
async def test_a_caller_who_is_not_signed_in_is_told_how_in_the_header_of_http_too(
    auth: Any, servicers: Servicers, reason: str, challenge: str
) -> None:
    async def refuse(_: Any) -> None:
        raise Unauthenticated(reason, "sign in")

    servicers.behave = refuse
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await auth.Login(auth_service_pb2.LoginRequest(username="ada", password="x"))
    assert dict(error.value.trailing_metadata() or ())["www-authenticate"] == challenge


@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), AssertionError(SECRET)], ids=repr)
async def test_the_text_of_a_bug_is_logged_and_never_sent(
    accounts: Any, servicers: Servicers, sign_in: SignIn, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def fail(_: Any) -> None:
        raise error

    servicers.behave = fail
    with caplog.at_level(logging.INFO), pytest.raises(grpc.aio.AioRpcError) as answer:
        await accounts.GetBalance(EMPTY, metadata=(*sign_in(), ("x-request-id", "r-77")))
    assert (answer.value.code(), answer.value.details()) == (grpc.StatusCode.INTERNAL, "internal error")
    sent = repr(answer.value) + repr(answer.value.trailing_metadata()) + repr(answer.value.initial_metadata())
    assert "hunter2" not in sent
    assert "Error(" not in repr(answer.value.trailing_metadata())
    [unhandled] = [record for record in caplog.records if record.message == "unhandled"]
    assert unhandled.request_id == "r-77"  # type: ignore[attr-defined]
    assert unhandled.exc_info is not None
    assert "hunter2" in str(unhandled.exc_info[1])


async def test_a_refusal_is_sent_with_reason_and_metadata(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    async def fail(_: Any) -> None:
        raise FailedPrecondition("INSUFFICIENT_FUNDS", "5.00 USD are needed", needed="5.00")

    servicers.behave = fail
    assert await refused(accounts.GetBalance(EMPTY, metadata=sign_in())) == {
        "code": "FAILED_PRECONDITION",
        "message": "5.00 USD are needed",
        "reason": "INSUFFICIENT_FUNDS",
        "facts": {"needed": "5.00"},
    }


async def test_an_unreachable_dependency_is_unavailable(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    async def fail(_: Any) -> None:
        raise ConnectionRefusedError(SECRET)

    servicers.behave = fail
    answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE")
    assert "hunter2" not in answer["message"]


async def test_each_call_is_logged_once_and_without_secrets(
    auth: Any, accounts: Any, refused: Refused, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    metadata = sign_in("u-9")
    with caplog.at_level(logging.DEBUG):
        await accounts.GetBalance(EMPTY, metadata=metadata)
        await auth.Login(auth_service_pb2.LoginRequest(username="alice", password="hunter2"))
        await refused(accounts.GetBalance(EMPTY))
        await refused(auth.Register(auth_service_pb2.RegisterRequest(username="alice", password="hunter2")))
        async with asyncio.timeout(10):  # the client has the answer a moment before the line is written
            while sum(record.message == "call" for record in caplog.records) < 4:  # noqa: ASYNC110 - a log sets no event
                await asyncio.sleep(0.01)
    calls = [record.__dict__ for record in caplog.records if record.message == "call"]
    assert [(call["method"].rpartition("/")[2], call["code"], call["reason"], call["user"]) for call in calls] == [
        ("GetBalance", "OK", "", "u-9"),
        ("Login", "OK", "", ""),
        ("GetBalance", "UNAUTHENTICATED", "TOKEN_MISSING", ""),
        ("Register", "INVALID_ARGUMENT", "INVALID_FIELD", ""),
    ]
    assert all(call["request_id"] and call["ms"] >= 0 and call["peer"] == "edge" for call in calls)
    logged = repr([record.__dict__ for record in caplog.records])
    assert "hunter2" not in logged
    assert metadata[0][1].removeprefix("Bearer ") not in logged


async def test_a_call_that_the_client_cancels_is_logged_as_cancelled(
    auth: Any, servicers: Servicers, caplog: pytest.LogCaptureFixture
) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def hang(_: Any) -> None:
        started.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    servicers.behave = hang
    with caplog.at_level(logging.INFO):
        cancelled_call = asyncio.ensure_future(auth.Login(LOGIN))
        await started.wait()
        cancelled_call.cancel()
        async with asyncio.timeout(5):
            await ended.wait()
    assert [vars(record)["code"] for record in caplog.records if record.message == "call"] == ["CANCELLED"]
