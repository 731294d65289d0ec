"""The HTTP error responses of a method, with the reasons of their errors."""

from __future__ import annotations

import re

from codegen.openapi import errors
from codegen.openapi.cel import Json
from codegen.openapi.contract import Binding, Method
from edge_config.replies import REPLIES
from edge_config.settings import BODY_KIB_MAX, HEADERS_KIB_MAX, HEADERS_MAX

# The transcoder's mapping, for the codes that the contracts name.
_HTTP = {
    "INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "OUT_OF_RANGE": 400, "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403, "NOT_FOUND": 404, "ALREADY_EXISTS": 409, "ABORTED": 409, "RESOURCE_EXHAUSTED": 429,
    "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504,
}  # fmt: skip
_WORDS = {
    400: "The request is invalid, or the state of the system does not allow it.",
    401: "The access token is missing or invalid, or the credentials are wrong.",
    403: "The caller may not do this.",
    404: "The resource does not exist, or does not belong to the caller.",
    408: "The request took too long to arrive.",
    409: "The resource exists already, or the `request_id` was used for a different request.",
    413: f"The body is longer than {BODY_KIB_MAX} KiB.",
    415: "The body is compressed.",
    429: "The caller has reached a limit. `retry-after` says when to retry.",
    431: f"There are more than {HEADERS_MAX} headers, or they are longer than {HEADERS_KIB_MAX} KiB.",
    500: "An internal error.",
    503: "A part of the system is unavailable. Retry after a moment, with the same `request_id`."
    " After `OVERLOADED`, wait for the seconds in `retry-after`.",
    504: "No response in time. The call may still take effect.",
}
# What the edge and the interceptor of the services return for every method.
_FOR_ALL = (400, 408, 429, 431, 500, 503, 504)
_OF_SERVICES = {401: ["TOKEN_REVOKED"], 403: ["ROLE_REQUIRED"], 503: ["DEADLINE_PASSED"]}
_FAILURE = re.compile(r"([A-Z_]+) \(([A-Z_]+(?:, [A-Z_]+)*)\)")

# What some responses have besides those of all.
_HEADERS = {401: ("www-authenticate",), 415: ("accept-encoding",), 429: ("retry-after",), 503: ("retry-after",)}
LIMITS = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")


def failures(method: Method, binding: Binding) -> Json:
    """Returns the error responses of a method, by HTTP status."""
    reasons: dict[int, list[str]] = {}
    declared = _FAILURE.findall(method.comment)
    if method.takes_request_id:
        declared.append(("ALREADY_EXISTS", "IDEMPOTENCY_KEY_REUSED"))
    for code, names in declared:
        if code in _HTTP:
            reasons.setdefault(_HTTP[code], []).extend(names.split(", "))
    for status in _statuses_of_all(method, binding):
        reasons.setdefault(status, []).extend(_general(status))
    return {str(status): _response(status, list(dict.fromkeys(reasons[status]))) for status in sorted(reasons)}


def _statuses_of_all(method: Method, binding: Binding) -> list[int]:
    """Returns the statuses that follow from the policy of the method and from the shape of its request."""
    with_condition = {
        401: method.caller != "PUBLIC",
        403: method.caller == "ADMIN",
        404: bool(binding.parameters),  # a path that has no route
        413: binding.has_body,
        415: binding.has_body,
    }
    return [*_FOR_ALL, *(status for status, holds in with_condition.items() if holds)]


def components() -> Json:
    """Returns the responses that are the same for every method."""
    return {name_of(status): _failure(status, _general(status)) for status in sorted(_WORDS) if _general(status)}


def name_of(status: int) -> str:
    return f"Error{status}"


def _response(status: int, reasons: list[str]) -> Json:
    if reasons == _general(status):
        return {"$ref": f"#/components/responses/{name_of(status)}"}
    return _failure(status, reasons)


def _failure(status: int, reasons: list[str]) -> Json:
    listed = ", ".join(f"`{reason}`" for reason in reasons)
    headers = ("x-request-id", *LIMITS, *_HEADERS.get(status, ()))
    return {
        "description": f"{_WORDS[status]} Reasons: {listed}." if listed else _WORDS[status],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{errors.STATUS}"}}},
    }


def _general(status: int) -> list[str]:
    found = [reply.reason for reply in REPLIES if reply.http_status == status]
    return list(dict.fromkeys([*found, *_OF_SERVICES.get(status, [])]))
