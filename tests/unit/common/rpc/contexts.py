"""A fake of the context that gRPC gives to a handler."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

from services.common.rpc.status import DETAILS_KEY


class Aborted(Exception):
    """The call ended with an error."""

    def __init__(self, code: grpc.StatusCode, details: str, trailing: dict[str, Any]) -> None:
        super().__init__(details)
        self.code, self.details, self.trailing = code, details, trailing
        self.info = error_details_pb2.ErrorInfo()
        status_pb2.Status.FromString(trailing[DETAILS_KEY]).details[0].Unpack(self.info)


class Context:
    """The context of a call from a service of the mesh; of a stranger if `service` is empty.

    `body` is the message of the call; grpc.aio.EOF if there is none.
    """

    def __init__(
        self,
        metadata: dict[str, Any] | Iterable[tuple[str, Any]] = (),
        service: str = "edge",
        peer: str = "ipv4:10.0.0.7:4711",
        left: float | None = None,
        body: object = b"",
    ) -> None:
        self.metadata = tuple(metadata.items() if isinstance(metadata, dict) else metadata)
        self.service, self.address, self.left, self.body = service, peer, left, body

    async def read(self) -> object:
        return self.body

    def invocation_metadata(self) -> tuple[tuple[str, Any], ...] | None:
        return self.metadata or None

    def auth_context(self) -> dict[str, list[bytes]]:
        return {"peer_spiffe_id": [f"spiffe://cnop/local/{self.service}".encode()]} if self.service else {}

    def peer(self) -> str:
        return self.address

    def time_remaining(self) -> float | None:
        return self.left

    async def abort(self, code: grpc.StatusCode, details: str, trailing: tuple[tuple[str, Any], ...]) -> None:
        raise Aborted(code, details, dict(trailing))
