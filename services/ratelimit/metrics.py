"""What can be measured of the service, in the form of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from services.common.startup import StartupError


class Metrics:
    """The metrics of a process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter(
            "cnop_ratelimit_calls",
            "Calls that the edge asked about: passed, refused, or uncounted because the counters were away.",
            ["rate_class", "outcome"],
            registry=self._registry,
        )
        self._counters_up = Gauge(
            "cnop_ratelimit_counters_up", "Whether the counters in Redis can be reached.", registry=self._registry
        )
        self._rules_good = Gauge(
            "cnop_ratelimit_rules_good",
            "Whether the file of limits is the one that is in force; 0 while it cannot be used.",
            registry=self._registry,
        )
        self._counters_up.set(1)
        self._rules_good.set(1)

    def called(self, rate_class: str, outcome: str) -> None:
        """Takes note of a call."""
        self._calls.labels(rate_class, outcome).inc()

    def counters_are(self, *, up: bool) -> None:
        """Takes note of whether Redis answers."""
        self._counters_up.set(up)

    def rules_are(self, *, good: bool) -> None:
        """Takes note of whether the file of limits can be used."""
        self._rules_good.set(good)

    def serve(self, listen: str) -> None:
        """Answers /metrics on `listen` (host:port), in a thread. Raises StartupError if the port is taken."""
        host, _, port = listen.rpartition(":")
        try:
            start_http_server(int(port), host, registry=self._registry)
        except OSError as error:
            raise StartupError(f"cannot listen on {listen}: {error}") from None
