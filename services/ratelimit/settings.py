"""The settings of the ratelimit service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.common import settings
from services.common.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    listen: str = setting("The address to serve on.", "127.0.0.1:50054")
    metrics_listen: str = setting("The address of /metrics, for Prometheus; empty for none.", "")
    limits_file: Path = setting("The file of limits (envoy/limits.toml).")
    limits_watch_seconds: float = setting("How often it is looked at for changes.", 1.0)
    sync_seconds: float = setting("How often the counters are added up in Redis.", 0.1)
    retry_seconds: float = setting("How long Redis is left alone after it failed.", 0.5)
    redis: settings.Redis = settings.Redis()
    mesh: settings.Identity  # it derives no keys, and so does not need the mesh secret
    log: settings.Log = settings.Log()
    server: settings.Server = settings.Server()
