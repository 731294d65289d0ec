"""The clusters of Envoy: one for the calls of each service, and one for its streams.

Streams have their own because a circuit breaker counts them as calls: open streams would leave no room for orders. Its
connections have a window that all slow readers together cannot fill, so that they do not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edge_config.routes import STREAMS, Method
from edge_config.settings import EdgeSettings

STREAM_WINDOW_BYTES = 64 * 1024  # how much of an answer may wait here for a slow client
_CONNECTION_WINDOW_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Cluster:
    """A cluster: the replicas of a service, and how many calls or streams each takes at once."""

    name: str
    service: str
    endpoints: list[str]
    calls_per_replica: int
    connection_window: int = _CONNECTION_WINDOW_BYTES


def collect(settings: EdgeSettings, methods: Iterable[Method]) -> list[Cluster]:
    """Returns the clusters of the services that serve the methods, and that of the ratelimit service."""
    calls, streams = settings.calls_per_replica, settings.streams_per_replica
    window = streams * STREAM_WINDOW_BYTES
    owners = {method.owner for method in methods if method.is_stream}
    services = settings.service_endpoints
    return [
        *(Cluster(name, name, addresses, calls) for name, addresses in services.items()),
        *(Cluster(name + STREAMS, name, services[name], streams, window) for name in services if name in owners),
        Cluster("ratelimit", "ratelimit", settings.ratelimit.split(","), calls),
    ]
