"""The way of the other services into the audit trail, which the user service keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import grpc
from cnop.user.v1 import audit_log_service_pb2, audit_log_service_pb2_grpc

from services.common import ids
from services.common.auth.refusals import SECONDS_MAX, Refusal
from services.common.mesh import channels
from services.common.rpc import call as request
from services.common.rpc.errors import Unavailable
from services.common.rpc.status import as_service_error

SERVICE = "cnop.user.v1.AuditLogService"

_TIMEOUT_SECONDS = 3.0
_FACT_MAX = 256


@dataclass(frozen=True)
class _Change:
    event: str
    subject: str
    user_id: str
    facts: dict[str, str]


class AuditLog:
    """Records changes of admins, before and after they are made, and who was refused."""

    def __init__(self, channel: grpc.aio.Channel, now: Callable[[], datetime]) -> None:
        self._stub = audit_log_service_pb2_grpc.AuditLogServiceStub(channel)
        self._now = now

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AsyncIterator[None]:
        """Encloses the change that the admin who calls makes, of something that concerns a user (else, the admin).

        It is recorded before and after. Raises Unavailable before the change when it cannot be recorded, so that
        nothing is changed. Raises it after the change when the outcome cannot: a replay of the request, which has no
        second effect, completes the trail. An intent without an outcome means that nobody knows.
        """
        change = _Change(event, subject, user_id, facts)
        await self._record(change, "INTENDED", "nothing was changed")
        try:
            yield
        except Exception as error:
            reason = as_service_error(error).reason
            await self._record(change, reason, "what was asked for has failed")
            raise
        await self._record(change, "DONE", "what was asked for is done")

    async def record_refusal(self, refusal: Refusal) -> None:
        """Records that a user was refused. Raises AioRpcError when it cannot be."""
        call = request.current()
        message = audit_log_service_pb2.RecordRefusalRequest(
            user_id=refusal.user_id,
            actor_id=refusal.actor_id,
            session_id=refusal.session_id,
            method=refusal.method,
            outcome=refusal.reason,
            client_address=call.client_address if call else "",
            user_agent=call.user_agent[:_FACT_MAX] if call else "",
        )
        # Not within the time of the call: who is refused could keep it too short for that.
        await self._stub.RecordRefusal(message, timeout=SECONDS_MAX, metadata=channels.as_service())

    async def _record(self, change: _Change, outcome: str, meanwhile: str) -> None:
        call, admin = request.current(), request.principal()
        message = audit_log_service_pb2.RecordEventRequest(
            event_id=ids.ordered(self._now()),
            event=change.event,
            outcome=outcome,
            user_id=change.user_id or admin.user_id,
            actor_id=admin.user_id,
            subject=change.subject,
            client_address=call.client_address if call else "",
            user_agent=call.user_agent[:_FACT_MAX] if call else "",
            facts={name: value[:_FACT_MAX] for name, value in change.facts.items()},
        )
        try:
            timeout = request.remaining_seconds(_TIMEOUT_SECONDS)
            await self._stub.RecordEvent(message, timeout=timeout, metadata=channels.as_service())
        except grpc.aio.AioRpcError as error:
            text = f"the audit trail cannot be written, and {meanwhile}; try again"
            raise Unavailable("DEPENDENCY_UNAVAILABLE", text) from error
