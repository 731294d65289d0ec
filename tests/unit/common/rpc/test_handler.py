"""What a handler does before it calls the servicer, with a fake context; tests/services/contract has the rest."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from google.rpc import error_details_pb2, status_pb2

from services.common.mesh.identity import Mesh
from services.common.rpc.access import Policy
from services.common.rpc.errors import NotFound
from services.common.rpc.handler import Handler, Method
from services.common.rpc.status import DETAILS_KEY


class Aborted(Exception):
    def __init__(self, code: grpc.StatusCode, reason: str, trailing: dict[str, bytes]) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.trailing = trailing


class Context:
    """The context of a call from the edge that has `seconds` left until its deadline. Its message may be late."""

    def __init__(self, seconds: float | None, message: Awaitable[object]) -> None:
        self.seconds = seconds
        self.message = message

    async def read(self) -> object:
        return await self.message

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return ()

    def auth_context(self) -> dict[str, list[bytes]]:
        return {"peer_spiffe_id": [b"spiffe://cnop/local/edge"]}

    def peer(self) -> str:
        return "ipv4:127.0.0.1:4711"

    def time_remaining(self) -> float | None:
        return self.seconds

    async def abort(self, code: grpc.StatusCode, details: str, trailing: tuple[tuple[str, bytes], ...]) -> None:
        info = error_details_pb2.ErrorInfo()
        status_pb2.Status.FromString(dict(trailing)[DETAILS_KEY]).details[0].Unpack(info)
        raise Aborted(code, info.reason, dict(trailing))


Run = Callable[..., Coroutine[Any, Any, Any]]


async def _sent(message: object) -> object:
    return message


def run(concurrency: int, serve: Callable[[Any, Any], Awaitable[Any]]) -> Run:
    """Returns what calls a public method of a server that has room for `concurrency` calls."""
    handler = Handler(None, Mesh("cnop", "local"), concurrency, logging.INFO)
    policy = Policy(caller=Policy.PUBLIC, rate_class=Policy.READ)
    method = Method("/test.Service/Method", policy, empty_pb2.Empty.FromString, serve)

    async def call(seconds: float | None = None, message: Awaitable[object] | None = None) -> Any:
        context: Any = Context(seconds, message or _sent(b""))
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
    assert (aborted.value.code, aborted.value.reason) == (grpc.StatusCode.UNAVAILABLE, "DEADLINE_PASSED")
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
    assert (aborted.value.code, aborted.value.reason) == (grpc.StatusCode.UNAVAILABLE, "OVERLOADED")
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
        assert "OVERLOADED" not in str(ended.value)


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
        assert (ended.code, ended.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    await call()
