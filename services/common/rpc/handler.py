"""Runs one call of a method: admission, access, validation, the servicer, the answer and one log line."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import unquote

import grpc
from google.protobuf.message import Message

from services.common.mesh.identity import EDGE, Mesh
from services.common.rpc import call as calls
from services.common.rpc import status, validation
from services.common.rpc.access import Access, CallMetadata, Policy
from services.common.rpc.admission import Admission
from services.common.rpc.errors import Internal, ServiceError, Unavailable

Context = grpc.aio.ServicerContext[Any, Any]
Serve = Callable[[Any, Context], Awaitable[Message]]

_USER_AGENT_LENGTH_MAX = 200
_TRAVEL_SHARE = 0.05  # of the caller's deadline is left for the answer to travel back
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

logger = logging.getLogger("cnop.access")


@dataclass(frozen=True)
class Method:
    """A unary method, wrapped. It takes bytes, so that a request which cannot be parsed is answered like any other."""

    path: str
    policy: Policy
    deserialize: validation.Parse
    serve: Serve
    mesh: Mesh
    admission: Admission
    access: Access
    success_level: int

    async def __call__(self, body: bytes, context: Context) -> Message:
        started = time.perf_counter()
        metadata = dict(context.invocation_metadata() or ())
        call = _enter_call(metadata, context, self.mesh.caller(context))
        code, reason, effect_id = "OK", "", ""
        with self.admission.slot():
            try:
                self.admission.check(call)
                await self.access.authorize(call, self.path, self.policy, metadata)
                request = validation.parse(self.deserialize, body)
                effect_id = validation.fill_request_id(request, metadata)
                validation.validate(request)
                return await self.serve(request, context)
            except Exception as error:
                answer = self._answer(call, error, effect_id)
                code, reason = status.code_of(answer).name, answer.reason
                await abort(context, answer)
            except BaseException:
                code = "CANCELLED"
                raise
            finally:
                self._log(call, code, reason, started)

    def _answer(self, call: calls.Call, error: Exception, effect_id: str) -> ServiceError:
        answer = status.as_service_error(error)
        if isinstance(answer, Internal):
            logger.exception("unhandled", extra={"method": self.path, "request_id": call.request_id})
        if effect_id and isinstance(answer, Unavailable):  # the effect may have happened: a replay by this id tells
            answer.metadata["request_id"] = effect_id
        return answer

    def _log(self, call: calls.Call, code: str, reason: str, started: float) -> None:
        level = self.success_level if code == "OK" else logging.INFO
        if logger.isEnabledFor(level):
            facts = {
                "method": self.path,
                "code": code,
                "reason": reason,
                "ms": round((time.perf_counter() - started) * 1000, 2),
                "request_id": call.request_id,
                "user": call.principal.user_id if call.principal else "",
                "peer": call.peer,
            }
            logger.log(level, "call", extra=facts)


async def abort(context: Context, answer: ServiceError) -> NoReturn:
    """Ends the call with an error."""
    trailing: list[tuple[str, str | bytes]] = [(status.DETAILS_KEY, status.status_of(answer).SerializeToString())]
    seconds = answer.metadata.get("retry_after_seconds")
    if seconds is not None:
        trailing.append(("retry-after", seconds))  # the edge makes it the header of that name (RFC 9110, 10.2.3)
    await context.abort(status.code_of(answer), answer.message, tuple(trailing))


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
