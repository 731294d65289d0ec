"""Sessions: what a sign-in begins. Values and rules, without transport and database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

SESSIONS_MAX = 20  # of one user


class End(StrEnum):
    """Why a session ended before its time."""

    LOGOUT = "LOGOUT"
    REVOKED = "REVOKED"  # by its user, from another session
    REUSED = "REUSED"  # an old refresh token came again
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a reason, not a password
    DISABLED = "DISABLED"  # the user was, by an admin


@dataclass(frozen=True, slots=True)
class Session:
    """A session. Of its refresh token only the hash is kept; `generation` counts how often it was refreshed."""

    user_id: str
    session_id: str
    device: str
    address: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    secret_hash: bytes = field(repr=False)
    generation: int = 0
    end: End | None = None
    ended_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it has not ended."""
        return self.end is None and now < self.expires_at

    def refreshed(self, secret_hash: bytes, address: str, now: datetime) -> Session:
        """The session with its next refresh token."""
        return replace(self, secret_hash=secret_hash, generation=self.generation + 1, address=address, last_used_at=now)


def surplus(live: list[Session]) -> list[Session]:
    """Those of the live sessions that must go before another one comes: the least recently used."""
    by_use = sorted(live, key=lambda session: session.last_used_at)
    return by_use[: max(0, len(live) - SESSIONS_MAX + 1)]
