"""Runs the calls of a server: admission, access, validation, the servicer, the answer and one log line per call."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote

import grpc
from google.protobuf.message import Message

from services.common.mesh.identity import EDGE, Mesh
from services.common.rpc import call as calls
from services.common.rpc import status, validation
from services.common.rpc.access import CallMetadata, Policy, UserGate, authorize
from services.common.rpc.errors import (
    Internal,
    InvalidArgument,
    ServiceError,
    Shed,
    Unauthenticated,
    Unavailable,
    overloaded,
)

Context = grpc.aio.ServicerContext[Any, Any]

_USER_AGENT_LENGTH_MAX = 200
_TRAVEL_SHARE = 0.05  # of the caller's deadline is left for the answer to travel back
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

logger = logging.getLogger("cnop.access")


class Method(NamedTuple):
    """A method of a servicer. One that streams takes no place of the others, and returns nothing."""

    path: str
    policy: Policy
    deserialize: Callable[[bytes], Message]
    serve: Callable[[Any, Context], Awaitable[Any]]
    places: int = 1


class Handler:
    """Runs calls, at most `concurrency` at once. A call takes its place when its message has arrived."""

    def __init__(self, users: UserGate | None, mesh: Mesh, concurrency: int, success_level: int) -> None:
        self._users = users
        self._mesh = mesh
        self._free = concurrency
        self._success_level = success_level

    async def run(self, method: Method, _: object, context: Context) -> Any:
        """Answers one call. Reads bytes, so that a request which cannot be parsed is answered like any other."""
        started = time.perf_counter()
        headers = tuple(context.invocation_metadata() or ())
        metadata = _metadata(headers)
        call = _enter_call(metadata, context, self._mesh.caller(context))
        code, reason, idempotency_key = "OK", "", ""
        places = 0
        try:
            body = await read_message(context)
            places = method.places
            self._free -= places
            self._admit(call)
            await authorize(call, method.path, method.policy, metadata, self._users)
            request = validation.parse(method.deserialize, body)
            keys = (str(value) for name, value in headers if name == "idempotency-key")
            idempotency_key = validation.fill_request_id(request, keys)
            validation.write_ids_as_stored(request)
            validation.validate(request)
            return await method.serve(request, context)
        except Exception as error:
            answer = status.as_service_error(error)
            if isinstance(answer, Internal):
                logger.exception("unhandled", extra={"method": method.path, "request_id": call.request_id})
            if idempotency_key and isinstance(answer, Unavailable):  # it may have happened: a replay tells
                answer.metadata["request_id"] = idempotency_key
            code, reason = status.code_of(answer).name, answer.reason
            await abort(context, answer)
        except BaseException:
            code = "CANCELLED"
            raise
        finally:
            self._free += places
            level = self._success_level if code == "OK" else logging.INFO
            if logger.isEnabledFor(level):
                _log(level, call, method.path, code, reason, ms=(time.perf_counter() - started) * 1000)

    def _admit(self, call: calls.Call) -> None:
        """Sheds a call before any work is done for it."""
        if self._free < 0:
            raise overloaded()
        if time.monotonic() >= call.deadline:
            raise Unavailable("DEADLINE_PASSED", "the deadline had passed before the call began; allow more time")


async def read_message(context: Context) -> Any:
    """Returns the message of a unary call. Raises InvalidArgument if it is missing, cut short or does not arrive."""
    message: Any = grpc.aio.EOF
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(calls.DEFAULT_DEADLINE_SECONDS):
            message = await context.read()
    if message is grpc.aio.EOF:
        raise InvalidArgument(("", "the message is missing or cut short; send one complete message"))
    return message


def _metadata(pairs: Sequence[tuple[str, str | bytes]]) -> CallMetadata:
    """Returns the metadata of a call. Joins the values of a repeated name by commas, as HTTP and the edge do."""
    metadata = dict(pairs)
    if len(metadata) < len(pairs):
        for name in metadata:
            values = [value for other, value in pairs if other == name]
            metadata[name] = ",".join(map(str, values)) if len(values) > 1 else values[0]
    return metadata


async def abort(context: Context, answer: ServiceError) -> NoReturn:
    """Ends the call with an error."""
    # The edge makes headers of the names that HTTP knows (RFC 9110, 10.2.3 and 11.6.1).
    trailing: list[tuple[str, str | bytes]] = [(status.DETAILS_KEY, status.status_of(answer).SerializeToString())]
    seconds = answer.metadata.get("retry_after_seconds")
    if seconds is not None:
        trailing.append(("retry-after", seconds))
    if isinstance(answer, Unauthenticated):
        trailing.append(("www-authenticate", _challenge(answer.reason)))
    if isinstance(answer, Shed):
        trailing.extend(status.NO_RETRY)
    await context.abort(status.code_of(answer), answer.message, tuple(trailing))


def _challenge(reason: str) -> str:
    """Returns what a client needs to sign in (RFC 6750, 3)."""
    has_bad_token = reason.startswith("TOKEN_") and reason != "TOKEN_MISSING"
    return 'Bearer realm="cnop"' + (', error="invalid_token"' if has_bad_token else "")


def _log(level: int, call: calls.Call, method: str, code: str, reason: str, *, ms: float) -> None:
    facts = {
        "method": method,
        "code": code,
        "reason": reason,
        "ms": round(ms, 2),
        "request_id": call.request_id,
        "user": call.principal.user_id if call.principal else "",
        "peer": call.peer,
    }
    logger.log(level, "call", extra=facts)


def _enter_call(metadata: CallMetadata, context: Context, peer: str) -> calls.Call:
    given = metadata.get("x-request-id")
    left = context.time_remaining()
    seconds = calls.DEFAULT_DEADLINE_SECONDS if left is None else min(left, calls.DEFAULT_DEADLINE_SECONDS)
    forwarded = str(metadata.get("x-client-address", "")) if peer == EDGE else ""  # only the edge is trusted with it
    call = calls.Call(
        request_id=given if isinstance(given, str) and _REQUEST_ID.fullmatch(given) else str(uuid.uuid4()),
        deadline=time.monotonic() + seconds * (1 - _TRAVEL_SHARE),
        peer=peer,
        client_address=forwarded or _peer_address(context.peer()),
        user_agent=str(metadata.get("user-agent", ""))[:_USER_AGENT_LENGTH_MAX],
    )
    calls.enter(call)
    return call


def _peer_address(peer: str) -> str:
    """Returns the IP address of a peer as gRPC names it: "ipv4:127.0.0.1:4711", "ipv6:%5B::1%5D:4711"."""
    kind, _, address = peer.partition(":")
    return unquote(address).rpartition(":")[0].strip("[]") if kind in {"ipv4", "ipv6"} else ""
