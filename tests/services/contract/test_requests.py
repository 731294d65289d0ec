"""What reaches a servicer: valid requests, request ids, the deadline, and where the call comes from."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2, auth_service_pb2, auth_service_pb2_grpc

from services.common.rpc import call

from .servicers import EMPTY, LOGIN, CallAs, Refused, Servicers, SignIn


async def test_each_invalid_field_is_reported(auth: Any, servicers: Servicers, refused: Refused) -> None:
    answer = await refused(auth.Register(auth_service_pb2.RegisterRequest(username="x", email="y", password="z")))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert set(answer["fields"]) == {"username", "email", "password", "first_name", "last_name"}
    assert "username must be 3 to 30 characters" in answer["message"]
    assert servicers.seen == []


@pytest.mark.parametrize("keys", [["k-1"], ['"k-1"'], ["k-1", "k-1"], ['"k-1"', "k-1"]])
async def test_the_request_id_comes_from_the_header_if_the_body_has_none(
    accounts: Any, sign_in: SignIn, keys: list[str]
) -> None:
    metadata = (*sign_in(), *(("idempotency-key", key) for key in keys))
    for given in ("", "k-1"):
        request = account_service_pb2.DepositRequest(amount="1.00", request_id=given)
        assert (await accounts.Deposit(request, metadata=metadata)).transaction_id == "k-1"


@pytest.mark.parametrize(
    ("keys", "given"),
    [(["k-1", "k-2"], ""), (["k-1", '"k-2"'], ""), (["k-1"], "k-2"), (['"k-1"'], "k-2"), (["k-1", "k-2"], "k-2"),
     (["k-1"], "K-1"), (["k-1, k-2"], "k-2")],
)  # fmt: skip
async def test_an_effect_with_two_names_is_refused(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, *, keys: list[str], given: str
) -> None:
    metadata = (*sign_in(), *(("idempotency-key", key) for key in keys))
    request = account_service_pb2.DepositRequest(amount="1.00", request_id=given)
    answer = await refused(accounts.Deposit(request, metadata=metadata))
    assert (answer["code"], answer["fields"]) == ("INVALID_ARGUMENT", ["request_id"])
    assert "must be the same in the request and in each header Idempotency-Key" in answer["message"]
    assert not [key for key in (*keys, given) if key and key in answer["message"]], "no value is repeated"
    assert servicers.seen == []


@pytest.mark.parametrize("key", ["", '""'])
async def test_an_empty_key_is_refused_as_it_would_protect_from_nothing(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, key: str
) -> None:
    request = account_service_pb2.DepositRequest(amount="1.00", request_id="k-1")
    answer = await refused(accounts.Deposit(request, metadata=(*sign_in(), ("idempotency-key", key))))
    assert answer["fields"] == ["request_id"]
    assert servicers.seen == []


async def test_an_effect_without_a_request_id_gets_one(accounts: Any, sign_in: SignIn) -> None:
    request = account_service_pb2.DepositRequest(amount="1.00")
    made = {(await accounts.Deposit(request, metadata=sign_in())).transaction_id for _ in range(3)}
    assert len(made) == 3
    assert "" not in made


@pytest.mark.parametrize(
    ("service", "forwarded", "address"),
    [
        ("edge", "203.0.113.7", "203.0.113.7"),
        ("edge", None, "127.0.0.1"),
        ("order", "203.0.113.7", "127.0.0.1"),
        ("operator", "203.0.113.7", "127.0.0.1"),
    ],
)
async def test_only_the_edge_is_trusted_with_the_address_of_the_client(
    call_as: CallAs, servicers: Servicers, service: str, forwarded: str | None, address: str
) -> None:
    seen: list[call.Call] = []

    async def look(_: Any) -> None:
        seen.append(call.current())

    servicers.behave = look
    metadata = () if forwarded is None else (("x-client-address", forwarded),)
    auth: Any = auth_service_pb2_grpc.AuthServiceStub(call_as(service))
    await auth.Login(LOGIN, metadata=metadata)
    [served] = seen
    assert (served.peer, served.client_address) == (service, address)
    assert "grpc-python-asyncio" in served.user_agent


@pytest.mark.parametrize("key", ["has space", "x" * 65, "a/b", '"', '"a', '"a""', '"a";b', '"a\\"', "k, k"])
async def test_a_request_id_from_the_header_is_validated(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, key: str
) -> None:
    metadata = (*sign_in(), ("idempotency-key", key))
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="1.00"), metadata=metadata))
    assert answer["fields"] == ["request_id"]
    assert servicers.seen == []


async def test_the_header_is_ignored_if_the_request_has_no_request_id(accounts: Any, sign_in: SignIn) -> None:
    metadata = (*sign_in(), ("idempotency-key", "x"))
    assert (await accounts.GetBalance(EMPTY, metadata=metadata)).currency == "u-1"


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b"\x0a\x02\xc3\x28"], ids=["garbage", "not UTF-8"])
async def test_a_malformed_message_is_an_invalid_argument(
    channel: grpc.aio.Channel, servicers: Servicers, refused: Refused, sign_in: SignIn, body: bytes
) -> None:
    call: Any = channel.unary_unary("/cnop.user.v1.AccountService/Deposit")
    answer = await refused(call(body, metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert servicers.seen == []


@pytest.mark.parametrize("path", ["/cnop.user.v1.AccountService/Deposit", "/cnop.user.v1.AuthService/GetJwks"])
async def test_a_call_without_its_message_ends_at_once(
    channel: grpc.aio.Channel, refused: Refused, sign_in: SignIn, path: str
) -> None:
    method: Any = channel.stream_unary(path)
    async with asyncio.timeout(5):
        answer = await refused(method(iter(()), metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")


async def test_a_call_whose_message_does_not_come_ends_too(
    channel: grpc.aio.Channel, refused: Refused, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call, "DEFAULT_DEADLINE_SECONDS", 0.2)
    keys: Any = channel.stream_unary("/cnop.user.v1.AuthService/GetJwks")
    async with asyncio.timeout(5):
        answer = await refused(keys(metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")


async def test_a_message_past_the_limit_is_refused(accounts: Any, servicers: Servicers, sign_in: SignIn) -> None:
    request = account_service_pb2.DepositRequest(amount="1" * 300_000)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await accounts.Deposit(request, metadata=sign_in())
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert servicers.seen == []


async def test_an_unknown_method_is_unimplemented(channel: grpc.aio.Channel, sign_in: SignIn) -> None:
    for path in ("/cnop.user.v1.AccountService/StealMoney", "/no.such.Service/Method"):
        call: Any = channel.unary_unary(path)
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call(b"", metadata=sign_in())
        assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize(
    ("given", "is_kept"), [("r-1.2:3_4", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ('a"b', False)]
)
async def test_a_harmless_request_id_is_kept(auth: Any, servicers: Servicers, given: str, is_kept: bool) -> None:
    await auth.Login(LOGIN, metadata=(("x-request-id", given),))
    [(_, _, request_id, _)] = servicers.seen
    assert (request_id == given) == is_kept
    assert len(request_id) >= 9


async def test_a_call_without_a_request_id_gets_one(auth: Any, servicers: Servicers) -> None:
    for _ in range(3):
        await auth.Login(LOGIN)
    assert len({request_id for _, _, request_id, _ in servicers.seen}) == 3


async def test_the_deadline_of_the_client_bounds_the_call(auth: Any, servicers: Servicers) -> None:
    await auth.Login(LOGIN, timeout=2)
    await auth.Login(LOGIN)
    await auth.Login(LOGIN, timeout=3600)
    remaining = [seconds for _, _, _, seconds in servicers.seen]
    assert 0 < remaining[0] <= 2
    assert 5 < remaining[1] <= 10
    assert 5 < remaining[2] <= 10
