"""The method on revocations, for the other services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import (
    session_service_pb2,
    session_service_pb2_grpc,
)

from services.user.sessions.revocation_store import RevocationStore

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class SessionServicer(session_service_pb2_grpc.SessionServiceServicer):
    """cnop.user.v1.SessionService."""

    revocations: RevocationStore

    async def ListRevocations(
        self, asked: session_service_pb2.ListRevocationsRequest, context: Context
    ) -> session_service_pb2.ListRevocationsResponse:
        feed = await self.revocations.read(asked.since_ms)
        answer = session_service_pb2.ListRevocationsResponse
        return answer(
            revocations=[answer.Revocation(session_id=one, ended_at_ms=at) for one, at in feed.revoked.items()],
            position_ms=feed.position,
        )
