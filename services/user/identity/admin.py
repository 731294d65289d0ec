"""What admins do to users, each change once in effect and in one transaction with its audit event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.common import ids
from services.common.dynamo.client import Operation
from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable, key_reused
from services.user.audit.trail import OPERATOR, AuditTrail, Event
from services.user.identity.change_store import ChangeStore
from services.user.identity.domain import Profile, Role
from services.user.identity.store import ProfileStore

_TRIES_MAX = 5


# Writes a disabled profile instead of the one before, ends all sessions of the user and makes the other changes, in one
# transaction. False when the profile has changed meanwhile.
Disable = Callable[[Profile, Profile, Sequence[Operation]], Awaitable[bool]]


@dataclass(frozen=True)
class UserAdmin:
    """The use cases of admins."""

    profiles: ProfileStore
    changes: ChangeStore
    disable: Disable
    trail: AuditTrail
    now: Callable[[], datetime]

    async def get(self, user_id: str) -> Profile:
        """The user. Raises NotFound USER_NOT_FOUND."""
        profile = await self.profiles.get(user_id)
        if profile is None:
            raise NotFound("USER_NOT_FOUND", "there is no such user")
        return profile

    async def set_disabled(self, user_id: str, request_id: str, reason: str, *, disabled: bool) -> Profile:
        """Keeps a user from signing in and ends all its sessions, or lets it sign in again.

        A replay has no second effect and answers the user as it is. Raises FailedPrecondition OWN_ACCOUNT,
        AlreadyExists IDEMPOTENCY_KEY_REUSED, and as `get`.
        """
        event = Event.USER_DISABLED if disabled else Event.USER_ENABLED
        async with self.trail.refusals(user_id, event):
            return await self._set_disabled(user_id, request_id, reason, event)

    async def _set_disabled(self, user_id: str, request_id: str, reason: str, event: Event) -> Profile:
        admin_id = call.principal().user_id
        if event is Event.USER_DISABLED and user_id == admin_id:
            raise FailedPrecondition("OWN_ACCOUNT", "an admin cannot disable itself")
        change_id, body = ids.derive("change", admin_id, request_id), ids.fingerprint(event, user_id, reason)
        for _ in range(_TRIES_MAX):
            first = await self.changes.body(change_id)
            if first not in (None, body):
                raise key_reused()
            profile = await self.get(user_id)
            if first is not None:
                return profile
            written = await self._write(profile, event, change_id, body, reason)
            if written is not None:
                return written
        raise Unavailable("CONTENTION", "the user is being changed; try again")

    async def _write(self, before: Profile, event: Event, change_id: str, body: str, reason: str) -> Profile | None:
        """Writes the change with its event; None when the user has changed meanwhile."""
        after = replace(before, disabled=event is Event.USER_DISABLED, updated_at=self.now())
        record = self.trail.prepare(before.user_id, event, reason=reason)
        more = [self.changes.operation(change_id, body, self.now()), *await self.trail.operations(record)]
        written = await (
            self.disable(before, after, more) if after.disabled else self.profiles.replace(before, after, *more)
        )
        if not written:
            return None
        self.trail.log(record)
        return after


async def make_admin(profiles: ProfileStore, trail: AuditTrail, username: str, now: Callable[[], datetime]) -> bool:
    """Gives a user the role of an admin; False when it has it already. Raises NotFound USER_NOT_FOUND."""
    for _ in range(_TRIES_MAX):
        before = await profiles.find(username)
        if before is None:
            raise NotFound("USER_NOT_FOUND", f"there is no user {username}")
        if before.role is Role.ADMIN:
            return False
        record = trail.prepare(before.user_id, Event.ROLE_CHANGE, actor_id=OPERATOR, role=Role.ADMIN)
        after = replace(before, role=Role.ADMIN, updated_at=now())
        if await profiles.replace(before, after, *await trail.operations(record)):
            trail.log(record)
            return True
    raise Unavailable("CONTENTION", "the user is being changed; try again")
