"""Native gRPC calls to the edge and to the services' own ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

from local import dial
from local.stack import Stack

from .contract import METHODS

TIMEOUT_SECONDS = 15.0
STREAMS = {method.path for method in METHODS if method.is_stream}


@dataclass(frozen=True)
class RpcRefusal:
    """An error of a gRPC call."""

    code: grpc.StatusCode
    reason: str
    message: str


class Channels:
    """Channels to the edge and, with the operator's certificate, to each service, by name."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        edge = f"127.0.0.1:{stack.settings.edge_port}"
        self._channels = {("edge", ""): grpc.aio.insecure_channel(edge, options=dial.OPTIONS)}

    def __getitem__(self, name: str) -> grpc.aio.Channel:
        return self._channels["edge", ""] if name == "edge" else self.of(name, "operator")

    def of(self, service: str, caller: str) -> grpc.aio.Channel:
        """Returns a channel to a service's own port, with the certificate of another part of the mesh."""
        known = self._channels.get((service, caller))
        if known is None:
            [address, *_] = self._stack.settings.addresses(service)
            known = dial.channel(address, service, self._stack.mesh / caller)
            self._channels[service, caller] = known
        return known

    async def close(self) -> None:
        for channel in self._channels.values():
            await channel.close()


def bearer(token: str | None) -> tuple[tuple[str, str], ...]:
    """Returns the metadata with a token; no metadata without one."""
    return () if token is None else (("authorization", f"Bearer {token}"),)


async def outcome(
    channel: grpc.aio.Channel, path: str, message: bytes = b"", metadata: tuple[tuple[str, str], ...] = ()
) -> bytes | RpcRefusal:
    """Calls a method with raw bytes. Returns the response, of a stream the first one, in bytes; or the error."""
    if path in STREAMS:
        return await first_outcome(channel, path, message, metadata)
    method = channel.unary_unary(path)
    try:
        reply: bytes = await method(message, metadata=metadata, timeout=TIMEOUT_SECONDS)
    except grpc.aio.AioRpcError as error:
        return refusal(error)
    return reply


async def first_outcome(
    channel: grpc.aio.Channel, path: str, message: bytes = b"", metadata: tuple[tuple[str, str], ...] = ()
) -> bytes | RpcRefusal:
    """Calls a streaming method. Returns the first response, or the error."""
    call = channel.unary_stream(path)(message, metadata=metadata, timeout=TIMEOUT_SECONDS)
    try:
        reply = await call.read()
    except grpc.aio.AioRpcError as error:
        return refusal(error)
    call.cancel()
    assert isinstance(reply, bytes), "the stream ended without a response"
    return reply


async def refused(call: Any) -> RpcRefusal:
    """Returns the error of a call. Fails if the call succeeds."""
    try:
        reply = await call
    except grpc.aio.AioRpcError as error:
        return refusal(error)
    raise AssertionError(f"expected an error, got {reply!r}")


def refusal(error: grpc.aio.AioRpcError) -> RpcRefusal:
    """Parses an error, with the reason from its ErrorInfo."""
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
