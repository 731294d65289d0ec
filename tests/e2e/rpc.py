"""Native gRPC calls, to the edge and to the services' own ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

from local.settings import StackSettings

TIMEOUT_SECONDS = 15.0


@dataclass(frozen=True)
class RpcRefusal:
    """An error, as gRPC tells it."""

    code: grpc.StatusCode
    reason: str
    message: str


class Channels:
    """The channels to the edge and to each service, by name."""

    def __init__(self, settings: StackSettings) -> None:
        ports = {
            "edge": settings.edge_port,
            "user": settings.user_port,
            "inventory": settings.inventory_port,
            "order": settings.order_port,
        }
        # A pool of its own: a channel to a service that was away must not inherit the back-off of another.
        options = [("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1)]
        self._channels = {
            name: grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options) for name, port in ports.items()
        }

    def __getitem__(self, name: str) -> grpc.aio.Channel:
        return self._channels[name]

    async def close(self) -> None:
        for channel in self._channels.values():
            await channel.close()


def bearer(token: str | None) -> tuple[tuple[str, str], ...]:
    """The metadata of a caller; None for one without a token."""
    return () if token is None else (("authorization", f"Bearer {token}"),)


async def outcome(
    channel: grpc.aio.Channel, path: str, message: bytes = b"", metadata: tuple[tuple[str, str], ...] = ()
) -> bytes | RpcRefusal:
    """What a method answers to bytes: bytes, or the error."""
    method = channel.unary_unary(path)
    try:
        reply: bytes = await method(message, metadata=metadata, timeout=TIMEOUT_SECONDS)
    except grpc.aio.AioRpcError as error:
        return refusal(error)
    return reply


async def refused(call: Any) -> RpcRefusal:
    """The error that a call ends with. Fails when it succeeds."""
    try:
        reply = await call
    except grpc.aio.AioRpcError as error:
        return refusal(error)
    raise AssertionError(f"expected an error, got {reply!r}")


def refusal(error: grpc.aio.AioRpcError) -> RpcRefusal:
    """An error with its reason: the ErrorInfo in its details."""
    reason = ""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            status = status_pb2.Status.FromString(value)
            assert status.code == error.code().value[0], "the details belong to another error"
            reason = reason_of(status)
    return RpcRefusal(error.code(), reason, error.details() or "")


def reason_of(status: status_pb2.Status) -> str:
    for detail in status.details:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            assert info.domain == "cnop"
            return str(info.reason)
    return ""
