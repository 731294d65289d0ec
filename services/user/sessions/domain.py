"""Sessions: what a sign-in begins. Values and rules, without transport and database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

SESSIONS_MAX = 20  # of one user


class RevocationReason(StrEnum):
    """Why a session ended before it expired."""

    LOGOUT = "LOGOUT"
    REVOKED = "REVOKED"  # by the user, from another session
    REUSED = "REUSED"  # a used refresh token came again
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a reason, not a password
    DISABLED = "DISABLED"  # an admin disabled the user


@dataclass(frozen=True, slots=True)
class SessionRef:
    """Names a session."""

    user_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client gets at a sign-in and at a refresh. `expires_in_seconds` is the lifetime of the access token."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in_seconds: int


@dataclass(frozen=True, slots=True)
class Session:
    """A session. `secret_hash` is that of its current refresh token, `generation` the number of refreshes."""

    user_id: str
    session_id: str
    device: str
    address: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    secret_hash: bytes = field(repr=False)
    generation: int = 0
    revoked: RevocationReason | None = None

    def is_live(self, now: datetime) -> bool:
        """Returns whether the session was not revoked and has not expired."""
        return self.revoked is None and now < self.expires_at

    def refreshed(self, secret_hash: bytes, address: str, now: datetime) -> Session:
        """Returns the session with its next refresh token."""
        return replace(self, secret_hash=secret_hash, generation=self.generation + 1, address=address, last_used_at=now)


@dataclass(frozen=True, slots=True)
class UserSessions:
    """All stored sessions of a user. `version` counts those that began, and the times that all were revoked."""

    sessions: Sequence[Session]
    version: int

    def live(self, now: datetime) -> list[Session]:
        """Returns the live sessions, the most recently used first."""
        live = [session for session in self.sessions if session.is_live(now)]
        return sorted(live, key=lambda session: session.last_used_at, reverse=True)

    def ended(self, now: datetime) -> list[Session]:
        """Returns the sessions that were revoked or have expired."""
        return [session for session in self.sessions if not session.is_live(now)]

    def to_replace(self, now: datetime) -> list[Session]:
        """Returns the sessions that make room for a new one: the least recently used beyond the maximum."""
        return self.live(now)[SESSIONS_MAX - 1 :]
