"""Sessions: what a sign-in begins. Values and rules, without transport and database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

SESSIONS_MAX = 20  # of one user

# How long, and how often, the previous refresh token of a cookie gets the same successor again.
GRACE = timedelta(seconds=30)
REPEATS_MAX = 5

_COARSE_SECONDS = 900


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


class Cookie(StrEnum):
    """Whether the refresh token is in a cookie, and how long a browser keeps that."""

    NONE = ""  # a program keeps the token itself
    UNTIL_CLOSED = "UNTIL_CLOSED"
    UNTIL_EXPIRY = "UNTIL_EXPIRY"


class Use(Enum):
    """What a refresh token is to its session."""

    CURRENT = auto()
    REPEATED = auto()  # the previous one, while that may get the same successor again
    REUSED = auto()


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client gets at a sign-in and at a refresh.

    `expires_in_seconds` is the lifetime of the access token, `kept_seconds` that of the cookie; None means until the
    browser is closed.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in_seconds: int
    kept_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session. `secret_hash` is that of its current refresh token, `generation` the number of refreshes.

    Only a session in a cookie has a `previous_hash`, that of the refresh token before, and `repeats`, how often that
    one came again.
    """

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
    cookie: Cookie = Cookie.NONE
    previous_hash: bytes = field(default=b"", repr=False)
    repeats: int = 0

    def is_live(self, now: datetime) -> bool:
        """Returns whether the session was not revoked and has not expired."""
        return self.revoked is None and now < self.expires_at

    def refreshed(self, secret_hash: bytes, address: str, now: datetime) -> Session:
        """Returns the session with its next refresh token."""
        return replace(
            self,
            secret_hash=secret_hash,
            generation=self.generation + 1,
            address=address,
            last_used_at=now,
            previous_hash=self.secret_hash if self.cookie else b"",
            repeats=0,
        )

    def repeated(self) -> Session:
        """Returns the session after its previous refresh token has come again."""
        return replace(self, repeats=self.repeats + 1)

    def use_of(self, generation: int, secret_hash: bytes, now: datetime) -> Use:
        """Returns what the refresh token with this generation and hash is to the session."""
        if (generation, secret_hash) == (self.generation, self.secret_hash):
            return Use.CURRENT
        # Another replica, whose clock may be ahead of ours, may have written the time of the last refresh.
        is_in_time = abs(now - self.last_used_at) <= GRACE and self.repeats < REPEATS_MAX
        return Use.REPEATED if is_in_time and self.is_previous(generation, secret_hash) else Use.REUSED

    def is_previous(self, generation: int, secret_hash: bytes) -> bool:
        """Returns whether the refresh token is the one before the current one, of a session in a cookie."""
        return bool(self.cookie) and (generation + 1, secret_hash) == (self.generation, self.previous_hash)

    @property
    def last_used_about(self) -> datetime:
        """The last use as it may be shown. That of a cookie is coarse: no thief may learn when the grace begins."""
        if not self.cookie:
            return self.last_used_at
        since = timedelta(seconds=self.last_used_at.timestamp() % _COARSE_SECONDS)
        return max(self.created_at, self.last_used_at - since)

    def kept_seconds(self, now: datetime) -> int | None:
        """Returns for how long a browser keeps the cookie, None if until it is closed."""
        return int((self.expires_at - now).total_seconds()) if self.cookie is Cookie.UNTIL_EXPIRY else None


@dataclass(frozen=True, slots=True)
class UserSessions:
    """All stored sessions of a user. `version` counts those that began, and the times that all were revoked."""

    sessions: Sequence[Session]
    version: int

    def live(self, now: datetime) -> list[Session]:
        """Returns the live sessions, the most recently used first."""
        return sorted(self._live(now), key=lambda session: session.last_used_at, reverse=True)

    def shown(self, now: datetime) -> list[Session]:
        """Returns the live sessions in the order of the last uses as they are shown: the order tells no more."""
        return sorted(self._live(now), key=lambda session: session.last_used_about, reverse=True)

    def _live(self, now: datetime) -> list[Session]:
        return [session for session in self.sessions if session.is_live(now)]

    def ended(self, now: datetime) -> list[Session]:
        """Returns the sessions that were revoked or have expired."""
        return [session for session in self.sessions if not session.is_live(now)]

    def to_replace(self, now: datetime) -> list[Session]:
        """Returns the sessions that make room for a new one: the least recently used beyond the maximum."""
        return self.live(now)[SESSIONS_MAX - 1 :]
