"""What a handler takes from a call for the servicer and the log, and what it tells the caller of an error."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc import call as calls
from services.common.rpc.access import Policy
from services.common.rpc.errors import NotFound, ResourceExhausted, Unauthenticated, Unavailable
from services.common.rpc.handler import Handler, Method
from tests.unit.common.rpc.contexts import Aborted, Context

Deposit = account_service_pb2.DepositRequest
BODY = Deposit(amount="1.00", request_id="r-1").SerializeToString()
PATH = "/test.Service/Method"


async def handled(
    context: Context,
    serve: Callable[[Any, Any], Awaitable[Any]] | None = None,
    body: object = BODY,
    level: int = logging.INFO,
) -> calls.Call:
    """Runs a call and returns what the servicer saw of it."""
    seen: list[calls.Call] = []

    async def remember(request: Any, context: Any) -> Any:
        seen.append(calls.current())
        return await serve(request, context) if serve else request

    context.body = body
    handler = Handler(None, Mesh("cnop", "local"), 1, level)
    policy = Policy(caller=Policy.PUBLIC, rate_class=Policy.READ)
    await handler.run(Method(PATH, policy, Deposit.FromString, remember), None, context)  # type: ignore[arg-type]
    return seen[0]


@pytest.mark.parametrize("given", ["abc", "0af7" * 8])
async def test_a_well_formed_request_id_is_that_of_the_call(given: str) -> None:
    assert (await handled(Context({"x-request-id": given}))).request_id == given


@pytest.mark.parametrize("given", ["", "a b", "a\nb", "x" * 500, b"bytes"])
async def test_any_other_request_id_is_replaced(given: str | bytes) -> None:
    made = (await handled(Context({"x-request-id": given}))).request_id
    assert str(uuid.UUID(made)) == made


async def test_only_the_edge_is_believed_the_address_of_a_client() -> None:
    told = {"x-client-address": "203.0.113.9"}
    assert (await handled(Context(told))).client_address == "203.0.113.9"
    assert (await handled(Context(told, service="order"))).client_address == "10.0.0.7"
    assert (await handled(Context({}))).client_address == "10.0.0.7"


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("ipv4:127.0.0.1:4711", "127.0.0.1"),
        ("ipv6:%5B2001:db8::1%5D:4711", "2001:db8::1"),
        ("ipv6:[::1]:4711", "::1"),
        ("ipv6:%5BX::1%5D:4711", "X::1"),  # only the brackets are taken off
        ("unix:/run/socket:1", ""),
        ("unknown", ""),
    ],
)
async def test_the_address_of_a_peer_is_read_as_grpc_names_it(peer: str, address: str) -> None:
    assert (await handled(Context({}, peer=peer))).client_address == address


async def test_a_user_agent_is_kept_up_to_a_length() -> None:
    assert (await handled(Context({"user-agent": "curl/8"}))).user_agent == "curl/8"
    assert (await handled(Context({}))).user_agent == ""
    assert 0 < len((await handled(Context({"user-agent": "x" * 5000}))).user_agent) < 1000


async def test_the_servicer_gets_less_time_than_the_caller_has_and_never_more_than_the_default() -> None:
    for left, most in ((2.0, 2.0), (None, calls.DEFAULT_DEADLINE_SECONDS), (1e6, calls.DEFAULT_DEADLINE_SECONDS)):
        before = time.monotonic()
        deadline = (await handled(Context({}, left=left))).deadline
        assert before + most / 2 < deadline < before + most


async def test_a_call_is_logged_with_its_facts(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await handled(Context({"x-request-id": "r-7"}))
    [record] = [record for record in caplog.records if record.getMessage() == "call"]
    facts = vars(record)
    assert record.levelno == logging.INFO
    assert (facts["method"], facts["code"], facts["reason"]) == (PATH, "OK", "")
    assert (facts["request_id"], facts["user"], facts["peer"]) == ("r-7", "", "edge")
    assert 0 <= facts["ms"] < 10_000
    assert round(facts["ms"], 2) == facts["ms"]


async def test_the_time_of_a_call_is_logged_in_milliseconds_with_two_decimals(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    took: list[float] = []

    async def work(request: Any, context: Any) -> Any:
        began = time.perf_counter()
        await asyncio.sleep(0.02)
        took.append((time.perf_counter() - began) * 1000)
        return request

    begin = time.perf_counter()
    for _ in range(5):
        await handled(Context(), work)
    total = (time.perf_counter() - begin) * 1000
    logged = [vars(record)["ms"] for record in caplog.records if record.getMessage() == "call"]
    assert sum(took) <= sum(logged) + 0.05
    assert sum(logged) <= total
    assert {round(ms, 2) == ms for ms in logged} == {True}
    assert any(ms % 1 for ms in logged)


async def test_successes_may_be_logged_at_another_level_than_errors(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def refuse(request: Any, context: Any) -> Any:
        raise NotFound("NO_SUCH", "nothing has this id")

    await handled(Context({}), level=logging.DEBUG)
    with pytest.raises(Aborted):
        await handled(Context({}), refuse, level=logging.DEBUG)
    levels = [(record.levelno, vars(record)["code"]) for record in caplog.records if record.getMessage() == "call"]
    assert levels == [(logging.DEBUG, "OK"), (logging.INFO, "NOT_FOUND")]


async def test_an_error_reaches_the_caller_with_its_text_and_when_to_try_again() -> None:
    async def limited(request: Any, context: Any) -> Any:
        raise ResourceExhausted("RATE_LIMITED", "wait a little", retry_after_seconds="7")

    with pytest.raises(Aborted) as ended:
        await handled(Context({}), limited)
    assert (ended.value.details, ended.value.trailing["retry-after"]) == ("wait a little", "7")

    async def refuse(request: Any, context: Any) -> Any:
        raise NotFound("NO_SUCH", "nothing has this id")

    with pytest.raises(Aborted) as ended:
        await handled(Context({}), refuse)
    assert (ended.value.details, ended.value.info.reason) == ("nothing has this id", "NO_SUCH")
    assert "retry-after" not in ended.value.trailing
    assert "request_id" not in ended.value.info.metadata


@pytest.mark.parametrize(
    ("reason", "challenge"),
    [
        ("TOKEN_MISSING", 'Bearer realm="cnop"'),
        ("TOKEN_EXPIRED", 'Bearer realm="cnop", error="invalid_token"'),
        ("TOKEN_INVALID", 'Bearer realm="cnop", error="invalid_token"'),
        ("BAD_CREDENTIALS", 'Bearer realm="cnop"'),
    ],
)
async def test_who_is_not_signed_in_learns_how_to(reason: str, challenge: str) -> None:
    async def refuse(request: Any, context: Any) -> Any:
        raise Unauthenticated(reason, "sign in")

    with pytest.raises(Aborted) as ended:
        await handled(Context(), refuse)
    assert ended.value.trailing["www-authenticate"] == challenge


async def test_a_repeated_name_in_the_metadata_has_all_its_values() -> None:
    repeated = [("user-agent", "a"), ("x-request-id", "r-1"), ("user-agent", "b"), ("user-agent", "c")]
    call = await handled(Context(repeated))
    assert (call.user_agent, call.request_id) == ("a,b,c", "r-1")


async def test_binary_metadata_beside_a_repeated_name_is_left_alone() -> None:
    repeated = [("user-agent", "a"), ("x-client-address", "203.0.113.9"), ("user-agent", "b"), ("trace-bin", b"1")]
    call = await handled(Context(repeated))
    assert (call.user_agent, call.client_address) == ("a,b", "203.0.113.9")


async def test_a_refusal_before_the_effect_has_a_name_tells_no_request_id() -> None:
    with pytest.raises(Aborted) as ended:
        await handled(Context(left=0.0))
    assert (ended.value.code, ended.value.info.reason) == (grpc.StatusCode.UNAVAILABLE, "DEADLINE_PASSED")
    assert ended.value.details == "the deadline had passed before the call began; allow more time"
    assert dict(ended.value.info.metadata) == {}


async def test_a_call_without_a_message_is_refused_with_a_reason() -> None:
    with pytest.raises(Aborted) as ended:
        await handled(Context(), body=grpc.aio.EOF)
    assert ended.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert ended.value.details == "the message is missing or cut short; send one complete message"


@pytest.mark.parametrize(("given", "header"), [("r-1", {}), ("", {"idempotency-key": "key"}), ("", {})])
async def test_an_effect_that_may_have_happened_is_named_so_that_it_can_be_replayed(
    given: str, header: dict[str, str]
) -> None:
    used: list[str] = []

    async def lose(request: Any, context: Any) -> Any:
        used.append(request.request_id)
        raise Unavailable("AWAY", "try again")

    body = Deposit(amount="1.00", request_id=given).SerializeToString()
    with pytest.raises(Aborted) as ended:
        await handled(Context(header), lose, body)
    assert ended.value.info.metadata["request_id"] == used[0]
    assert used[0] == (given or header.get("idempotency-key") or str(uuid.UUID(used[0])))


async def test_a_bug_is_logged_with_the_call_and_told_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(request: Any, context: Any) -> Any:
        raise ZeroDivisionError("secret")

    with pytest.raises(Aborted) as ended:
        await handled(Context({"x-request-id": "r-7"}), fail)
    assert (ended.value.code, ended.value.details) == (grpc.StatusCode.INTERNAL, "internal error")
    [record] = [record for record in caplog.records if record.getMessage() == "unhandled"]
    assert (vars(record)["method"], vars(record)["request_id"]) == (PATH, "r-7")
    assert record.exc_info is not None
