from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest

from services.common.rpc.call import Call
from services.streams.stream import Stream


class Left:
    """The context of a call whose client has left, when gRPC notices that in a write and not before."""

    async def write(self, message: Any) -> None:
        raise grpc.aio.InternalError("Failed execute_batch")


async def test_a_client_that_leaves_during_a_write_cancels_the_call_and_is_no_error() -> None:
    call = Call(request_id="r-1", deadline=float("inf"), peer="edge", client_address="192.0.2.1", user_agent="")
    context: Any = Left()
    with pytest.raises(asyncio.CancelledError):
        await Stream(call, heartbeat_seconds=15.0).write(context, b"")
