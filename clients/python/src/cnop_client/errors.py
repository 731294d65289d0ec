"""The one error of this package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2

_DETAILS_KEY = "grpc-status-details-bin"


@dataclass(frozen=True)
class Violation:
    """A field of the request that breaks a rule."""

    field: str
    description: str


class ApiError(Exception):
    """A call that did not succeed.

    `reason` is what programs act on ("INSUFFICIENT_FUNDS"); empty when the call did not reach the system.
    `request_id` is the id of the call: a change is tried again with the same one, and it is what stands in the logs.
    `retry_after_seconds` is when it is worth another try, where the system says so.
    `metadata` are further facts, by the reason; `violations` the fields at fault, for INVALID_FIELD.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        message: str,
        *,
        request_id: str = "",
        retry_after_seconds: float | None = None,
        metadata: Mapping[str, str] | None = None,
        violations: Iterable[Violation] = (),
    ) -> None:
        super().__init__(f"{reason or code.name}: {message}")
        self.code = code
        self.reason = reason
        self.message = message
        self.request_id = request_id
        self.retry_after_seconds = retry_after_seconds
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)

    @property
    def is_definite(self) -> bool:
        """Whether it is sure that the call had no effect and never will. If not, send it again with its request_id."""
        return self.code not in _OUTCOME_UNKNOWN


_OUTCOME_UNKNOWN = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.INTERNAL,
}


class RpcFailure(Protocol):
    """What both faces of grpc raise. (The synchronous one does not say so in its types.)"""

    def code(self) -> grpc.StatusCode: ...
    def details(self) -> str | None: ...
    def initial_metadata(self) -> Any: ...
    def trailing_metadata(self) -> Any: ...


def of_rpc(error: RpcFailure, request_id: str) -> ApiError:
    """The error of a call. `request_id` is the one that the call was sent with."""
    headers: dict[str, Any] = dict(error.initial_metadata() or ()) | dict(error.trailing_metadata() or ())
    info, violations = error_details_pb2.ErrorInfo(), []
    for detail in _details(headers.get(_DETAILS_KEY)):
        bad = error_details_pb2.BadRequest()
        if detail.Unpack(bad):
            violations = [Violation(each.field, each.description) for each in bad.field_violations]
        else:
            detail.Unpack(info)
    return ApiError(
        error.code(),
        info.reason,
        error.details() or "",
        request_id=request_id,
        retry_after_seconds=_seconds(info.metadata.get("retry_after_seconds"), headers.get("retry-after")),
        metadata=info.metadata,
        violations=violations,
    )


def _details(status: object) -> Iterable[Any]:
    """The details of a status; none when a proxy on the way wrote something else there."""
    try:
        return status_pb2.Status.FromString(status).details if isinstance(status, bytes) else ()
    except DecodeError:
        return ()


def _seconds(*candidates: object) -> float | None:
    """The first of them that is a number of seconds."""
    for text in candidates:
        if isinstance(text, str) and text.isdecimal():
            return float(text)
    return None
