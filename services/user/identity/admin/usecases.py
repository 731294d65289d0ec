"""What admins do with users. A change takes effect once, in one transaction with its audit event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.common import ids, texts
from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound, key_reused
from services.common.times import Clock
from services.common.unit_of_work import Begin, UnitOfWork, retry_on_conflict
from services.user.audit.domain import OPERATOR, Event
from services.user.identity.domain import Profile, Role
from services.user.identity.ports import ProfileRepository, Sessions, Trail
from services.user.sessions.domain import RevocationReason

Page = tuple[list[Profile], str | None]


class Directory(ProfileRepository, Protocol):
    """Stores users and lists them."""

    async def find_by_email(self, email: str) -> Profile | None:
        """Returns the user with this e-mail address in any case."""
        ...

    async def list_by_username(self, prefix: str, after: str | None, size: int) -> Page:
        """Returns users in the order of their names, and the cursor of the next page."""
        ...


class ChangeRepository(Protocol):
    """Stores which changes have been made."""

    async def fingerprint(self, change_id: str) -> str | None:
        """Returns the fingerprint of a change, None if it has not been made."""
        ...

    def add(self, tx: UnitOfWork, change_id: str, fingerprint: str, now: datetime) -> None:
        """Adds a change. The commit raises Conflict if it has been made."""
        ...


@dataclass(frozen=True)
class UserAdmin:
    """The use cases of admins."""

    profiles: Directory
    changes: ChangeRepository
    sessions: Sessions
    trail: Trail
    begin: Begin
    now: Clock

    async def get(self, user_id: str) -> Profile:
        """Returns the user. Raises NotFound USER_NOT_FOUND."""
        profile = await self.profiles.get(user_id)
        if profile is None:
            raise NotFound("USER_NOT_FOUND", "no user has this id; list the users to find it")
        return profile

    async def list(self, prefix: str, email: str, cursor: str | None, size: int) -> Page:
        """Returns users by the beginning of their names, and the cursor of the next page.

        With an `email`, only the user with that address. Case does not matter.
        """
        if not email:
            return await self.profiles.list_by_username(prefix, cursor, size)
        found = await self.profiles.find_by_email(email)
        matches = found is not None and texts.folded(found.username).startswith(texts.folded(prefix))
        return [found] if found and matches else [], None

    async def set_disabled(self, user_id: str, request_id: str, reason: str, *, disabled: bool) -> Profile:
        """Disables a user, which revokes all its sessions, or enables it again. Returns the user.

        A replay has no second effect; it gets the user as it is now. Raises FailedPrecondition OWN_ACCOUNT,
        AlreadyExists IDEMPOTENCY_KEY_REUSED and NotFound USER_NOT_FOUND.
        """
        event = Event.USER_DISABLED if disabled else Event.USER_ENABLED
        async with self.trail.refusals(user_id, event):
            return await self._set_disabled(user_id, request_id, reason, event)

    async def _set_disabled(self, user_id: str, request_id: str, reason: str, event: Event) -> Profile:
        admin_id = call.principal().user_id
        if event is Event.USER_DISABLED and user_id == admin_id:
            raise FailedPrecondition("OWN_ACCOUNT", "an admin cannot disable its own account; ask another admin")
        change_id, fingerprint = ids.derive("change", admin_id, request_id), ids.fingerprint(event, user_id, reason)

        async def write() -> Profile:
            first = await self.changes.fingerprint(change_id)
            if first not in (None, fingerprint):
                raise key_reused()
            before = await self.get(user_id)
            if first is not None:
                return before
            after = replace(before, disabled=event is Event.USER_DISABLED, updated_at=self.now())
            tx = self.begin()
            self.profiles.replace(tx, before, after)
            if after.disabled:
                await self.sessions.revoke_all(tx, user_id, RevocationReason.DISABLED)
            self.changes.add(tx, change_id, fingerprint, after.updated_at)
            await self.trail.add(tx, self.trail.prepare(user_id, event, reason=reason))
            await tx.commit()
            return after

        return await retry_on_conflict(write)


async def make_admin(profiles: ProfileRepository, trail: Trail, begin: Begin, username: str, now: Clock) -> bool:
    """Gives a user the role of an admin. Returns False if the user has it already.

    For the operator, at the command line. Raises NotFound USER_NOT_FOUND.
    """

    async def write() -> bool:
        before = await profiles.find(username)
        if before is None:
            raise NotFound("USER_NOT_FOUND", f"no user has the name {username}; register it first")
        if before.role is Role.ADMIN:
            return False
        tx = begin()
        profiles.replace(tx, before, replace(before, role=Role.ADMIN, updated_at=now()))
        record = trail.prepare(before.user_id, Event.ROLE_CHANGE, actor_id=OPERATOR, role=Role.ADMIN)
        await trail.add(tx, record)
        await tx.commit()
        return True

    return await retry_on_conflict(write)
