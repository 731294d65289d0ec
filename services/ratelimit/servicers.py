"""The gRPC method of Envoy's rate limit protocol."""

from __future__ import annotations

from typing import Any, TypeAlias

import grpc
from cnop.ratelimit.v3 import rls_pb2, rls_pb2_grpc

from services.ratelimit.limiter import Decision, Kind, Limiter, Subject

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Response = rls_pb2.RateLimitResponse

# The domain, and the keys of a descriptor: see the rate limits in envoy/templates/envoy.yaml.j2.
_DOMAIN, _CLASS = "cnop", "class"
_KINDS = {kind.value: kind for kind in Kind}
# Tells the edge not to count the request again. The edge removes it from incoming requests.
_COUNTED = rls_pb2.HeaderValue(key="x-mesh-counted", value="1")

_HITS_MAX = 1000
_DESCRIPTORS_MAX = 8
_UNITS = {
    "second": Response.RateLimit.SECOND,
    "minute": Response.RateLimit.MINUTE,
    "hour": Response.RateLimit.HOUR,
    "day": Response.RateLimit.DAY,
}


class RateLimitServicer(rls_pb2_grpc.RateLimitServiceServicer):
    """envoy.service.ratelimit.v3.RateLimitService."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    async def ShouldRateLimit(self, request: rls_pb2.RateLimitRequest, context: Context) -> Response:
        descriptors = request.descriptors[:_DESCRIPTORS_MAX]
        subjects = [_subject(request.domain, descriptor) for descriptor in descriptors]
        return _response(self._limiter.decide(subjects, min(request.hits_addend or 1, _HITS_MAX)))


def _subject(domain: str, descriptor: rls_pb2.RateLimitDescriptor) -> Subject | None:
    """Returns the subject of a descriptor, None if it has none."""
    entries = [(entry.key, entry.value) for entry in descriptor.entries]
    if domain != _DOMAIN or len(entries) != 2 or entries[0][0] != _CLASS:
        return None
    rate_class, (kind, value) = entries[0][1], entries[1]
    return Subject(rate_class, _KINDS[kind], value) if kind in _KINDS and value else None


def _response(decision: Decision) -> Response:
    response = Response(overall_code=Response.OK)
    for status in decision.statuses:
        message = response.statuses.add(code=Response.OK)
        if status is not None:
            message.code = Response.OVER_LIMIT if status.is_over else Response.OK
            message.current_limit.requests_per_unit = status.limit.calls
            message.current_limit.unit = _UNITS[status.limit.unit]
            message.limit_remaining = max(0, status.remaining)
            message.duration_until_reset.seconds = status.reset_seconds
    if decision.tightest is not None:
        told = decision.tightest
        _add_header(response, "x-ratelimit-limit", told.limit.calls)
        _add_header(response, "x-ratelimit-remaining", max(0, told.remaining))
        _add_header(response, "x-ratelimit-reset", told.reset_seconds)
    if decision.retry_after_seconds is not None:
        response.overall_code = Response.OVER_LIMIT
        _add_header(response, "retry-after", decision.retry_after_seconds)
    elif decision.is_counted:
        response.request_headers_to_add.append(_COUNTED)
    return response


def _add_header(response: Response, name: str, value: int) -> None:
    response.response_headers_to_add.add(key=name, value=str(value))
