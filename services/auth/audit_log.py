"""Writes to the audit trail, which the user service keeps, from other services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
from cnop.user.v1 import audit_log_service_pb2, audit_log_service_pb2_grpc

from services.auth.refusals import TIMEOUT_SECONDS, Refusal
from services.common import ids
from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.common.rpc.status import as_service_error
from services.common.times import Clock

SERVICE = "cnop.user.v1.AuditLogService"

_CHANGE_TIMEOUT_SECONDS = 3.0
_TEXT_LENGTH_MAX = 256


class AuditLog:
    """Records changes by admins, before and after they are made, and refusals."""

    def __init__(self, channel: grpc.aio.Channel, now: Clock) -> None:
        self._stub = audit_log_service_pb2_grpc.AuditLogServiceStub(channel)
        self._now = now

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AsyncIterator[None]:
        """Encloses a change that the calling admin makes to something of a user (by default, of the admin).

        Raises Unavailable before the change if the intent cannot be recorded, so that nothing is changed; and after the
        change if the outcome cannot be recorded. A replay of the request, which has no second effect, then completes
        the trail. An intent without an outcome means that the outcome is unknown.
        """
        admin = call.principal()
        change = audit_log_service_pb2.RecordEventRequest(
            event=event,
            user_id=user_id or admin.user_id,
            actor_id=admin.user_id,
            subject=subject,
            client_address=call.current().client_address,
            user_agent=call.current().user_agent[:_TEXT_LENGTH_MAX],
            facts={name: value[:_TEXT_LENGTH_MAX] for name, value in facts.items()},
        )
        await self._record(change, "INTENDED", "nothing was changed")
        try:
            yield
        except Exception as error:
            await self._record(change, as_service_error(error).reason, "the change has failed")
            raise
        await self._record(change, "DONE", "the change is done")

    async def record_refusal(self, refusal: Refusal) -> None:
        """Records a refusal. Raises AioRpcError if it cannot."""
        message = audit_log_service_pb2.RecordRefusalRequest(
            user_id=refusal.user_id,
            actor_id=refusal.actor_id,
            session_id=refusal.session_id,
            method=refusal.method,
            outcome=refusal.reason,
            client_address=call.current().client_address,
            user_agent=call.current().user_agent[:_TEXT_LENGTH_MAX],
        )
        # Not bound by the deadline of the call: the refused caller could make that too short.
        await self._stub.RecordRefusal(message, timeout=TIMEOUT_SECONDS, metadata=call.as_service())

    async def _record(self, change: audit_log_service_pb2.RecordEventRequest, outcome: str, consequence: str) -> None:
        change.event_id, change.outcome = ids.ordered(self._now()), outcome
        try:
            timeout = call.remaining_seconds(_CHANGE_TIMEOUT_SECONDS)
            await self._stub.RecordEvent(change, timeout=timeout, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            text = f"the audit trail is unavailable, and {consequence}; try again"
            raise Unavailable("DEPENDENCY_UNAVAILABLE", text) from error
