"""The slots of a handler, and what it gives to the gate and to the servicer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from cnop.user.v1 import account_service_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc.access import CallMetadata, Policy
from services.common.rpc.call import Call, Principal
from services.common.rpc.handler import Handler, Method

PATH = "/test.Service/Method"
BODY = account_service_pb2.DepositRequest(amount="1.00", request_id="r-1").SerializeToString()


class Aborted(Exception):
    """The call ended with an error."""


class Context:
    """The context of a call from the edge."""

    async def read(self) -> bytes:
        return BODY

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", "Bearer x"),)

    def auth_context(self) -> dict[str, list[bytes]]:
        return {"peer_spiffe_id": [b"spiffe://cnop/local/edge"]}

    def peer(self) -> str:
        return "ipv4:127.0.0.1:4711"

    def time_remaining(self) -> float | None:
        return None

    async def abort(self, code: Any, details: str, trailing: Any) -> None:
        raise Aborted(code.name)


class Gate:
    """Admits everybody as one user, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Policy, CallMetadata]] = []

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        self.asked.append((method, policy, metadata))
        call.principal = Principal("u-1", "customer", "token")


def handler_with(concurrency: int, users: Any = None) -> Handler:
    return Handler(users, Mesh("cnop", "local"), concurrency, logging.INFO)


def method(serve: Any, caller: Any = Policy.PUBLIC) -> Method:
    policy = Policy(caller=caller, rate_class=Policy.READ)
    return Method(PATH, policy, account_service_pb2.DepositRequest.FromString, serve)


async def echo(request: Any, context: Any) -> Any:
    return request


async def test_calls_that_ended_leave_as_many_slots_as_before_and_no_more() -> None:
    handler, gate = handler_with(2), asyncio.Event()

    async def wait(request: Any, context: Any) -> Any:
        await gate.wait()
        return request

    context: Any = Context()
    for _ in range(5):
        await handler.run(method(echo), None, context)
    running = [asyncio.create_task(handler.run(method(wait), None, context)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Aborted):
        await handler.run(method(echo), None, context)
    gate.set()
    await asyncio.gather(*running)
    await handler.run(method(echo), None, context)


async def test_the_gate_and_the_servicer_get_the_call_as_it_came(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    gate, given = Gate(), []

    async def serve(request: Any, context: Any) -> Any:
        given.append(context)
        return request

    context: Any = Context()
    called = method(serve, Policy.USER)
    await handler_with(1, gate).run(called, None, context)
    assert gate.asked == [(PATH, called.policy, {"authorization": "Bearer x"})]
    assert given == [context]
    [record] = [record for record in caplog.records if record.getMessage() == "call"]
    assert vars(record)["user"] == "u-1"


async def test_a_call_that_its_caller_gave_up_is_logged_as_cancelled(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def wait(request: Any, context: Any) -> Any:
        await asyncio.Event().wait()

    context: Any = Context()
    running = asyncio.create_task(handler_with(1).run(method(wait), None, context))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    [record] = [record for record in caplog.records if record.getMessage() == "call"]
    assert vars(record)["code"] == "CANCELLED"
