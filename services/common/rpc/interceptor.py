"""The one interceptor of a server: holds every call to the contract.

It wraps the handler, not the continuation: in grpc.aio a `try` around `continuation` never sees what the handler
raises. Each method is wrapped once, when it is first called.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any, Protocol, TypeAlias, cast

import grpc

from services.common.mesh.identity import Mesh
from services.common.rpc.access import Policies, UserGate, check_peer, is_for_users
from services.common.rpc.errors import InvalidArgument, PermissionDenied
from services.common.rpc.handler import Context, Handler, Method, abort, read_message

MethodHandler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Continuation: TypeAlias = "Callable[[grpc.HandlerCallDetails], Awaitable[MethodHandler | None]]"

# Health for load balancers, reflection for grpcurl: open to every member of the mesh, and to nobody else.
_INFRASTRUCTURE = ("/grpc.health.v1.Health/", "/grpc.reflection.v1alpha.ServerReflection/")


class StreamRunner(Protocol):
    """Serves the methods that return streams."""

    def handler(self, calls: Handler, method: Method) -> MethodHandler:
        """Returns the handler of such a method, whose calls pass `calls` like all others."""
        ...


class ContractInterceptor(grpc.aio.ServerInterceptor):
    """Enforces access policies, request ids, field rules and error details, and writes one log line per call."""

    def __init__(
        self,
        policies: Policies,
        users: UserGate | None,
        mesh: Mesh,
        concurrency: int = 256,
        *,
        success_level: int = logging.INFO,
        streams: StreamRunner | None = None,
    ) -> None:
        """`success_level` is the log level of the line about a call that succeeds."""
        if users is None and any(map(is_for_users, policies.values())):
            raise ValueError("methods for users need a UserGate")
        self._policies = policies
        self._mesh = mesh
        self._streams = streams
        self._handler = Handler(users, mesh, concurrency, success_level)
        self._wrapped: dict[str, MethodHandler] = {}

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MethodHandler | None:
        path: str = handler_call_details.method
        if path not in self._wrapped:
            handler = await continuation(handler_call_details)
            if handler is None:
                return None
            wrap = self._infrastructure if path.startswith(_INFRASTRUCTURE) else self._method
            self._wrapped[path] = wrap(path, handler)
        return self._wrapped[path]

    def _method(self, path: str, handler: MethodHandler) -> MethodHandler:
        policy = self._policies.get(path)
        if policy is None or handler.request_streaming or handler.request_deserializer is None:
            raise LookupError(f"{path} has no policy, no deserializer or takes a stream")
        if handler.response_streaming:
            if self._streams is None:
                raise LookupError(f"{path} returns a stream, and this server has no StreamRunner")
            stream = Method(path, policy, handler.request_deserializer, cast(Any, handler.unary_stream), places=0)
            return self._streams.handler(self._handler, stream)
        method = Method(path, policy, handler.request_deserializer, cast(Any, handler.unary_unary))
        # A stream for gRPC, which never calls a unary handler if the message is missing, and lets the call hang.
        return grpc.stream_unary_rpc_method_handler(
            partial(self._handler.run, method),
            request_deserializer=None,
            response_serializer=handler.response_serializer,
        )

    def _infrastructure(self, path: str, handler: MethodHandler) -> MethodHandler:
        kind = f"{_cardinality(handler.request_streaming)}_{_cardinality(handler.response_streaming)}"
        make = getattr(grpc, f"stream_{_cardinality(handler.response_streaming)}_rpc_method_handler")  # see `_method`
        serve = self._for_members(getattr(handler, kind), takes_one=not handler.request_streaming)
        wrapped: MethodHandler = make(serve, handler.request_deserializer, handler.response_serializer)
        return wrapped

    def _for_members(self, serve: Callable[[Any, Any], Any], *, takes_one: bool) -> Callable[[Any, Any], Any]:
        async def unary(requests: Any, context: Context) -> Any:
            await self._admit_member(context)
            return await serve(await _one(context) if takes_one else requests, context)

        async def stream(requests: Any, context: Context) -> AsyncIterator[Any]:
            await self._admit_member(context)
            async for response in serve(await _one(context) if takes_one else requests, context):
                yield response

        return stream if inspect.isasyncgenfunction(serve) else unary

    async def _admit_member(self, context: Context) -> None:
        try:
            check_peer(self._mesh.caller(context))
        except PermissionDenied as refused:
            await abort(context, refused)


async def _one(context: Context) -> Any:
    """Returns the message of a unary call, or ends the call if there is none."""
    try:
        return await read_message(context)
    except InvalidArgument as missing:
        await abort(context, missing)


def _cardinality(streams: bool) -> str:
    return "stream" if streams else "unary"
