"""Scales the circuit breakers with the replicas, at run time.

Envoy limits the calls of a whole cluster, and one number is too low for many replicas or too high for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from edge_config.admin import Admin


def scale(admin: Admin, calls_per_replica: Mapping[str, int]) -> dict[str, int]:
    """Sets how many calls at once each cluster takes, by its healthy replicas. Returns the limits that have changed.

    Raises AdminError.
    """
    healthy = admin.stats(rf"^cluster\.({'|'.join(calls_per_replica)})\.membership_healthy$")
    replicas = {name.split(".")[1]: max(count, 1) for name, count in healthy.items()}
    limits = {cluster: calls_per_replica[cluster] * count for cluster, count in replicas.items()}
    runtime = admin.runtime()  # Envoy forgets it when it restarts
    changed = {cluster: limit for cluster, limit in limits.items() if runtime.get(_key(cluster)) != str(limit)}
    if changed:
        admin.post(f"/runtime_modify?{urlencode({_key(cluster): limit for cluster, limit in changed.items()})}")
    return changed


def _key(cluster: str) -> str:
    return f"circuit_breakers.{cluster}.default.max_requests"
