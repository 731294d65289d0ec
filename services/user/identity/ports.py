"""What the use cases of identity need: the repository of profiles, and the other packages of the service."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from services.common.unit_of_work import Conflict, UnitOfWork
from services.user.audit.domain import DONE, Event, Record
from services.user.identity.domain import Profile
from services.user.sessions.domain import Cookie, RevocationReason, SessionRef, Tokens


class ProfileChanged(Conflict):
    """The profile has changed since it was read."""


class ProfileRepository(Protocol):
    """Stores users."""

    def add(self, tx: UnitOfWork, profile: Profile) -> None:
        """Adds a user. The commit raises AlreadyExists USERNAME_TAKEN or EMAIL_TAKEN."""
        ...

    async def get(self, user_id: str) -> Profile | None:
        """Returns the user with this id."""
        ...

    async def find(self, username: str) -> Profile | None:
        """Returns the user with this name in any case. Costs the same whether or not there is one."""
        ...

    def replace(self, tx: UnitOfWork, before: Profile, after: Profile) -> None:
        """Writes a changed profile. The commit raises ProfileChanged, or AlreadyExists EMAIL_TAKEN."""
        ...


class Accounts(Protocol):
    """The cash accounts of users."""

    def open(self, tx: UnitOfWork, user_id: str, now: datetime) -> None:
        """Adds an empty account."""
        ...


class Sessions(Protocol):
    """The sessions of users."""

    async def start(self, user: Profile, cookie: Cookie = Cookie.NONE) -> Tokens:
        """Starts a session of a user whose password was right.

        Raises PermissionDenied ACCOUNT_DISABLED, and Unauthenticated BAD_CREDENTIALS if the password has changed since.
        """
        ...

    async def revoke_all(self, tx: UnitOfWork, user_id: str, reason: RevocationReason) -> None:
        """Revokes all sessions of a user. The commit raises Conflict if one began or ended meanwhile."""
        ...

    def issued_to(self, refresh_token: str) -> SessionRef | None:
        """Returns the session that a refresh token was issued to, used or not; None if the token is not genuine."""
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

    async def add(self, tx: UnitOfWork, record: Record, *, is_logged: bool = False) -> None:
        """Adds a record to a unit of work. The commit logs it, unless it `is_logged`."""
        ...

    async def write(self, record: Record) -> None:
        """Writes and logs a record by itself."""
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
