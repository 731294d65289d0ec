"""The metrics of the service, in the format of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from services.common.startup import StartupError


class Metrics:
    """The metrics of a process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter(
            "cnop_ratelimit_calls",
            "Calls by rate class and outcome: passed, refused, or uncounted because the counters were unavailable.",
            ["rate_class", "outcome"],
            registry=self._registry,
        )
        self._counters_up = Gauge(
            "cnop_ratelimit_counters_up", "1 while the counters in Redis are available.", registry=self._registry
        )
        self._rules_good = Gauge(
            "cnop_ratelimit_rules_good",
            "1 while the limits file is in force, 0 while it is invalid and the previous limits are.",
            registry=self._registry,
        )
        self._counters_up.set(1)
        self._rules_good.set(1)

    def count_call(self, rate_class: str, outcome: str) -> None:
        """Counts a call."""
        self._calls.labels(rate_class, outcome).inc()

    def set_counters_up(self, is_up: bool) -> None:
        """Sets whether Redis is available."""
        self._counters_up.set(is_up)

    def set_rules_good(self, is_good: bool) -> None:
        """Sets whether the limits file is valid."""
        self._rules_good.set(is_good)

    def serve(self, listen: str) -> None:
        """Serves /metrics on `listen` (host:port or [IPv6]:port), in a thread. Raises StartupError if it cannot."""
        host, _, port = listen.rpartition(":")
        try:
            start_http_server(int(port), host.strip("[]"), registry=self._registry)
        except (OSError, ValueError, OverflowError) as error:
            raise StartupError(f"cannot listen on {listen}: {error}; set CNOP_METRICS_LISTEN") from None
