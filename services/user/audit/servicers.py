"""The methods of the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import (
    audit_admin_service_pb2,
    audit_admin_service_pb2_grpc,
    audit_log_service_pb2,
    audit_log_service_pb2_grpc,
    audit_pb2,
    audit_service_pb2,
    audit_service_pb2_grpc,
)

from services.auth.refusals import Refusal
from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.user.audit.domain import Record
from services.user.audit.trail import AuditTrail

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class AuditServicer(audit_service_pb2_grpc.AuditServiceServicer):
    """cnop.user.v1.AuditService."""

    trail: AuditTrail
    pages: PageTokens

    async def ListMyAuditEvents(
        self, request: audit_service_pb2.ListMyAuditEventsRequest, context: Context
    ) -> audit_service_pb2.ListMyAuditEventsResponse:
        user_id = call.principal().user_id
        page = self.pages.open(request.page_token, "my-audit", user_id)
        cursor = page["cursor"] if page else None
        records, next_cursor = await self.trail.events_of(user_id, cursor, page_size(request.page_size))
        return audit_service_pb2.ListMyAuditEventsResponse(
            events=[_event(record) for record in records],
            next_page_token=self.pages.seal({"cursor": next_cursor} if next_cursor else None, "my-audit", user_id),
        )


@dataclass(frozen=True)
class AuditAdminServicer(audit_admin_service_pb2_grpc.AuditAdminServiceServicer):
    """cnop.user.v1.AuditAdminService."""

    trail: AuditTrail
    pages: PageTokens

    async def ListAuditEvents(
        self, request: audit_admin_service_pb2.ListAuditEventsRequest, context: Context
    ) -> audit_admin_service_pb2.ListAuditEventsResponse:
        query = "audit", request.user_id, request.actor_id
        page = self.pages.open(request.page_token, *query)
        cursor, size = page["cursor"] if page else None, page_size(request.page_size)
        records, next_cursor = await self.trail.events(request.user_id, request.actor_id, cursor, size)
        return audit_admin_service_pb2.ListAuditEventsResponse(
            events=[_event(record) for record in records],
            next_page_token=self.pages.seal({"cursor": next_cursor} if next_cursor else None, *query),
        )


@dataclass(frozen=True)
class AuditLogServicer(audit_log_service_pb2_grpc.AuditLogServiceServicer):
    """cnop.user.v1.AuditLogService."""

    trail: AuditTrail

    async def RecordEvent(
        self, request: audit_log_service_pb2.RecordEventRequest, context: Context
    ) -> audit_log_service_pb2.RecordEventResponse:
        record = Record(
            event_id=request.event_id,
            event=request.event,
            outcome=request.outcome,
            user_id=request.user_id,
            actor_id=request.actor_id,
            subject=request.subject,
            client_address=request.client_address,
            user_agent=request.user_agent,
            request_id=call.current().request_id,
            facts=dict(request.facts),
        )
        await self.trail.accept(record)
        return audit_log_service_pb2.RecordEventResponse()

    async def RecordRefusal(
        self, request: audit_log_service_pb2.RecordRefusalRequest, context: Context
    ) -> audit_log_service_pb2.RecordRefusalResponse:
        refusal = Refusal(request.user_id, request.actor_id, request.session_id, request.method, request.outcome)
        await self.trail.accept_refusal(refusal, request.client_address, request.user_agent)
        return audit_log_service_pb2.RecordRefusalResponse()


def _event(record: Record) -> audit_pb2.AuditEvent:
    return audit_pb2.AuditEvent(
        event_id=record.event_id,
        event=record.event,
        outcome=record.outcome,
        occurred_at=timestamp(record.at),
        user_id=record.user_id,
        actor_id=record.actor_id,
        subject=record.subject,
        client_address=record.client_address,
        user_agent=record.user_agent,
        request_id=record.request_id,
        facts=dict(record.facts),
    )
