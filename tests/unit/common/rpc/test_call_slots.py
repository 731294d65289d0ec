"""The slots of a handler, and what it gives to the gate and to the servicer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc.access import CallMetadata, Policy
from services.common.rpc.call import Call, Principal
from services.common.rpc.handler import Handler, Method
from tests.unit.common.rpc.contexts import Aborted, Context

PATH = "/test.Service/Method"
BODY = account_service_pb2.DepositRequest(amount="1.00", request_id="r-1").SerializeToString()


SENT: Any = Context([("authorization", "Bearer x")], body=BODY)
UNSENT: Any = Context(body=grpc.aio.EOF)


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

    for _ in range(5):
        await handler.run(method(echo), None, SENT)
        with pytest.raises(Aborted):
            await handler.run(method(echo), None, UNSENT)
    running = [asyncio.create_task(handler.run(method(wait), None, SENT)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Aborted, match=r"^too many calls at once"):
        await handler.run(method(echo), None, SENT)
    gate.set()
    await asyncio.gather(*running)
    await handler.run(method(echo), None, SENT)


async def test_the_gate_and_the_servicer_get_the_call_as_it_came(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    gate, given = Gate(), []

    async def serve(request: Any, context: Any) -> Any:
        given.append(context)
        return request

    called = method(serve, Policy.USER)
    await handler_with(1, gate).run(called, None, SENT)
    assert gate.asked == [(PATH, called.policy, {"authorization": "Bearer x"})]
    assert given == [SENT]
    [record] = [record for record in caplog.records if record.getMessage() == "call"]
    assert vars(record)["user"] == "u-1"


async def test_the_gate_gets_all_values_of_a_repeated_name_and_the_others_as_they_came() -> None:
    gate = Gate()
    context: Any = Context([("a", "1"), ("b-bin", b"1"), ("a", "2")], body=BODY)
    await handler_with(1, gate).run(method(echo, Policy.USER), None, context)
    assert gate.asked[0][2] == {"a": "1,2", "b-bin": b"1"}


async def test_a_call_that_its_caller_gave_up_is_logged_as_cancelled(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def wait(request: Any, context: Any) -> Any:
        await asyncio.Event().wait()

    running = asyncio.create_task(handler_with(1).run(method(wait), None, SENT))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    [record] = [record for record in caplog.records if record.getMessage() == "call"]
    assert vars(record)["code"] == "CANCELLED"
