"""The settings of streams."""

from __future__ import annotations

from dataclasses import dataclass

from services.env_settings.reader import setting
from services.env_settings.rules import INTERVAL, between


@dataclass(frozen=True, kw_only=True)
class StreamSettings:
    max: int = setting("The maximum number of streams at once in this process.", 4096, between(1, 100_000))
    per_user: int = setting("The maximum number of streams of a user in this process.", 8, between(1, 100_000))
    per_address: int = setting("The maximum number of streams of an address in this process.", 50, between(1, 100_000))
    age_seconds: float = setting(
        "How long a stream lasts; less than CNOP_SERVER_CONNECTION_GRACE_SECONDS, which cuts it off.", 270.0, INTERVAL
    )
    heartbeat_seconds: float = setting("How long a stream is silent at most.", 15.0, INTERVAL)
    blocked_seconds: float = setting("How long a message may stay unread before its stream ends.", 30.0, INTERVAL)
