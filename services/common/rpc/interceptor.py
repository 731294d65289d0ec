"""The one interceptor of a server: holds every call to the contract.

It wraps the handler, not the continuation: in grpc.aio a `try` around `continuation` never sees what the handler
raises. Each method is wrapped once, when it is first called.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias, cast

import grpc

from services.common.mesh.identity import Mesh
from services.common.rpc.access import Access, Policies, UserAccess, check_peer
from services.common.rpc.admission import Admission
from services.common.rpc.errors import PermissionDenied
from services.common.rpc.handler import Context, Method, Serve, abort

MethodHandler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Continuation: TypeAlias = "Callable[[grpc.HandlerCallDetails], Awaitable[MethodHandler | None]]"

# Health for load balancers, reflection for grpcurl: open to every member of the mesh, and to nobody else.
_INFRASTRUCTURE = ("/grpc.health.v1.Health/", "/grpc.reflection.v1alpha.ServerReflection/")


class ContractInterceptor(grpc.aio.ServerInterceptor):
    """Enforces access policies, request ids, field rules and error details, and writes one log line per call."""

    def __init__(
        self,
        policies: Policies,
        users: UserAccess | None,
        mesh: Mesh,
        concurrency: int = 256,
        *,
        success_level: int = logging.INFO,
    ) -> None:
        """`success_level` is the log level of the line about a call that succeeds."""
        self._policies = policies
        self._access = Access(policies, users)
        self._admission = Admission(concurrency)
        self._mesh = mesh
        self._success_level = success_level
        self._wrapped: dict[str, MethodHandler] = {}

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MethodHandler | None:
        path: str = handler_call_details.method
        wrapped = self._wrapped.get(path)
        if wrapped is None:
            handler = await continuation(handler_call_details)
            if handler is None:
                return None
            wrap = self._infrastructure if path.startswith(_INFRASTRUCTURE) else self._method
            wrapped = self._wrapped[path] = wrap(path, handler)
        return wrapped

    def _method(self, path: str, handler: MethodHandler) -> MethodHandler:
        policy = self._policies.get(path)
        if policy is None or handler.unary_unary is None or handler.request_deserializer is None:
            raise LookupError(f"{path} has no policy, no deserializer or is not unary")
        method = Method(
            path=path,
            policy=policy,
            deserialize=handler.request_deserializer,
            serve=cast(Serve, handler.unary_unary),
            mesh=self._mesh,
            admission=self._admission,
            access=self._access,
            success_level=self._success_level,
        )
        return grpc.unary_unary_rpc_method_handler(
            method.__call__, request_deserializer=None, response_serializer=handler.response_serializer
        )

    def _infrastructure(self, path: str, handler: MethodHandler) -> MethodHandler:
        for kind in ("unary_unary", "unary_stream", "stream_stream"):
            serve = getattr(handler, kind)
            if serve is not None:
                make = getattr(grpc, f"{kind}_rpc_method_handler")
                wrapped: MethodHandler = make(
                    self._for_members(serve), handler.request_deserializer, handler.response_serializer
                )
                return wrapped
        raise LookupError(f"{path} is of an unsupported kind")

    def _for_members(self, serve: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        async def unary(request: Any, context: Context) -> Any:
            await self._admit_member(context)
            return await serve(request, context)

        async def stream(request: Any, context: Context) -> AsyncIterator[Any]:
            await self._admit_member(context)
            async for response in serve(request, context):
                yield response

        return stream if inspect.isasyncgenfunction(serve) else unary

    async def _admit_member(self, context: Context) -> None:
        try:
            check_peer(self._mesh.caller(context))
        except PermissionDenied as refused:
            await abort(context, refused)
