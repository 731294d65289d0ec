"""The settings of the ratelimit service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.common import settings
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, INTERVAL


@dataclass(frozen=True, kw_only=True)
class Settings(settings.ServiceSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50054", ADDRESS)
    metrics_listen: str = setting("The address of /metrics, for Prometheus; empty for none.", "", ADDRESS)
    limits_file: Path = setting("The limits file (see envoy/limits.toml).")
    limits_watch_seconds: float = setting(
        "The seconds between two checks of the limits file for changes.", 1.0, INTERVAL
    )
    sync_seconds: float = setting("The seconds between two syncs of the counters with Redis.", 0.1, INTERVAL)
    retry_seconds: float = setting(
        "The seconds between two attempts to reach Redis while it is unavailable.", 0.5, INTERVAL
    )
    mesh: settings.MeshIdentity  # without the mesh secret: the service derives no keys
