"""The methods on sessions for the other services. Those for users are part of AuthService."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import session_service_pb2, session_service_pb2_grpc

from services.user.sessions.usecases import Sessions

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class SessionServicer(session_service_pb2_grpc.SessionServiceServicer):
    """cnop.user.v1.SessionService."""

    sessions: Sessions

    async def ListRevocations(
        self, request: session_service_pb2.ListRevocationsRequest, context: Context
    ) -> session_service_pb2.ListRevocationsResponse:
        feed = await self.sessions.revocations(request.since_ms)
        response = session_service_pb2.ListRevocationsResponse
        return response(
            revocations=[response.Revocation(session_id=one, ended_at_ms=at) for one, at in feed.revoked.items()],
            position_ms=feed.position,
        )
