"""Scales the circuit breakers with the replicas, at run time.

Envoy limits the calls of a whole cluster, and one number is too low for many replicas or too high for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from edge_config.admin import Admin


def scale(admin: Admin, clusters: Iterable[str], calls_per_replica: int) -> dict[str, int]:
    """Sets how many calls at once each cluster takes, by its healthy replicas. Returns the limits that have changed.

    Raises AdminError.
    """
    healthy = admin.stats(rf"^cluster\.({'|'.join(clusters)})\.membership_healthy$")
    limits = {name.split(".")[1]: calls_per_replica * max(count, 1) for name, count in healthy.items()}
    runtime = admin.runtime()  # Envoy forgets it when it restarts
    changed = {cluster: limit for cluster, limit in limits.items() if runtime.get(_key(cluster)) != str(limit)}
    if changed:
        admin.post(f"/runtime_modify?{urlencode({_key(cluster): limit for cluster, limit in changed.items()})}")
    return changed


def _key(cluster: str) -> str:
    return f"circuit_breakers.{cluster}.default.max_requests"
