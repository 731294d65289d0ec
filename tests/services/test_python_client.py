"""The synchronous and the asyncio Python client, over real gRPC, against a fake server that fails on demand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_pb2, account_service_pb2_grpc, auth_service_pb2, auth_service_pb2_grpc
from cnop_client import ApiError, AsyncClient, Client, MemoryTokens, Tokens
from cnop_client.errors import error_from_rpc

from services.common.rpc import errors, status

# Calls a method of either client, by name, with its arguments.
Call = Callable[..., Awaitable[Any]]


class System(account_service_pb2_grpc.AccountServiceServicer, auth_service_pb2_grpc.AuthServiceServicer):
    """Fakes the system: raises the `failures` of a test first, and accepts one access token at a time."""

    def __init__(self) -> None:
        self.failures: list[errors.ServiceError] = []
        self.refreshes = 0
        self.seen: list[tuple[Any, dict[str, Any]]] = []
        self.delay_seconds = 0.0

    async def GetBalance(self, request: Any, context: Any) -> account_pb2.Balance:
        await self._begin(request, context)
        return account_pb2.Balance(current_balance="1.00")

    async def Deposit(self, request: Any, context: Any) -> account_pb2.Transaction:
        await self._begin(request, context)
        return account_pb2.Transaction(transaction_id=request.request_id)

    async def RefreshToken(self, request: Any, context: Any) -> auth_service_pb2.LoginResponse:
        self.seen.append((request, {}))
        await asyncio.sleep(self.delay_seconds)
        await self._fail(context)
        if request.refresh_token != f"refresh-{self.refreshes}":
            await self._abort(context, errors.Unauthenticated("REFRESH_TOKEN_REUSED", "used before"))
        self.refreshes += 1
        n = self.refreshes
        return auth_service_pb2.LoginResponse(access_token=f"access-{n}", refresh_token=f"refresh-{n}", expires_in=900)

    async def Login(self, request: Any, context: Any) -> auth_service_pb2.LoginResponse:
        self.seen.append((request, {}))
        return auth_service_pb2.LoginResponse(
            access_token=f"access-{self.refreshes}", refresh_token="new", expires_in=9
        )

    async def Logout(self, request: Any, context: Any) -> auth_service_pb2.LogoutResponse:
        await self._begin(request, context)
        return auth_service_pb2.LogoutResponse()

    async def _begin(self, request: Any, context: Any) -> None:
        metadata = dict(context.invocation_metadata())
        self.seen.append((request, metadata))
        await self._fail(context)
        if metadata.get("authorization") != f"Bearer access-{self.refreshes}":
            await self._abort(context, errors.Unauthenticated("TOKEN_EXPIRED", "expired"))

    async def _fail(self, context: Any) -> None:
        if self.failures:
            await self._abort(context, self.failures.pop(0))

    async def _abort(self, context: Any, error: errors.ServiceError) -> None:
        details = status.status_of(error).SerializeToString()
        context.set_trailing_metadata(((status.DETAILS_KEY, details),))
        await context.abort(status.code_of(error), error.message)


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
async def address(system: System) -> AsyncIterator[str]:
    server = grpc.aio.server()
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(system, server)
    auth_service_pb2_grpc.add_AuthServiceServicer_to_server(system, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"http://127.0.0.1:{port}"
    await server.stop(None)


@pytest.fixture
def tokens(address: str) -> MemoryTokens:
    """Returns a store with a fresh access token."""
    store = MemoryTokens()
    store.write(Tokens(address, "access-0", "refresh-0", time.time() + 900))
    return store


@pytest.fixture
def sync_client(address: str, tokens: MemoryTokens) -> Iterator[Client]:
    with Client(address, tokens=tokens) as client:
        yield client


@pytest.fixture
async def aio_client(address: str, tokens: MemoryTokens) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(address, tokens=tokens) as client:
        yield client


@pytest.fixture(params=["sync", "asyncio"])
def call(request: pytest.FixtureRequest, sync_client: Client, aio_client: AsyncClient) -> Call:
    if request.param == "asyncio":
        return lambda name, *arguments, **more: getattr(aio_client, name)(*arguments, **more)
    return lambda name, *arguments, **more: asyncio.to_thread(getattr(sync_client, name), *arguments, **more)


def expire(tokens: MemoryTokens) -> None:
    stored = tokens.read()
    assert stored is not None
    tokens.write(Tokens(stored.edge, stored.access_token, stored.refresh_token, time.time() - 1))


def unavailable(times: int) -> list[errors.ServiceError]:
    return [errors.Unavailable("DEPENDENCY_UNAVAILABLE", "unavailable") for _ in range(times)]


async def test_unavailable_is_retried_with_one_request_id_for_four_attempts_in_total(
    system: System, call: Call
) -> None:
    system.failures = unavailable(3)
    transaction = await call("deposit", "5")
    ids = {request.request_id for request, _ in system.seen}
    assert len(system.seen) == 4
    assert ids == {transaction.transaction_id} == {metadata["x-request-id"] for _, metadata in system.seen}


async def test_after_four_attempts_the_error_has_the_request_id_to_retry_with(system: System, call: Call) -> None:
    system.failures = unavailable(4)
    with pytest.raises(ApiError) as failed:
        await call("deposit", "5", request_id="mine")
    assert len(system.seen) == 4
    assert (failed.value.code, failed.value.reason) == (grpc.StatusCode.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE")
    assert failed.value.request_id == "mine"
    assert not failed.value.is_definite


async def test_an_error_has_the_details_of_the_response(system: System, call: Call) -> None:
    system.failures = [
        errors.InvalidArgument(("amount", "must be above 0")),
        errors.ResourceExhausted("RATE_LIMITED", "too many", retry_after_seconds="7"),
    ]
    with pytest.raises(ApiError, match="INVALID_FIELD: amount must be above 0") as failed:
        await call("deposit", "0")
    assert [(each.field, each.description) for each in failed.value.violations] == [("amount", "must be above 0")]
    assert failed.value.is_definite
    with pytest.raises(ApiError) as failed:
        await call("deposit", "0")
    assert failed.value.retry_after_seconds == 7


async def test_a_token_that_is_about_to_expire_is_refreshed_before_the_call(
    system: System, tokens: MemoryTokens, call: Call
) -> None:
    expire(tokens)
    await call("get_balance")
    assert system.refreshes == 1
    assert len(system.seen) == 2


async def test_a_refused_token_is_refreshed_and_the_call_is_retried(
    system: System, tokens: MemoryTokens, call: Call
) -> None:
    system.failures = [errors.Unauthenticated("TOKEN_EXPIRED", "expired")]
    transaction = await call("deposit", "5")
    assert system.refreshes == 1
    assert [request.request_id for request, _ in (system.seen[0], system.seen[2])] == [transaction.transaction_id] * 2


async def test_many_callers_refresh_once(system: System, tokens: MemoryTokens, call: Call) -> None:
    expire(tokens)
    system.delay_seconds = 0.1
    await asyncio.gather(*(call("get_balance") for _ in range(20)))
    assert system.refreshes == 1


async def test_a_refresh_is_never_sent_twice(system: System, tokens: MemoryTokens, call: Call) -> None:
    expire(tokens)
    system.failures = unavailable(1)
    with pytest.raises(ApiError) as failed:
        await call("get_balance")
    assert failed.value.code is grpc.StatusCode.UNAVAILABLE
    assert len(system.seen) == 1
    assert tokens.read() is not None, "the tokens may still be valid"


async def test_a_refused_refresh_signs_out(system: System, tokens: MemoryTokens, call: Call) -> None:
    tokens.write(Tokens(tokens.read().edge, "stale", "stale", 0))  # type: ignore[union-attr]
    with pytest.raises(ApiError, match="REFRESH_TOKEN_REUSED"):
        await call("get_balance")
    with pytest.raises(ApiError, match="NOT_SIGNED_IN") as failed:
        await call("get_balance")
    assert failed.value.code is grpc.StatusCode.UNAUTHENTICATED


async def test_a_sign_in_presents_an_earlier_refresh_token_only_to_its_own_edge(
    system: System, tokens: MemoryTokens, call: Call, sync_client: Client
) -> None:
    await call("logout")
    assert not sync_client.is_signed_in
    await call("login", "ada", "a password")
    assert [request.refresh_token for request, _ in system.seen[-1:]] == ["refresh-0"]
    assert sync_client.is_signed_in
    sync_client.forget_tokens()
    await call("login", "ada", "a password")
    tokens.write(Tokens("http://another:80", "access", "another's", 0))
    await call("login", "ada", "a password")
    assert [request.refresh_token for request, _ in system.seen[-2:]] == ["", ""]


async def test_a_cancelled_refresh_does_not_lose_the_new_tokens(
    system: System, tokens: MemoryTokens, aio_client: AsyncClient
) -> None:
    expire(tokens)
    system.delay_seconds = 0.2
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(aio_client.get_balance(), 0.05)
    await aio_client.get_balance()
    assert system.refreshes == 1


async def test_a_deadline_covers_all_attempts(system: System, sync_client: Client) -> None:
    system.failures = unavailable(1000)
    begin = time.monotonic()
    with pytest.raises(ApiError):
        await asyncio.to_thread(sync_client.within(0.05).get_balance)
    assert time.monotonic() - begin < 1


async def test_tokens_are_sent_only_to_their_own_edge(tokens: MemoryTokens, system: System, address: str) -> None:
    with Client(address.replace("127.0.0.1", "localhost"), tokens=tokens) as other:
        assert not other.is_signed_in
        with pytest.raises(ApiError, match="NOT_SIGNED_IN"):
            await asyncio.to_thread(other.get_balance)
    assert system.seen == []


def test_malformed_details_leave_the_code_and_the_message() -> None:
    class Broken:
        def code(self) -> grpc.StatusCode:
            return grpc.StatusCode.INTERNAL

        def details(self) -> str:
            return "broken"

        def initial_metadata(self) -> None:
            return None

        def trailing_metadata(self) -> tuple[tuple[str, bytes], ...]:
            return (("grpc-status-details-bin", b"\xff\xff"),)

    error = error_from_rpc(Broken(), "id")
    assert (str(error), error.reason, error.request_id) == ("INTERNAL: broken", "", "id")
