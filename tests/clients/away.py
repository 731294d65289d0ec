"""A server that is always unavailable, to check how a client retries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import grpc
from cnop.user.v1 import auth_service_pb2


@dataclass(frozen=True)
class Attempt:
    """A call as it arrived. `seconds` is the time until its deadline."""

    method: str
    metadata: dict[str, Any]
    body: bytes
    seconds: float | None


@dataclass
class Away(grpc.GenericRpcHandler):
    """Answers every call with UNAVAILABLE."""

    address: str = ""
    attempts: list[Attempt] = field(default_factory=list)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes]:
        async def refuse(body: bytes, context: grpc.aio.ServicerContext[bytes, bytes]) -> bytes:
            metadata = dict(context.invocation_metadata() or ())
            self.attempts.append(Attempt(handler_call_details.method, metadata, body, context.time_remaining()))
            await context.abort(grpc.StatusCode.UNAVAILABLE, "away")

        return grpc.unary_unary_rpc_method_handler(refuse)

    def check(self) -> None:
        """Asserts that a client has retried a registration as the service config says, with the same request."""
        assert [one.method for one in self.attempts] == ["/cnop.user.v1.AuthService/Register"] * 4
        [request_id] = {auth_service_pb2.RegisterRequest.FromString(one.body).request_id for one in self.attempts}
        assert request_id
        assert all(one.metadata["x-request-id"] for one in self.attempts)
        assert all(one.seconds is not None and one.seconds <= 10 for one in self.attempts)
