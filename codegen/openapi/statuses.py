"""What a method can answer besides success: statuses of HTTP with the reasons of their errors."""

from __future__ import annotations

import re

from codegen.openapi import errors
from codegen.openapi.cel import Json
from codegen.openapi.contract import Binding, Method
from edge_config.replies import REPLIES
from edge_config.settings import BODY_KIB_MAX, HEADERS_KIB_MAX, HEADERS_MAX

# By the transcoder's table; of those that the contracts name.
_HTTP = {
    "INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "OUT_OF_RANGE": 400, "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403, "NOT_FOUND": 404, "ALREADY_EXISTS": 409, "ABORTED": 409, "RESOURCE_EXHAUSTED": 429,
    "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504,
}  # fmt: skip
_WORDS = {
    400: "The request is not valid, or the state of the system does not allow it.",
    401: "Nobody is signed in, or not who the request says.",
    403: "Who calls may not do this.",
    404: "It is not there, or is not the caller's.",
    408: "The request took too long to come in.",
    409: "It is taken, or the id of the request was used for another one.",
    413: f"The body is longer than {BODY_KIB_MAX} KiB.",
    429: "Too many calls. `retry-after` says when to try again.",
    431: f"The headers are more than {HEADERS_MAX}, or longer than {HEADERS_KIB_MAX} KiB.",
    500: "A fault of the system.",
    503: "A part of the system is away. Try again after a moment, with the same `request_id`.",
    504: "No answer in time; it may still happen.",
}
# What the edge and the interceptor of the services answer, whatever the method is.
_FOR_ALL = (400, 408, 429, 431, 500, 503, 504)
_OF_SERVICES = {401: ["TOKEN_REVOKED"], 403: ["ROLE_REQUIRED"], 503: ["DEADLINE_PASSED"]}
_FAILURE = re.compile(r"([A-Z_]+) \(([A-Z_]+(?:, [A-Z_]+)*)\)")

LIMITS = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")


def failures(method: Method, binding: Binding) -> Json:
    """The responses of a method that are errors, by status."""
    reasons: dict[int, list[str]] = {}
    told = _FAILURE.findall(method.comment)
    if method.takes_request_id:
        told.append(("ALREADY_EXISTS", "IDEMPOTENCY_KEY_REUSED"))
    for code, names in told:
        if code in _HTTP:
            reasons.setdefault(_HTTP[code], []).extend(names.split(", "))
    for status in _statuses_of_all(method, binding):
        reasons.setdefault(status, []).extend(_general(status))
    return {str(status): _response(status, list(dict.fromkeys(reasons[status]))) for status in sorted(reasons)}


def _statuses_of_all(method: Method, binding: Binding) -> list[int]:
    """The statuses that follow from who may call, and from what the request holds."""
    with_condition = {
        401: method.caller != "PUBLIC",
        403: method.caller == "ADMIN",
        404: bool(binding.parameters),  # a path that is none of ours
        413: binding.has_body,
    }
    return [*_FOR_ALL, *(status for status, holds in with_condition.items() if holds)]


def components() -> Json:
    """The responses that are the same for every method."""
    return {name_of(status): _failure(status, _general(status)) for status in sorted(_WORDS) if _general(status)}


def name_of(status: int) -> str:
    return f"Error{status}"


def _response(status: int, reasons: list[str]) -> Json:
    if reasons == _general(status):
        return {"$ref": f"#/components/responses/{name_of(status)}"}
    return _failure(status, reasons)


def _failure(status: int, reasons: list[str]) -> Json:
    listed = ", ".join(f"`{reason}`" for reason in reasons)
    headers = ("x-request-id", *LIMITS, "retry-after") if status == 429 else ("x-request-id", *LIMITS)
    return {
        "description": f"{_WORDS[status]} Reasons: {listed}." if listed else _WORDS[status],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{errors.STATUS}"}}},
    }


def _general(status: int) -> list[str]:
    found = [reply.reason for reply in REPLIES if reply.http_status == status]
    return list(dict.fromkeys([*found, *_OF_SERVICES.get(status, [])]))
