"""Holds every call to its contract: access policy, request id, field rules, errors, one log line.

The handler is wrapped, not the continuation: in grpc.aio a `try` around `continuation` never sees what the handler
raises. Each method is wrapped once, with its policy, when it is first called.
"""

from __future__ import annotations

import inspect
import logging
import re
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, NoReturn, TypeAlias, cast
from urllib.parse import unquote

import grpc
import protovalidate
from google.protobuf.message import DecodeError, Message

from services.common.auth.user_access import UserAccess
from services.common.mesh.identity import EDGE, Mesh
from services.common.rpc import call as calls
from services.common.rpc import status
from services.common.rpc.errors import (
    Internal,
    InvalidArgument,
    PermissionDenied,
    ResourceExhausted,
    ServiceError,
    Unavailable,
)
from services.common.rpc.policy import Policy

Handler = Callable[[Any, Any], Awaitable[Message]]
MethodHandler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"

# What serves the machinery and not the users: health for load balancers, reflection for grpcurl.
_OPEN_SERVICES = ("/grpc.health.v1.Health/", "/grpc.reflection.v1alpha.ServerReflection/")
_USER_AGENT_LENGTH_MAX = 200
_VIOLATIONS_MAX = 20  # that an answer names: a client takes 8 KiB of trailers
_TRAVEL_SHARE = 0.05  # of the caller's deadline, for the answer to travel back before it
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

logger = logging.getLogger("cnop.access")


class Contract(grpc.aio.ServerInterceptor):
    """The one interceptor of a server."""

    def __init__(
        self,
        policies: Mapping[str, Policy],
        users: UserAccess | None,
        mesh: Mesh,
        concurrency: int = 256,
        *,
        success_level: int = logging.INFO,
    ) -> None:
        """`success_level` is the level of the line about a call that succeeds."""
        is_for_users = any(policy.caller in {Policy.USER, Policy.ADMIN} for policy in policies.values())
        if is_for_users and users is None:
            raise ValueError("methods for users need what admits users")
        self._policies = policies
        self._users = users
        self._mesh = mesh
        self._free = concurrency
        self._success_level = success_level
        self._wrapped: dict[str, MethodHandler] = {}

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[MethodHandler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> MethodHandler | None:
        method: str = handler_call_details.method
        wrapped = self._wrapped.get(method)
        if wrapped is not None:
            return wrapped
        handler = await continuation(handler_call_details)
        if handler is None:
            return None
        if method.startswith(_OPEN_SERVICES):
            self._wrapped[method] = self._for_the_mesh(method, handler)
            return self._wrapped[method]
        policy = self._policies.get(method)
        if policy is None or handler.unary_unary is None:
            raise LookupError(f"{method} has no policy or is not unary")
        wrapped = grpc.unary_unary_rpc_method_handler(
            self._wrap(method, policy, handler),
            request_deserializer=None,  # bytes: what cannot be parsed is answered like any other bad request
            response_serializer=handler.response_serializer,
        )
        self._wrapped[method] = wrapped
        return wrapped

    def _for_the_mesh(self, method: str, handler: MethodHandler) -> MethodHandler:
        """A method of the machinery, for whatever is part of this mesh."""
        for kind in ("unary_unary", "unary_stream", "stream_stream"):
            serve = getattr(handler, kind)
            if serve is not None:
                make = getattr(grpc, f"{kind}_rpc_method_handler")
                wrapped: MethodHandler = make(
                    self._guarded(serve), handler.request_deserializer, handler.response_serializer
                )
                return wrapped
        raise LookupError(f"{method} is of a kind that nobody guards")

    def _guarded(self, serve: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        async def answer(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            await self._admit_peer(context)
            return await serve(request, context)

        async def answers(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Any]:
            await self._admit_peer(context)
            async for one in serve(request, context):
                yield one

        return answers if inspect.isasyncgenfunction(serve) else answer

    async def _admit_peer(self, context: grpc.aio.ServicerContext[Any, Any]) -> None:
        if not self._mesh.caller(context):
            await _abort(context, _no_part_of_the_mesh())

    def _wrap(self, method: str, policy: Policy, handler: MethodHandler) -> Handler:
        parse: Callable[[bytes], Message] = handler.request_deserializer or _no_parser
        serve = cast(Handler, handler.unary_unary)

        async def call(body: bytes, context: grpc.aio.ServicerContext[Any, Any]) -> Message:
            started = time.perf_counter()
            metadata = dict(context.invocation_metadata() or ())
            this = _open_call(metadata, context, self._mesh.caller(context))
            code, reason, effect_id = "OK", "", ""
            self._free -= 1
            try:
                self._admit(this)
                await self._authorise(this, method, policy, metadata)
                request = _parse(parse, body)
                effect_id = _fill_request_id(request, metadata)
                _validate(request)
                return await serve(request, context)
            except Exception as error:
                answer = status.as_service_error(error)
                if isinstance(answer, Internal):
                    logger.exception("unhandled", extra={"method": method, "request_id": this.request_id})
                code, reason = status.code_of(answer).name, answer.reason
                if effect_id and isinstance(answer, Unavailable):  # it may have happened: a replay by this id tells
                    answer.metadata["request_id"] = effect_id
                await _abort(context, answer)
            except BaseException:
                code = "CANCELLED"
                raise
            finally:
                self._free += 1
                level = self._success_level if code == "OK" else logging.INFO
                if logger.isEnabledFor(level):
                    _log(level, this, method, code, reason, ms=(time.perf_counter() - started) * 1000)

        return call

    def _admit(self, this: calls.Call) -> None:
        """Sheds a call before any work is done for it: when there are too many, or when nobody waits for its answer."""
        if self._free < 0:
            raise ResourceExhausted("OVERLOADED", "too many calls at once; try again")
        if time.monotonic() >= this.deadline:
            raise Unavailable("DEADLINE_PASSED", "the deadline had passed before the call began")

    async def _authorise(
        self, this: calls.Call, method: str, policy: Policy, metadata: Mapping[str, str | bytes]
    ) -> None:
        """Lets pass who may call. Fails closed: what no branch admits is refused."""
        if not this.peer:
            raise _no_part_of_the_mesh()
        if policy.caller == Policy.PUBLIC:
            return None
        if policy.caller == Policy.MESH:
            if this.peer in policy.mesh_identities:
                return None
            raise PermissionDenied("MESH_IDENTITY_REQUIRED", "this service may not call this method")
        if policy.caller in {Policy.USER, Policy.ADMIN} and self._users is not None:
            return await self._users.admit(this, method, policy, metadata)
        raise PermissionDenied("NO_ACCESS", "this method is closed")


def _no_part_of_the_mesh() -> PermissionDenied:
    """For who has a certificate of the authority, but not of this mesh."""
    return PermissionDenied("MESH_IDENTITY_REQUIRED", "who calls is no service of this mesh")


def _log(level: int, this: calls.Call, method: str, code: str, reason: str, *, ms: float) -> None:
    logger.log(
        level,
        "call",
        extra={
            "method": method,
            "code": code,
            "reason": reason,
            "ms": round(ms, 2),
            "request_id": this.request_id,
            "user": this.principal.user_id if this.principal else "",
            "peer": this.peer,
        },
    )


def _open_call(
    metadata: Mapping[str, str | bytes], context: grpc.aio.ServicerContext[Any, Any], peer: str
) -> calls.Call:
    given = metadata.get("x-request-id")
    request_id = given if isinstance(given, str) and _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
    left = context.time_remaining()
    seconds = calls.DEFAULT_DEADLINE_SECONDS if left is None else min(left, calls.DEFAULT_DEADLINE_SECONDS)
    seconds *= 1 - _TRAVEL_SHARE
    told = str(metadata.get("x-client-address", "")) if peer == EDGE else ""
    this = calls.Call(
        request_id=request_id,
        deadline=time.monotonic() + seconds,
        peer=peer,
        client_address=told or _peer_address(context.peer()),
        user_agent=str(metadata.get("user-agent", ""))[:_USER_AGENT_LENGTH_MAX],
    )
    calls.enter(this)
    return this


def _peer_address(peer: str) -> str:
    """The IP address of a peer as gRPC names it: "ipv4:127.0.0.1:4711", "ipv6:%5B::1%5D:4711"."""
    kind, _, address = peer.partition(":")
    return unquote(address).rpartition(":")[0].strip("[]") if kind in {"ipv4", "ipv6"} else ""


def _no_parser(_: bytes) -> NoReturn:
    raise LookupError("the method has no deserializer")


def _parse(parse: Callable[[bytes], Message], body: bytes) -> Message:
    try:
        return parse(body)
    except DecodeError:
        raise InvalidArgument(
            ("", "the request is no message of this method, or holds text that is not UTF-8")
        ) from None


def _fill_request_id(request: Any, metadata: Mapping[str, str | bytes]) -> str:
    """The request id of a message that has room for one (else ""), so that every effect has a name to replay it by.

    One that the message does not hold is that of the header Idempotency-Key; without that one is made here.
    """
    if "request_id" not in request.DESCRIPTOR.fields_by_name:
        return ""
    if not request.request_id:
        request.request_id = metadata.get("idempotency-key") or str(uuid.uuid4())
    made: str = request.request_id
    return made


def _validate(request: Message) -> None:
    """Raises InvalidArgument with the rules of the contract that the request breaks."""
    violations = [violation.proto for violation in protovalidate.collect_violations(request)[:_VIOLATIONS_MAX]]
    if violations:
        raise InvalidArgument(*((_path(violation.field), violation.message) for violation in violations))


def _path(field: Any) -> str:
    return ".".join(_name(element) for element in field.elements) if field else ""


def _name(element: Any) -> str:
    at = element.subscript  # in a list or a map
    return f"{element.field_name}[{at.value}]" if at else str(element.field_name)


async def _abort(context: grpc.aio.ServicerContext[Any, Any], answer: ServiceError) -> NoReturn:
    trailing: list[tuple[str, str | bytes]] = [(status.DETAILS_KEY, status.status_of(answer).SerializeToString())]
    seconds = answer.metadata.get("retry_after_seconds")
    if seconds is not None:
        trailing.append(("retry-after", seconds))  # the edge makes it the header of that name (RFC 9110, 10.2.3)
    await context.abort(status.code_of(answer), answer.message, tuple(trailing))
