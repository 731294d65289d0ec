from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    profile_pb2,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
)

from services.common import policy, request
from services.common.contract import Contract
from services.common.errors import FailedPrecondition, ResourceExhausted
from services.common.mesh import Mesh
from services.common.policy import Policy

SERVICES = ("cnop.user.v1.AuthService", "cnop.user.v1.AccountService", "cnop.user.v1.SettlementService")
BALANCE = "/cnop.user.v1.AccountService/GetBalance"
UUID = "11111111-2222-5333-8444-555555555555"
SECRET = "password=hunter2 in /srv/app/main.py"

Metadata = tuple[tuple[str, str], ...]
SignIn = Callable[..., Metadata]
CallAs = Callable[[str], grpc.aio.Channel]
Told = Callable[[grpc.aio.AioRpcError], dict[str, Any]]


class Servicers(
    auth_service_pb2_grpc.AuthServiceServicer,
    account_service_pb2_grpc.AccountServiceServicer,
    settlement_service_pb2_grpc.SettlementServiceServicer,
):
    """Answers every method with what `behave` returns, and keeps what reached it."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, str, str, float]] = []  # request, user, request id, remaining seconds

        async def nothing(_: Any) -> None:
            return

        self.behave: Callable[[Any], Awaitable[None]] = nothing

    async def _serve(self, asked: Any, answer: Any) -> Any:
        call = request.current()
        assert call is not None
        user = call.principal.user_id if call.principal else ""
        self.seen.append((asked, user, request.request_id(), request.remaining_seconds(1000)))
        await self.behave(asked)
        return answer

    async def Register(self, asked: Any, context: Any) -> profile_pb2.Profile:
        return await self._serve(asked, profile_pb2.Profile(username=asked.username))

    async def Login(self, asked: Any, context: Any) -> auth_service_pb2.LoginResponse:
        return await self._serve(asked, auth_service_pb2.LoginResponse(access_token="t"))

    async def GetBalance(self, asked: Any, context: Any) -> account_pb2.Balance:
        return await self._serve(asked, account_pb2.Balance(currency=request.principal().user_id))

    async def Deposit(self, asked: Any, context: Any) -> account_pb2.Transaction:
        return await self._serve(asked, account_pb2.Transaction(transaction_id=asked.request_id))

    async def VoidTrade(self, asked: Any, context: Any) -> settlement_service_pb2.VoidTradeResponse:
        return await self._serve(asked, settlement_service_pb2.VoidTradeResponse())


@pytest.fixture
def servicers() -> Servicers:
    return Servicers()


@pytest.fixture
def register(servicers: Servicers) -> Callable[[grpc.aio.Server], None]:
    def into(server: grpc.aio.Server) -> None:
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(servicers, server)
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(servicers, server)
        settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(servicers, server)

    return into


@pytest.fixture
async def call_as(serve_all: Any, register: Any) -> CallAs:
    return await serve_all(SERVICES, register)


@pytest.fixture
def channel(call_as: CallAs) -> grpc.aio.Channel:
    return call_as("edge")


@pytest.fixture
def accounts(channel: grpc.aio.Channel) -> account_service_pb2_grpc.AccountServiceStub:
    return account_service_pb2_grpc.AccountServiceStub(channel)


@pytest.fixture
def auth(channel: grpc.aio.Channel) -> auth_service_pb2_grpc.AuthServiceStub:
    return auth_service_pb2_grpc.AuthServiceStub(channel)


@pytest.fixture
def refused(told: Told) -> Callable[[Awaitable[object]], Awaitable[dict[str, Any]]]:
    """What a client is told by a call that must fail."""

    async def read(call: Awaitable[object]) -> dict[str, Any]:
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        return told(error.value)

    return read


Refused = Callable[[Awaitable[object]], Awaitable[dict[str, Any]]]

EMPTY = account_service_pb2.GetBalanceRequest()
LOGIN = auth_service_pb2.LoginRequest(username="alice", password="x")
VOID = settlement_service_pb2.VoidTradeRequest(order_id=UUID, user_id=UUID)


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
    ended.sessions.add("s-9")
    answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in(session_id="s-9")))
    assert (answer["code"], answer["reason"]) == ("UNAUTHENTICATED", "TOKEN_REVOKED")
    assert servicers.seen == []


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

    await settlement("order").VoidTrade(VOID)
    for other in ("user", "inventory", "edge", "operator"):
        for metadata in ((), sign_in(role="admin"), (("x-mesh-identity", "order"),)):
            answer = await refused(settlement(other).VoidTrade(VOID, metadata=metadata))
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


def test_methods_for_users_need_something_that_verifies_tokens(mesh: Mesh) -> None:
    with pytest.raises(ValueError, match="token"):
        Contract(policy.read(SERVICES), None, mesh)


async def test_who_may_not_call_learns_nothing_about_the_fields(accounts: Any, refused: Refused) -> None:
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="x")))
    assert answer["code"] == "UNAUTHENTICATED"
    assert "fields" not in answer


async def test_broken_fields_are_told_one_by_one(auth: Any, servicers: Servicers, refused: Refused) -> None:
    answer = await refused(auth.Register(auth_service_pb2.RegisterRequest(username="x", email="y", password="z")))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert set(answer["fields"]) == {"username", "email", "password", "first_name", "last_name"}
    assert "username must be 3 to 30 characters" in answer["message"]
    assert servicers.seen == []


async def test_the_header_fills_the_request_id(accounts: Any, servicers: Servicers, sign_in: SignIn) -> None:
    asked = account_service_pb2.DepositRequest(amount="1.00")
    metadata = (*sign_in(), ("idempotency-key", "from-header"))
    assert (await accounts.Deposit(asked, metadata=metadata)).transaction_id == "from-header"
    asked.request_id = "from-body"
    assert (await accounts.Deposit(asked, metadata=metadata)).transaction_id == "from-body"


async def test_without_a_request_id_each_effect_gets_one_of_its_own(accounts: Any, sign_in: SignIn) -> None:
    asked = account_service_pb2.DepositRequest(amount="1.00")
    made = {(await accounts.Deposit(asked, metadata=sign_in())).transaction_id for _ in range(3)}
    assert len(made) == 3
    assert "" not in made


async def test_what_may_have_happened_names_the_request_id_to_replay_it_by(
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


@pytest.mark.parametrize(
    ("part", "told", "address"),
    [
        ("edge", "203.0.113.7", "203.0.113.7"),
        ("edge", None, "127.0.0.1"),
        ("order", "203.0.113.7", "127.0.0.1"),
        ("operator", "203.0.113.7", "127.0.0.1"),
    ],
)
async def test_a_call_knows_whom_it_comes_from_and_believes_the_edge_alone(
    call_as: CallAs, servicers: Servicers, part: str, told: str | None, address: str
) -> None:
    seen: list[request.Call | None] = []

    async def look(_: Any) -> None:
        seen.append(request.current())

    servicers.behave = look
    metadata = () if told is None else (("x-client-address", told),)
    auth: Any = auth_service_pb2_grpc.AuthServiceStub(call_as(part))
    await auth.Login(LOGIN, metadata=metadata)
    [call] = seen
    assert call is not None
    assert (call.peer, call.client_address) == (part, address)
    assert "grpc-python-asyncio" in call.user_agent


async def test_what_may_be_tried_again_says_when_in_the_header_of_http_too(auth: Any, servicers: Servicers) -> None:
    async def refuse(_: Any) -> None:
        raise ResourceExhausted("RATE_LIMITED", "too many tries", retry_after_seconds="7")

    servicers.behave = refuse
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await auth.Login(auth_service_pb2.LoginRequest(username="ada", password="x"))
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert dict(error.value.trailing_metadata() or ())["retry-after"] == "7"


@pytest.mark.parametrize("key", ["has space", "x" * 65, "a/b"])
async def test_a_request_id_from_the_header_is_held_to_its_rule(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn, key: str
) -> None:
    metadata = (*sign_in(), ("idempotency-key", key))
    answer = await refused(accounts.Deposit(account_service_pb2.DepositRequest(amount="1.00"), metadata=metadata))
    assert answer["fields"] == ["request_id"]
    assert servicers.seen == []


async def test_a_message_without_a_request_id_takes_no_notice_of_the_header(accounts: Any, sign_in: SignIn) -> None:
    metadata = (*sign_in(), ("idempotency-key", "x"))
    assert (await accounts.GetBalance(EMPTY, metadata=metadata)).currency == "u-1"


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b"\x0a\x02\xc3\x28"], ids=["garbage", "not UTF-8"])
async def test_what_is_no_message_is_a_bad_request(
    channel: grpc.aio.Channel, servicers: Servicers, refused: Refused, sign_in: SignIn, body: bytes
) -> None:
    call: Any = channel.unary_unary("/cnop.user.v1.AccountService/Deposit")
    answer = await refused(call(body, metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert servicers.seen == []


async def test_a_message_that_is_too_large_is_refused(accounts: Any, servicers: Servicers, sign_in: SignIn) -> None:
    asked = account_service_pb2.DepositRequest(amount="1" * 300_000)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await accounts.Deposit(asked, metadata=sign_in())
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert servicers.seen == []


async def test_an_unknown_method_is_not_implemented(channel: grpc.aio.Channel, sign_in: SignIn) -> None:
    for path in ("/cnop.user.v1.AccountService/StealMoney", "/no.such.Service/Method"):
        call: Any = channel.unary_unary(path)
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call(b"", metadata=sign_in())
        assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), AssertionError(SECRET)], ids=repr)
async def test_an_error_of_our_own_tells_nothing_to_the_client_and_all_to_the_log(
    accounts: Any, servicers: Servicers, sign_in: SignIn, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def fail(_: Any) -> None:
        raise error

    servicers.behave = fail
    with caplog.at_level(logging.INFO), pytest.raises(grpc.aio.AioRpcError) as answer:
        await accounts.GetBalance(EMPTY, metadata=(*sign_in(), ("x-request-id", "r-77")))
    assert (answer.value.code(), answer.value.details()) == (grpc.StatusCode.INTERNAL, "internal error")
    everything = repr(answer.value) + repr(answer.value.trailing_metadata()) + repr(answer.value.initial_metadata())
    assert "hunter2" not in everything
    assert "Error(" not in repr(answer.value.trailing_metadata())
    [unhandled] = [record for record in caplog.records if record.message == "unhandled"]
    assert unhandled.request_id == "r-77"  # type: ignore[attr-defined]
    assert unhandled.exc_info is not None
    assert "hunter2" in str(unhandled.exc_info[1])


async def test_a_refusal_reaches_the_client_with_reason_and_facts(
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


async def test_a_dependency_that_is_away_is_unavailable(
    accounts: Any, servicers: Servicers, refused: Refused, sign_in: SignIn
) -> None:
    async def fail(_: Any) -> None:
        raise ConnectionRefusedError(SECRET)

    servicers.behave = fail
    answer = await refused(accounts.GetBalance(EMPTY, metadata=sign_in()))
    assert (answer["code"], answer["reason"]) == ("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE")
    assert "hunter2" not in answer["message"]


@pytest.mark.parametrize(
    ("given", "taken"), [("r-1.2:3_4", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ('a"b', False)]
)
async def test_a_request_id_is_kept_when_it_is_harmless(
    auth: Any, servicers: Servicers, given: str, taken: bool
) -> None:
    await auth.Login(LOGIN, metadata=(("x-request-id", given),))
    [(_, _, request_id, _)] = servicers.seen
    assert (request_id == given) == taken
    assert len(request_id) >= 9


async def test_without_a_request_id_each_call_gets_one_of_its_own(auth: Any, servicers: Servicers) -> None:
    for _ in range(3):
        await auth.Login(LOGIN)
    assert len({request_id for _, _, request_id, _ in servicers.seen}) == 3


async def test_the_deadline_of_the_client_is_that_of_the_call(auth: Any, servicers: Servicers) -> None:
    await auth.Login(LOGIN, timeout=2)
    await auth.Login(LOGIN)
    await auth.Login(LOGIN, timeout=3600)
    remaining = [seconds for _, _, _, seconds in servicers.seen]
    assert 0 < remaining[0] <= 2
    assert 5 < remaining[1] <= 10
    assert 5 < remaining[2] <= 10


async def test_each_call_is_logged_once_without_what_is_secret(
    auth: Any, accounts: Any, refused: Refused, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    metadata = sign_in("u-9")
    with caplog.at_level(logging.DEBUG):
        await accounts.GetBalance(EMPTY, metadata=metadata)
        await auth.Login(auth_service_pb2.LoginRequest(username="alice", password="hunter2"))
        await refused(accounts.GetBalance(EMPTY))
        await refused(auth.Register(auth_service_pb2.RegisterRequest(username="alice", password="hunter2")))
    calls = [record.__dict__ for record in caplog.records if record.message == "call"]
    assert [(call["method"].rpartition("/")[2], call["code"], call["reason"], call["user"]) for call in calls] == [
        ("GetBalance", "OK", "", "u-9"),
        ("Login", "OK", "", ""),
        ("GetBalance", "UNAUTHENTICATED", "TOKEN_MISSING", ""),
        ("Register", "INVALID_ARGUMENT", "INVALID_FIELD", ""),
    ]
    assert all(call["request_id"] and call["ms"] >= 0 and call["peer"] == "edge" for call in calls)
    everything = repr([record.__dict__ for record in caplog.records])
    assert "hunter2" not in everything
    assert metadata[0][1].removeprefix("Bearer ") not in everything


async def test_a_call_that_the_client_gives_up_is_logged_as_cancelled(
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
        giving_up = asyncio.ensure_future(auth.Login(LOGIN))
        await started.wait()
        giving_up.cancel()
        async with asyncio.timeout(5):
            await ended.wait()
    assert [vars(record)["code"] for record in caplog.records if record.message == "call"] == ["CANCELLED"]
