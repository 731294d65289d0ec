"""The error that all calls raise."""

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
    """A field of the request that violates a rule."""

    field: str
    description: str


class ApiError(Exception):
    """A call that failed.

    `reason` is for programs ("INSUFFICIENT_FUNDS"); empty if the call did not reach the system.
    `message` is for people.
    `request_id` identifies the call in the system's logs. Retry a change with the same one.
    `retry_after_seconds` is how long to wait before a retry, if the system says so.
    `metadata` has further facts, depending on the reason. `violations` has the invalid fields, for INVALID_FIELD.
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
        """Whether the call certainly had no effect and never will. If not, retry it with its request_id."""
        return self.code not in _OUTCOME_UNKNOWN


_OUTCOME_UNKNOWN = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.INTERNAL,
}


class RpcFailure(Protocol):
    """The error that grpc and grpc.aio raise. (The types of grpc do not declare it.)"""

    def code(self) -> grpc.StatusCode: ...
    def details(self) -> str | None: ...
    def initial_metadata(self) -> Any: ...
    def trailing_metadata(self) -> Any: ...


def error_from_rpc(error: RpcFailure, request_id: str) -> ApiError:
    """Converts an error of gRPC. `request_id` is that of the call."""
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
    """The details of a status; none if they are malformed, as a proxy may write them."""
    try:
        return status_pb2.Status.FromString(status).details if isinstance(status, bytes) else ()
    except DecodeError:
        return ()


def _seconds(*candidates: object) -> float | None:
    """The first candidate that is a number of seconds."""
    for text in candidates:
        if isinstance(text, str) and text.isdecimal():
            return float(text)
    return None
