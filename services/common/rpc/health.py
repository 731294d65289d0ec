"""gRPC's health service, with the method that its own leaves out and answers with a fault."""

from __future__ import annotations

from typing import Any

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health, health_pb2

# By their names: the types of the package do not tell of them yet.
_MESSAGES: Any = health_pb2.DESCRIPTOR.message_types_by_name
_Listed = GetMessageClass(_MESSAGES["HealthListResponse"])


class Health(health.aio.HealthServicer):
    """Check, Watch and List."""

    _server_status: dict[str, int]

    async def List(self, request: Message, context: grpc.aio.ServicerContext[Any, Any]) -> Message:
        """The health of every service that has one."""
        answer: Any = _Listed()
        for name, status in self._server_status.items():
            answer.statuses[name].status = status
        return answer  # type: ignore[no-any-return]
