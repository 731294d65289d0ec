"""The method of Envoy's rate limit protocol."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any, TypeAlias

import grpc
from cnop.ratelimit.v3 import rls_pb2, rls_pb2_grpc

from services.common.rpc.errors import Unavailable
from services.ratelimit.counters import Counter, Counters
from services.ratelimit.metrics import Metrics
from services.ratelimit.rules import SHARED_CLASSES, Limit
from services.ratelimit.watch import RulesFile

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Response = rls_pb2.RateLimitResponse

DOMAIN = "cnop"
# The names that the edge gives to the parts of a descriptor (envoy/templates/envoy.yaml.j2).
CLASS, USER, ADDRESS = "class", "user", "masked_remote_address"
# Tells the edge's own buckets that the request was counted here. A request from outside never has it.
COUNTED = rls_pb2.HeaderValue(key="x-mesh-counted", value="1")

_HITS_MAX = 1000
_DESCRIPTORS_MAX = 8
_UNITS = {"second": Response.RateLimit.SECOND, "minute": Response.RateLimit.MINUTE, "hour": Response.RateLimit.HOUR}
_UNITS |= {"day": Response.RateLimit.DAY}


class RateLimitServicer(rls_pb2_grpc.RateLimitServiceServicer):
    """Counts in fixed windows: so many calls in each minute of the clock, say."""

    def __init__(
        self, rules: RulesFile, counters: Counters, metrics: Metrics, clock: Callable[[], float] = time.time
    ) -> None:
        self._rules = rules
        self._counters = counters
        self._metrics = metrics
        self._clock = clock

    async def ShouldRateLimit(self, request: rls_pb2.RateLimitRequest, context: Context) -> Response:
        response = Response(overall_code=Response.OK)
        hits = min(request.hits_addend or 1, _HITS_MAX)
        rate_class = "OTHER"
        counted: list[tuple[str, Counter]] = []
        for descriptor in request.descriptors[:_DESCRIPTORS_MAX]:
            status = response.statuses.add(code=Response.OK)
            found = self._find(request.domain, descriptor)
            if found is None:
                continue
            rate_class, name, limit = found
            key, counter = self._counter(rate_class, name, limit)
            _tell(status, limit, counter.ends - self._clock(), limit.calls - counter.count - hits)
            if status.code == Response.OVER_LIMIT:
                response.overall_code = Response.OVER_LIMIT
            counted.append((key, counter))
        if response.overall_code == Response.OVER_LIMIT:
            self._refuse(response, rate_class)
            return response
        # Only what passes is counted, under all or under none: who is refused must not use up the limit of an address
        # that he shares with others.
        for key, counter in counted:
            self._counters.add(key, counter, hits)
        if counted:
            response.request_headers_to_add.append(COUNTED)
        self._metrics.called(rate_class, "passed")
        return response

    def _find(self, domain: str, descriptor: rls_pb2.RateLimitDescriptor) -> tuple[str, str, Limit] | None:
        """Class, name and limit of a descriptor; None when it falls under no limit."""
        entries = [(entry.key, entry.value) for entry in descriptor.entries]
        if domain != DOMAIN or len(entries) != 2 or entries[0][0] != CLASS:
            return None
        rate_class, (kind, value) = entries[0][1], entries[1]
        if rate_class not in SHARED_CLASSES or kind not in {USER, ADDRESS} or not value:
            return None
        limits = self._rules.current[rate_class]
        limit = limits.user if kind == USER else limits.address
        return None if limit is None else (rate_class, f"{kind}:{value}", limit)

    def _counter(self, rate_class: str, name: str, limit: Limit) -> tuple[str, Counter]:
        window = int(self._clock() // limit.seconds)
        key = f"limit:{rate_class}:{name}:{limit.unit}:{window}"
        try:
            return key, self._counters.look(key, (window + 1) * limit.seconds)
        except Unavailable:
            self._metrics.called(rate_class, "uncounted")
            raise

    def _refuse(self, response: Response, rate_class: str) -> None:
        seconds = max(one.duration_until_reset.seconds for one in response.statuses if one.code == Response.OVER_LIMIT)
        response.response_headers_to_add.add(key="retry-after", value=str(seconds))
        self._metrics.called(rate_class, "refused")


def _tell(status: Response.DescriptorStatus, limit: Limit, seconds_left: float, remaining: int) -> None:
    status.code = Response.OK if remaining >= 0 else Response.OVER_LIMIT
    status.current_limit.requests_per_unit = limit.calls
    status.current_limit.unit = _UNITS[limit.unit]
    status.limit_remaining = max(0, remaining)
    status.duration_until_reset.seconds = max(1, math.ceil(seconds_left))
