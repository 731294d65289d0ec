"""gRPC's health service with List, which the library's own servicer does not implement."""

from __future__ import annotations

from typing import Any

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health, health_pb2

# By name, because the type stubs do not know these messages yet.
_MESSAGES: Any = health_pb2.DESCRIPTOR.message_types_by_name
_ListResponse = GetMessageClass(_MESSAGES["HealthListResponse"])


class Health(health.aio.HealthServicer):
    _server_status: dict[str, int]

    async def List(self, request: Message, context: grpc.aio.ServicerContext[Any, Any]) -> Message:
        """Lists the health of every service."""
        response: Any = _ListResponse()
        for name, status in self._server_status.items():
            response.statuses[name].status = status
        return response  # type: ignore[no-any-return]
