"""The errors that the edge itself returns, in place of a service."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

from edge_config.settings import BODY_KIB_MAX, HEADERS_KIB_MAX, HEADERS_MAX

DOMAIN = "cnop"


@dataclass(frozen=True)
class Reply:
    """An error of the edge, in HTTP and in gRPC. `when` is a CEL expression."""

    when: str
    http_status: int
    code: int  # of gRPC (google.rpc.Code)
    reason: str
    message: str = ""  # empty: Envoy's own text
    native_code: int | None = None  # the code for gRPC clients, if it differs
    names_field: bool = False  # envoy/rest_input.lua says which field is wrong, and why
    is_shed: bool = False  # nothing may retry it by itself

    @property
    def challenge(self) -> str:
        """The header www-authenticate (RFC 6750, 3), which every 401 needs; else empty. The services send the same."""
        if self.http_status != 401:
            return ""
        return 'Bearer realm="cnop"' + ("" if self.reason == "TOKEN_MISSING" else ', error="invalid_token"')

    @property
    def native_number(self) -> int:
        """The number of the code, for gRPC and gRPC-Web."""
        return self.native_code or self.code

    @property
    def native_details(self) -> str:
        """The google.rpc.Status as the value of the gRPC header grpc-status-details-bin."""
        info = any_pb2.Any()
        info.Pack(error_details_pb2.ErrorInfo(reason=self.reason, domain=DOMAIN))
        status = status_pb2.Status(code=self.native_number, message=self.message, details=[info])
        return base64.b64encode(status.SerializeToString(deterministic=True)).decode().rstrip("=")


def _details_start_with(prefix: str) -> str:
    """A condition on Envoy's response code details, which say why Envoy answered."""
    return f"response.code_details.startsWith('{prefix}')"


_DEPENDENCY_UNAVAILABLE = "a service is temporarily unavailable; try again after a moment"
_INVALID_REQUEST = "not a valid HTTP request; check its method, path and headers"

# Requests that Envoy or its filter rbac refuses, by the beginning of the response code details.
_INVALID_REQUESTS = {
    "http1.codec_error": (
        "the request is not valid HTTP/1; check its method, its path (no spaces), the lines of its headers "
        "(name: value) and the length of its body"
    ),
    "http1.invalid_characters": "a header contains a control character; remove it",
    "missing_host_header": "the request has no Host header; send one",
    "http.invalid_authority": "the Host header is not the name of a host; correct it",
    "rbac_access_denied_matched_policy[two_hosts]": (
        "the request names more than one host; send one Host header, and in HTTP/2 only :authority"
    ),
    "rbac_access_denied_matched_policy[chunked_in_http_1_0]": (
        "HTTP/1.0 has no transfer-encoding; send content-length, or HTTP/1.1"
    ),
    "rbac_access_denied_matched_policy[odd_grpc_timeout]": (
        "grpc-timeout must be one header of at most 8 digits and a unit (H, M, S, m, u or n), like 500m; correct it"
    ),
    "upgrade_failed": "CONNECT and upgrades (WebSocket) are not supported; send a plain request",
    "path_normalization_failed": (
        "the path contains a #, or an escaped slash, backslash or zero byte; leave them out, or percent-encode the #"
    ),
    "grpc_base_64_decode_failed": "the body of a grpc-web-text call must be base64; encode it",
    **dict.fromkeys(
        ("http1.content_length", "http1.transfer_encoding", "http1.invalid_transfer_encoding", "http1.body_disallowed"),
        "the length of the body is ambiguous; send content-length or 'transfer-encoding: chunked', and not both",
    ),
}


def _invalid_request(details: str, message: str) -> Reply:
    return Reply(_details_start_with(details), 400, code_pb2.INVALID_ARGUMENT, "INVALID_REQUEST", message)


# The first reply whose condition holds is sent.
REPLIES = (
    # The first, because a flood of these must be cheap.
    Reply(
        "response.code == 429", 429, code_pb2.RESOURCE_EXHAUSTED, "RATE_LIMITED",
        "too many requests; wait for the seconds in retry-after, then try again",
    ),
    Reply(
        _details_start_with("health_check"), 503, code_pb2.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE",
        "a service has no healthy replica; try again after a moment",
    ),
    # Without its keys the edge cannot verify any token. That is not the client's fault.
    Reply(
        _details_start_with("jwt_authn_access_denied{Jwks_remote_fetch"), 503, code_pb2.UNAVAILABLE,
        "DEPENDENCY_UNAVAILABLE", _DEPENDENCY_UNAVAILABLE,
    ),
    Reply(
        _details_start_with("jwt_authn_access_denied{Jwt_is_missing"), 401, code_pb2.UNAUTHENTICATED,
        "TOKEN_MISSING", "send the access token as 'authorization: Bearer <token>'",
    ),
    Reply(
        _details_start_with("jwt_authn_access_denied{Jwt_is_expired"), 401, code_pb2.UNAUTHENTICATED,
        "TOKEN_EXPIRED", "the access token has expired; refresh it or sign in again",
    ),
    # Envoy's own status for a token with another audience is 403.
    Reply(
        _details_start_with("jwt_authn_access_denied"), 401, code_pb2.UNAUTHENTICATED, "TOKEN_INVALID",
        "the access token is not valid; sign in again",
    ),
    _invalid_request(
        "absolute_path_rejected", "the request has no path of the API, but '*' or a whole URL; send a path, as /health"
    ),
    Reply(
        "response.code == 404", 404, code_pb2.NOT_FOUND, "ROUTE_NOT_FOUND",
        "there is no such method; /openapi.json lists all of them", native_code=code_pb2.UNIMPLEMENTED,
    ),
    Reply(
        "response.code == 422", 400, code_pb2.INVALID_ARGUMENT, "INVALID_FIELD", # by envoy/grpc_message.lua
        "the message is missing or cut short; send one complete message",
    ),
    Reply(
        "response.code == 400 && response.code_details == 'lua_response'",
        400, code_pb2.INVALID_ARGUMENT, "INVALID_FIELD", names_field=True,
    ),
    # What else the transcoder rejects. Its own text repeats values of the request.
    Reply(
        "response.code == 400 && response.code_details.contains('grpc_json_transcode_failure')",
        400, code_pb2.INVALID_ARGUMENT, "INVALID_FIELD",
        "the request does not fit its method; compare its fields with /openapi.json",
    ),
    Reply(
        "response.code == 413", 413, code_pb2.INVALID_ARGUMENT, "BODY_TOO_LARGE",
        f"the body is longer than {BODY_KIB_MAX} KiB; send a shorter one",
    ),
    Reply(
        "response.code == 405", 405, code_pb2.UNIMPLEMENTED, "METHOD_NOT_ALLOWED",
        "this path does not take this HTTP method; the header allow lists those that it takes",
    ),
    Reply(
        "response.code == 415 && response.code_details == 'lua_response'",
        415, code_pb2.UNIMPLEMENTED, "COMPRESSION_UNKNOWN",
        "compressed bodies are not supported; send the body as it is, without content-encoding",
    ),
    Reply(
        "response.code == 415", 415, code_pb2.UNIMPLEMENTED, "COMPRESSION_UNKNOWN",
        "the compression of the messages is not supported; use gzip, deflate or none",
    ),
    Reply(
        "response.code == 431", 431, code_pb2.INVALID_ARGUMENT, "HEADERS_TOO_LARGE",
        f"more than {HEADERS_MAX} headers, or more than {HEADERS_KIB_MAX} KiB of them; send fewer",
    ),
    Reply(
        "response.code == 504 || response.code_details.contains('max_duration')",
        504, code_pb2.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED",
        "no answer in time, but a change may still happen; to be sure, try again with the same request_id",
    ),
    Reply(
        "response.code == 408", 408, code_pb2.DEADLINE_EXCEEDED, "REQUEST_TIMEOUT",
        "the request took too long to arrive; send it again",
    ),
    # A service has too many concurrent calls (its circuit breaker is open), or the edge's memory is full.
    Reply(
        "response.code_details.contains('overflow') || response.code_details == 'overload'",
        503, code_pb2.UNAVAILABLE, "OVERLOADED",
        "too many calls at once; wait for the seconds in retry-after, then try again", is_shed=True,
    ),
    *(_invalid_request(details, message) for details, message in _INVALID_REQUESTS.items()),
    # Envoy does not implement what the request asks for, an unknown transfer encoding say. That is a client error.
    Reply("response.code == 501", 400, code_pb2.INVALID_ARGUMENT, "INVALID_REQUEST", _INVALID_REQUEST),
    Reply(
        "response.code in [502, 503]", 503, code_pb2.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", _DEPENDENCY_UNAVAILABLE,
    ),
    Reply(
        "response.code >= 500", 500, code_pb2.INTERNAL, "INTERNAL",
        "internal error; to report it, quote the x-request-id of this answer",
    ),
    Reply("response.code >= 400", 400, code_pb2.INVALID_ARGUMENT, "INVALID_REQUEST", _INVALID_REQUEST),
)  # fmt: skip
