"""What a handler does before it calls the servicer, with a fake context; tests/services/contract has the rest."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc import call as calls
from services.common.rpc.access import Policy
from services.common.rpc.errors import NotFound
from services.common.rpc.handler import Handler, Method
from tests.unit.common.rpc.contexts import Aborted, Context


class LateContext(Context):
    """The context of a call that has `seconds` left until its deadline. Its message may be late."""

    def __init__(self, seconds: float | None, message: Awaitable[object]) -> None:
        super().__init__(left=seconds)
        self.message = message

    async def read(self) -> object:
        return await self.message


Run = Callable[..., Coroutine[Any, Any, Any]]


async def _sent(message: object) -> object:
    return message


def run(concurrency: int, serve: Callable[[Any, Any], Awaitable[Any]]) -> Run:
    """Returns what calls a public method of a server that has room for `concurrency` calls."""
    handler = Handler(None, Mesh("cnop", "local"), concurrency, logging.INFO)
    policy = Policy(caller=Policy.PUBLIC, rate_class=Policy.READ)
    method = Method("/test.Service/Method", policy, empty_pb2.Empty.FromString, serve)

    async def call(seconds: float | None = None, message: Awaitable[object] | None = None) -> Any:
        context: Any = LateContext(seconds, message or _sent(b""))
        return await handler.run(method, None, context)

    return call


@pytest.mark.parametrize("seconds", [0.0, -1.0])
async def test_a_call_whose_deadline_has_passed_is_shed(seconds: float, caplog: pytest.LogCaptureFixture) -> None:
    served = []

    async def serve(request: Any, _: Any) -> Any:
        served.append(request)
        return request

    call = run(1, serve)
    with caplog.at_level(logging.INFO, "cnop.access"), pytest.raises(Aborted) as aborted:
        await call(seconds)
    assert (aborted.value.code, aborted.value.info.reason) == (grpc.StatusCode.UNAVAILABLE, "DEADLINE_PASSED")
    assert served == []
    [line] = caplog.records
    assert (line.code, line.reason) == ("UNAVAILABLE", "DEADLINE_PASSED")  # type: ignore[attr-defined]
    await call(5.0)
    await call(None)
    assert len(served) == 2


async def test_a_call_past_the_concurrency_is_shed() -> None:
    is_open = asyncio.Event()

    async def serve(request: Any, _: Any) -> Any:
        await is_open.wait()
        return request

    call = run(1, serve)
    first = asyncio.create_task(call())
    await asyncio.sleep(0)
    with pytest.raises(Aborted) as aborted:
        await call()
    assert (aborted.value.code, aborted.value.info.reason) == (grpc.StatusCode.UNAVAILABLE, "OVERLOADED")
    assert aborted.value.trailing["retry-after"] == "1"
    assert aborted.value.trailing["grpc-retry-pushback-ms"] == "-1"
    assert aborted.value.trailing["x-envoy-ratelimited"] == "true"
    is_open.set()
    await first
    await call()


@pytest.mark.parametrize("error", [NotFound("GONE", "gone"), RuntimeError("a bug"), asyncio.CancelledError()], ids=repr)
async def test_a_call_makes_room_for_the_next_however_it_ends(error: BaseException) -> None:
    async def serve(_: Any, __: Any) -> Any:
        raise error

    call = run(1, serve)
    for _ in range(3):
        with pytest.raises((Aborted, asyncio.CancelledError)) as ended:
            await call()
        assert not isinstance(ended.value, Aborted) or ended.value.info.reason != "OVERLOADED"


async def test_a_call_whose_message_has_not_arrived_takes_no_place() -> None:
    async def serve(request: Any, _: Any) -> Any:
        return request

    call = run(1, serve)
    arrives: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    waiting = [asyncio.create_task(call(message=asyncio.shield(arrives))) for _ in range(3)]
    await asyncio.sleep(0)
    await call()
    arrives.set_result(grpc.aio.EOF)
    for ended in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(ended, Aborted)
        assert (ended.code, ended.info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    await call()


async def test_a_message_that_does_not_arrive_ends_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    async def serve(request: Any, _: Any) -> Any:
        return request

    monkeypatch.setattr(calls, "DEFAULT_DEADLINE_SECONDS", 0.01)
    never: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(20):
        with pytest.raises(Aborted) as ended:
            await run(1, serve)(5.0, never)
    assert (ended.value.code, ended.value.info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
