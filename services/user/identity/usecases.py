"""Registration, sign-in, password and profile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from services.common import ids
from services.common.dynamo.client import Operation
from services.common.rpc.errors import (
    AlreadyExists,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
    key_reused,
)
from services.user.audit.store import Record
from services.user.audit.trail import AuditTrail, Event
from services.user.identity.domain import Profile, Registration, Role, check_date_of_birth, check_password
from services.user.identity.passwords import Passwords
from services.user.identity.store import ProfileStore
from services.user.identity.throttle import Attempt, Device, Throttle
from services.user.networks import network_of
from services.user.sessions.domain import End
from services.user.sessions.usecases import Sessions, Tokens

_TRIES_MAX = 5


@dataclass(frozen=True)
class Identity:
    """The use cases of a user's identity."""

    store: ProfileStore
    passwords: Passwords
    throttle: Throttle
    common_passwords: frozenset[str]
    sessions: Sessions
    trail: AuditTrail
    now: Callable[[], datetime]

    async def register(self, registration: Registration, password: str, address: str) -> Profile:
        """Adds a user. A replay, which must show the same password, answers as the first call did.

        Raises InvalidArgument, AlreadyExists USERNAME_TAKEN, EMAIL_TAKEN or IDEMPOTENCY_KEY_REUSED, and
        ResourceExhausted RATE_LIMITED.
        """
        check_password(password, registration.username, self.common_passwords)
        check_date_of_birth(registration.date_of_birth, self.now().date())
        network = network_of(address)
        with self.passwords.place(network):
            password_hash = await self.passwords.hash(password, network)
        now = self.now()
        profile = Profile(
            user_id=ids.random(),
            password_hash=password_hash,
            role=Role.CUSTOMER,
            created_at=now,
            updated_at=now,
            request_body=registration.body(),
            **vars(registration),
        )
        record = self.trail.prepare(profile.user_id, Event.REGISTRATION)
        try:
            await self.store.add(profile, *await self.trail.operations(record))
        except AlreadyExists as taken:
            first = await self.store.find(registration.username)
            if first is None:
                self.trail.note(Event.REGISTRATION, taken.reason)  # who tries it, nobody knows
                raise
            if first.user_id != profile.user_id:  # else the answer of the write was lost, and it was tried again
                if not await self._is_replay(first, registration, password, address):
                    self.trail.note(Event.REGISTRATION, taken.reason)
                    raise
                return first
        await self.throttle.welcome(profile.username, address)
        self.trail.log(record)
        return profile

    async def _is_replay(self, first: Profile, registration: Registration, password: str, address: str) -> bool:
        """Whether a user was registered by the same request. Raises AlreadyExists when only the request id is."""
        if first.request_id != registration.request_id:
            return False
        async with self._attempt(Event.REGISTRATION, first.username, address) as attempt:
            is_right = await attempt.verify(password, first.password_hash)
        if not is_right:  # the answer tells so, and is recorded as that of a sign-in
            refused = key_reused()
            await self.trail.record(first.user_id, Event.REGISTRATION, refused.reason, actor_id="")
            raise refused
        if first.request_body != registration.body():
            raise key_reused()
        return True

    async def login(self, username: str, password: str, address: str, earlier: str = "") -> Tokens:
        """Begins a session, for somebody at that address who may show a refresh token of an earlier session.

        Raises Unauthenticated BAD_CREDENTIALS and ResourceExhausted RATE_LIMITED, both alike for an unknown user and a
        wrong password, and PermissionDenied ACCOUNT_DISABLED when the password is right.
        """
        async with self._attempt(Event.SIGN_IN, username, address, lambda: self._device(username, earlier)) as attempt:
            profile = await self.store.find(username)
            is_right = await attempt.verify(password, profile.password_hash if profile else None)
        if profile is None or not is_right:
            refused = Unauthenticated("BAD_CREDENTIALS", "the username or the password is wrong")
            await self.trail.add(self._refused(Event.SIGN_IN, refused.reason, profile))
            raise refused
        try:
            return await self.sessions.begin(profile)
        except (Unauthenticated, PermissionDenied) as refusal:
            await self.trail.record(profile.user_id, Event.SIGN_IN, refusal.reason)
            raise

    async def change_password(
        self, user_id: str, current: str, new: str, address: str, *, session_id: str = ""
    ) -> None:
        """Changes the password and ends all sessions of the user, who asks for it in one of them.

        Raises Unauthenticated BAD_CREDENTIALS, and ResourceExhausted RATE_LIMITED: the current password can be guessed
        here as it can at the sign-in.
        """
        wrong = Unauthenticated("BAD_CREDENTIALS", "the current password is wrong")
        before = await self.profile(user_id)
        check_password(new, before.username, self.common_passwords, "new_password")

        async def device() -> str:
            return session_id

        async with self._attempt(Event.PASSWORD_CHANGE, before.username, address, device) as attempt:
            is_right = await attempt.verify(current, before.password_hash)
            hashed = await self.passwords.hash(new, attempt.origin.address) if is_right else b""
        if not is_right:
            await self.trail.record(user_id, Event.PASSWORD_CHANGE, wrong.reason)
            raise wrong
        record = self.trail.prepare(user_id, Event.PASSWORD_CHANGE)
        more = await self.trail.operations(record)
        for _ in range(_TRIES_MAX):
            after = replace(before, password_hash=hashed, updated_at=self.now())
            if await self.sessions.end_all(before, after, End.PASSWORD_CHANGED, more):
                return self.trail.log(record)
            known, before = before.password_hash, await self.profile(user_id)
            if before.password_hash == hashed:  # only the answer to the write was lost
                return self.trail.log(record)
            if before.password_hash != known:  # somebody else was faster
                await self.trail.record(user_id, Event.PASSWORD_CHANGE, wrong.reason)
                raise wrong
        raise _contention()

    @asynccontextmanager
    async def _attempt(
        self, event: Event, username: str, address: str, device: Device | None = None
    ) -> AsyncIterator[Attempt]:
        """A try at the password of whoever has that name, as `Throttle.attempt`. Each refusal is in the log."""

        async def refusal() -> list[Operation]:
            record = self._refused(event, "RATE_LIMITED", await self.store.find(username))
            self.trail.log(record)  # whether it can be written or not
            recorded.append(record)
            return await self.trail.operations(record)

        recorded: list[Record] = []
        try:
            async with self.throttle.attempt(username, address, refusal, device) as attempt:
                yield attempt
        except ResourceExhausted as refused:
            if not recorded:
                self.trail.note(event, refused.reason)
            raise

    async def _device(self, username: str, earlier: str) -> str:
        """The session of a refresh token that this user was given, used up or not; empty for any other."""
        try:
            token = self.sessions.refresh_tokens.open(earlier)
        except Unauthenticated:
            return ""
        profile = await self.store.find(username)
        return token.session_id if profile and profile.user_id == token.user_id else ""

    def _refused(self, event: Event, outcome: str, profile: Profile | None) -> Record:
        """The record of a refused try at a password. There is one for a name that nobody has: both take as long."""
        user_id, subject = (profile.user_id, "") if profile else ("", "nobody")
        actor_id = None if event is Event.PASSWORD_CHANGE else ""  # nobody knows who it was, unless signed in
        return self.trail.prepare(user_id, event, outcome, actor_id=actor_id, subject=subject)

    async def profile(self, user_id: str) -> Profile:
        """The user. Raises NotFound USER_NOT_FOUND."""
        profile = await self.store.get(user_id)
        if profile is None:
            raise NotFound("USER_NOT_FOUND", "there is no such user")
        return profile

    async def update(self, user_id: str, changes: dict[str, str | bool]) -> Profile:
        """Sets the fields of `changes`. Raises AlreadyExists EMAIL_TAKEN."""
        async with self.trail.refusals(user_id, Event.PROFILE_CHANGE):
            return await self._update(user_id, changes)

    async def _update(self, user_id: str, changes: dict[str, str | bool]) -> Profile:
        check_date_of_birth(str(changes.get("date_of_birth", "")), self.now().date())
        for _ in range(_TRIES_MAX):
            before = await self.profile(user_id)
            after = replace(before, **changes, updated_at=self.now())  # type: ignore[arg-type]  # named by the contract
            record = self.trail.prepare(user_id, Event.PROFILE_CHANGE, fields=" ".join(sorted(changes)))
            if await self.store.replace(before, after, *await self.trail.operations(record)):
                self.trail.log(record)
                return after
        raise _contention()


def _contention() -> Unavailable:
    return Unavailable("CONTENTION", "the profile is being changed; try again")
