"""The methods of the audit trail: parse, one call, build the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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

from services.common import ids
from services.common.auth.refusals import Refusal
from services.common.rpc import call
from services.common.rpc.errors import InvalidArgument
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.user.audit.store import Record
from services.user.audit.trail import AuditTrail, harmless

Context = grpc.aio.ServicerContext[Any, Any]

_CLOCKS_APART_MAX = timedelta(minutes=15)


@dataclass(frozen=True)
class AuditServicer(audit_service_pb2_grpc.AuditServiceServicer):
    """cnop.user.v1.AuditService."""

    trail: AuditTrail
    pages: PageTokens

    async def ListMyAuditEvents(
        self, asked: audit_service_pb2.ListMyAuditEventsRequest, context: Context
    ) -> audit_service_pb2.ListMyAuditEventsResponse:
        user_id = call.principal().user_id
        cursor = self.pages.open(asked.page_token, "my-audit", user_id)
        before = cursor["before"] if cursor else None
        records, rest = await self.trail.store.of_user(user_id, "", before, page_size(asked.page_size))
        token = self.pages.seal({"before": rest} if rest else None, "my-audit", user_id)
        return audit_service_pb2.ListMyAuditEventsResponse(
            events=[_event(record, with_origin=record.actor_id in ("", user_id)) for record in records],
            next_page_token=token,
        )


@dataclass(frozen=True)
class AuditAdminServicer(audit_admin_service_pb2_grpc.AuditAdminServiceServicer):
    """cnop.user.v1.AuditAdminService."""

    trail: AuditTrail
    pages: PageTokens

    async def ListAuditEvents(
        self, asked: audit_admin_service_pb2.ListAuditEventsRequest, context: Context
    ) -> audit_admin_service_pb2.ListAuditEventsResponse:
        query = "audit", asked.user_id, asked.actor_id
        cursor = self.pages.open(asked.page_token, *query)
        before, size = cursor["before"] if cursor else None, page_size(asked.page_size)
        whose = asked.user_id or asked.actor_id  # what a user did is among what concerns that user
        store = self.trail.store
        records, rest = await (
            store.of_user(whose, asked.actor_id, before, size) if whose else store.of_all(before, size)
        )
        return audit_admin_service_pb2.ListAuditEventsResponse(
            events=[_event(record) for record in records],
            next_page_token=self.pages.seal({"before": rest} if rest else None, *query),
        )


@dataclass(frozen=True)
class AuditLogServicer(audit_log_service_pb2_grpc.AuditLogServiceServicer):
    """cnop.user.v1.AuditLogService."""

    trail: AuditTrail

    async def RecordEvent(
        self, asked: audit_log_service_pb2.RecordEventRequest, context: Context
    ) -> audit_log_service_pb2.RecordEventResponse:
        _check_moment(asked.event_id, self.trail.now())
        _check_facts(asked.facts)
        await self.trail.add(
            Record(
                event_id=asked.event_id,
                event=asked.event,
                outcome=asked.outcome,
                user_id=asked.user_id,
                actor_id=asked.actor_id,
                subject=asked.subject,
                client_address=asked.client_address,
                user_agent=asked.user_agent,
                request_id=call.current().request_id,
                facts=dict(asked.facts),
            )
        )
        return audit_log_service_pb2.RecordEventResponse()

    async def RecordRefusal(
        self, asked: audit_log_service_pb2.RecordRefusalRequest, context: Context
    ) -> audit_log_service_pb2.RecordRefusalResponse:
        refusal = Refusal(asked.user_id, asked.actor_id, asked.session_id, asked.method, asked.outcome)
        record = self.trail.prepare_refusal(refusal)
        await self.trail.add_first(replace(record, client_address=asked.client_address, user_agent=asked.user_agent))
        return audit_log_service_pb2.RecordRefusalResponse()


def _check_moment(event_id: str, now: datetime) -> None:
    """Raises InvalidArgument for the id of an event that is not of now, as far as clocks go."""
    try:
        is_now = abs(ids.moment_of(event_id) - now) <= _CLOCKS_APART_MAX
    except ValueError:
        is_now = False
    if not is_now:
        raise InvalidArgument(("event_id", "must be of this moment"))


def _check_facts(facts: Mapping[str, str]) -> None:
    """Raises InvalidArgument for a fact whose name says that it is a secret."""
    try:
        harmless(facts)
    except ValueError as error:
        raise InvalidArgument(("facts", str(error))) from None


def _event(record: Record, *, with_origin: bool = True) -> audit_pb2.AuditEvent:
    """An event on the wire. Where an admin sits is no matter of the users."""
    return audit_pb2.AuditEvent(
        event_id=record.event_id,
        event=record.event,
        outcome=record.outcome,
        occurred_at=timestamp(record.at),
        user_id=record.user_id,
        actor_id=record.actor_id,
        subject=record.subject,
        client_address=record.client_address if with_origin else "",
        user_agent=record.user_agent if with_origin else "",
        request_id=record.request_id,
        facts=dict(record.facts),
    )
