"""What the edge answers itself, in place of a service: the table of its errors."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc import StatusCode

DOMAIN = "cnop"


@dataclass(frozen=True)
class Reply:
    """One error of the edge, in HTTP and in gRPC. `when` is a condition in CEL."""

    when: str
    http_status: int
    code: StatusCode
    reason: str
    message: str = ""  # empty: Envoy's own words
    native_code: StatusCode | None = None  # where gRPC has another custom
    names_field: bool = False  # which, and what is wrong with it, says envoy/rest_input.lua

    @property
    def number(self) -> int:
        """The code as a number, for JSON."""
        return int(self.code.value[0])

    @property
    def native_number(self) -> int:
        """The code as a number, for gRPC and gRPC-Web."""
        return int((self.native_code or self.code).value[0])

    @property
    def native_details(self) -> str:
        """The same google.rpc.Status as in JSON, as gRPC carries it: the value of grpc-status-details-bin."""
        info = any_pb2.Any()
        info.Pack(error_details_pb2.ErrorInfo(reason=self.reason, domain=DOMAIN))
        status = status_pb2.Status(code=self.native_number, message=self.message, details=[info])
        return base64.b64encode(status.SerializeToString(deterministic=True)).decode().rstrip("=")


def _cause(start: str) -> str:
    """The condition for what Envoy gives as the cause of its answer."""
    return f"response.code_details.startsWith('{start}')"


_AWAY = "a part of the system is away; try again"

# The first whose condition holds gives the answer.
REPLIES = (
    Reply(
        _cause("health_check"), 503, StatusCode.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", "not every service is serving",
    ),
    # Without the keys nothing is known of the token: that is not the client's fault.
    Reply(
        _cause("jwt_authn_access_denied{Jwks_remote_fetch"), 503, StatusCode.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE",
        _AWAY,
    ),
    Reply(
        _cause("jwt_authn_access_denied{Jwt_is_missing"), 401, StatusCode.UNAUTHENTICATED, "TOKEN_MISSING",
        "send the access token as 'authorization: Bearer <token>'",
    ),
    Reply(
        _cause("jwt_authn_access_denied{Jwt_is_expired"), 401, StatusCode.UNAUTHENTICATED, "TOKEN_EXPIRED",
        "the access token has expired; sign in again",
    ),
    # Envoy's own status for a token that was made for another audience is 403.
    Reply(
        _cause("jwt_authn_access_denied"), 401, StatusCode.UNAUTHENTICATED, "TOKEN_INVALID",
        "the access token is not valid",
    ),
    Reply(
        "response.code == 404", 404, StatusCode.NOT_FOUND, "ROUTE_NOT_FOUND", "there is no such method",
        native_code=StatusCode.UNIMPLEMENTED,
    ),
    Reply(
        "response.code == 400 && response.code_details == 'lua_response'",
        400, StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", names_field=True,
    ),
    # What else the transcoder cannot read: octets that are no UTF-8, a parameter of the path that the body holds too.
    Reply(
        "response.code == 400 && response.code_details.contains('grpc_json_transcode_failure')",
        400, StatusCode.INVALID_ARGUMENT, "INVALID_FIELD",
    ),
    Reply(
        "response.code == 413", 413, StatusCode.INVALID_ARGUMENT, "BODY_TOO_LARGE", "the body is longer than 64 KiB",
    ),
    Reply(
        "response.code == 415", 415, StatusCode.UNIMPLEMENTED, "COMPRESSION_UNKNOWN",
        "messages may be compressed with gzip or deflate, and with nothing else",
    ),
    Reply(
        "response.code == 431", 431, StatusCode.INVALID_ARGUMENT, "HEADERS_TOO_LARGE",
        "the headers are more than 64, or longer than 32 KiB",
    ),
    Reply(
        "response.code == 429", 429, StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED", "too many requests; try later",
    ),
    Reply(
        "response.code == 504 || response.code_details.contains('max_duration')",
        504, StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "no answer in time; it may still happen",
    ),
    Reply(
        "response.code == 408", 408, StatusCode.DEADLINE_EXCEEDED, "REQUEST_TIMEOUT",
        "the request took too long to come in",
    ),
    # Too many calls of one service at once: its circuit breaker is open. Not 503, which clients try again at once.
    Reply(
        "response.code_details.contains('overflow')", 429, StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED",
        "too many calls at once; try again",
    ),
    # What Envoy has no way to read (a transfer encoding that there is not) is the client's fault all the same.
    Reply("response.code == 501", 400, StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", "not a valid request"),
    Reply("response.code in [502, 503]", 503, StatusCode.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", _AWAY),
    Reply("response.code >= 500", 500, StatusCode.INTERNAL, "INTERNAL", "internal error"),
    Reply("response.code >= 400", 400, StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", "not a valid request"),
)  # fmt: skip
