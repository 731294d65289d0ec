"""What the use cases of sessions need: their repository, and the other packages of the service."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from services.auth.revocations import Feed
from services.common.unit_of_work import Conflict, Refusal, UnitOfWork
from services.user.audit.domain import DONE, Event, Record
from services.user.sessions.domain import RevocationReason, Session, UserSessions


class UserChanged(Conflict):
    """The user was disabled or has another password than the one that was read."""


class User(Protocol):
    """What a session needs to know of its user."""

    @property
    def user_id(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def password_hash(self) -> bytes: ...

    @property
    def disabled(self) -> bool: ...


class Users(Protocol):
    """The users."""

    async def get(self, user_id: str) -> User | None:
        """Returns the user with this id."""
        ...

    def require_password(self, tx: UnitOfWork, user_id: str, password_hash: bytes, refusal: Refusal) -> None:
        """Makes the commit raise `refusal` unless the user is enabled and has this password."""
        ...


class SessionRepository(Protocol):
    """Stores sessions. Whatever revokes sessions makes their revocations public in the same unit of work."""

    async def get(self, user_id: str, session_id: str) -> Session | None:
        """Returns the session."""
        ...

    async def of_user(self, user_id: str) -> UserSessions:
        """Returns all sessions of a user."""
        ...

    def add(
        self,
        tx: UnitOfWork,
        session: Session,
        version: int,
        *,
        replaced: Sequence[Session],
        forgotten: Sequence[Session],
    ) -> None:
        """Adds a session, revokes those that it replaces, and deletes both these and the forgotten ones.

        The commit raises Conflict unless the sessions of the user are still at `version`.
        """
        ...

    def refresh(self, tx: UnitOfWork, before: Session, after: Session) -> None:
        """Writes the next refresh token, or that the previous one has come again.

        The commit raises Conflict if either has happened meanwhile, or the session has ended.
        """
        ...

    def revoke(self, tx: UnitOfWork, session: Session, reason: RevocationReason, now: datetime) -> None:
        """Revokes a session. The commit raises Conflict if it was revoked or is gone."""
        ...

    def revoke_all(
        self,
        tx: UnitOfWork,
        user_id: str,
        sessions: UserSessions,
        reason: RevocationReason,
        now: datetime,
    ) -> None:
        """Revokes all live sessions of a user. The commit raises Conflict if one began or was revoked meanwhile."""
        ...

    async def revocations(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then (ms since 1970), as far as they matter."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def prepare(
        self,
        user_id: str,
        event: Event,
        outcome: str = DONE,
        *,
        actor_id: str | None = None,
        subject: str = "",
        **facts: str,
    ) -> Record:
        """Returns the record of an event of the current call. By default, the actor is whoever is signed in."""
        ...

    async def add(self, tx: UnitOfWork, record: Record) -> None:
        """Adds a record to a unit of work. The commit logs it."""
        ...

    async def write_limited(self, record: Record) -> None:
        """Logs a record, and stores it unless a similar one was stored in the last hour."""
        ...

    def log(self, record: Record) -> None:
        """Logs a record without storing it."""
        ...

    def log_anonymous(self, event: Event, outcome: str) -> None:
        """Logs an event of an unknown actor that concerns no known user."""
        ...

    def refusals(self, user_id: str, event: Event) -> AbstractAsyncContextManager[None]:
        """Writes the refusal of what it encloses."""
        ...
